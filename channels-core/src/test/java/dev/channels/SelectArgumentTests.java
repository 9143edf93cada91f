package dev.channels;

import static dev.channels.Select.biased;
import static dev.channels.Select.fair;
import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static dev.channels.Select.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A select refuses what makes no sense in the call that gets it. */
class SelectArgumentTests {

    private final Channel<Integer> channel = Channel.bounded(1);
    private final Select.Clause<String> receive = receive(channel, message -> "received");
    private final Select.Clause<String> send = send(channel, () -> 1, () -> "sent");
    private final Select.Clause<String> timeout = timeout(Duration.ofHours(1), () -> "late");
    private final Select.Clause<String> otherwise = otherwise(() -> "nothing");

    @Test
    void aSelectNeedsAClause() {
        assertThatIllegalArgumentException().isThrownBy(Select::fair);
        assertThatIllegalArgumentException().isThrownBy(Select::biased);
    }

    @Test
    void aTimeoutOrAnOtherwiseIsEnough() throws Exception {
        assertThat(fair(otherwise).await()).isEqualTo("nothing");
        assertThat(biased(timeout(Duration.ofNanos(1), () -> "late")).await()).isEqualTo("late");
    }

    @Test
    void itTakesOneTimeoutOrOneOtherwise() {
        for (List<Select.Clause<String>> two : List.of(
                List.of(timeout, timeout),
                List.of(otherwise, otherwise),
                List.of(timeout, otherwise),
                List.of(otherwise, timeout))) {
            assertThatIllegalArgumentException().isThrownBy(() -> fair(two.get(0), receive, two.get(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> biased(receive, two.get(0), two.get(1)));
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void receiversAndSendersOfForeignMakeAreRefused() {
        Receiver<Integer> receiver = foreign(Receiver.class);
        Sender<Integer> sender = foreign(Sender.class);

        assertThatIllegalArgumentException().isThrownBy(() -> receive(receiver, message -> "received"));
        assertThatIllegalArgumentException().isThrownBy(() -> send(sender, () -> 1, () -> "sent"));
    }

    private static <T> T foreign(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }

    @Test
    void everyReceiverAndSenderOfThisLibraryIsTaken() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> subscription = broadcast.subscribe();
        SenderHandle<Integer> sender = channel.newSender();
        ReceiverHandle<Integer> receiver = channel.newReceiver();

        assertThat(fair(send(sender, () -> 1, () -> "sent")).await()).isEqualTo("sent");
        assertThat(fair(receive(receiver, message -> "received")).await()).isEqualTo("received");
        assertThat(fair(send(broadcast, () -> 1, () -> "sent")).await()).isEqualTo("sent");
        assertThat(fair(receive(subscription, message -> "received")).await()).isEqualTo("received");
    }

    @Test
    void nullIsRefused() {
        List<ThrowingCallable> calls = List.of(
                () -> receive(null, message -> "received"),
                () -> receive(channel, null),
                () -> send(null, () -> 1, () -> "sent"),
                () -> send(channel, null, () -> "sent"),
                () -> send(channel, () -> 1, null),
                () -> timeout(null, () -> "late"),
                () -> timeout(Duration.ZERO, null),
                () -> otherwise(null),
                () -> fair(receive, null),
                () -> biased(null, receive),
                () -> fair((Select.Clause<String>[]) null),
                () -> receive.onClosed(null),
                () -> send.onClosed(null),
                () -> receive.when(null),
                () -> send.when(null),
                () -> timeout.when(null),
                () -> otherwise.when(null));
        for (ThrowingCallable call : calls) {
            assertThatNullPointerException().isThrownBy(call);
        }
    }

    @Test
    void aClauseWithoutAChannelCannotBeClosed() {
        assertThatIllegalStateException().isThrownBy(() -> timeout.onClosed(() -> "closed"));
        assertThatIllegalStateException().isThrownBy(() -> otherwise.onClosed(() -> "closed"));
    }

    @Test
    void aClauseNeverChanges() throws Exception {
        channel.send(1);

        Select.Clause<String> off = receive.when(() -> false);

        assertThat(fair(off, otherwise).await()).isEqualTo("nothing");
        assertThat(fair(off.when(() -> true), otherwise).await()).isEqualTo("received");
        channel.close();
        Select.Clause<String> told = receive.onClosed(() -> "closed");
        assertThat(fair(told, otherwise).await()).isEqualTo("closed");
        assertThatIllegalStateException()
                .isThrownBy(() -> fair(receive, otherwise).await())
                .isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void guardAndOnClosedGoTogetherInEitherOrder() throws Exception {
        channel.close();
        boolean[] on = {true};
        List<Select.Clause<String>> clauses = List.of(
                receive.when(() -> on[0]).onClosed(() -> "closed"),
                receive.onClosed(() -> "closed").when(() -> on[0]),
                send.when(() -> on[0]).onClosed(() -> "closed"),
                send.onClosed(() -> "closed").when(() -> on[0]));

        for (Select.Clause<String> clause : clauses) {
            on[0] = true;
            assertThat(fair(clause, otherwise).await()).isEqualTo("closed");
            on[0] = false;
            assertThat(fair(clause, otherwise).await()).isEqualTo("nothing");
        }
    }

    @Test
    void aClauseMayStandInSeveralSelects() throws Exception {
        Select<String> one = fair(receive, otherwise);
        Select<String> another = biased(receive, receive, timeout);
        channel.send(1);
        assertThat(one.await()).isEqualTo("received");
        channel.send(1);
        assertThat(another.await()).isEqualTo("received");
    }
}
