package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The least message comes first; equals keep their order. */
@EveryKindOfThread
class PriorityTests {

    /** Something to do: the smaller the number, the more urgent. */
    private record Job(int urgency, String name) {

        static final Comparator<Job> BY_URGENCY = Comparator.comparingInt(Job::urgency);
    }

    private final List<Job> dropped = new CopyOnWriteArrayList<>();

    @Parameter
    private Threads threads;

    private Channel<Job> channel(Capacity capacity, Overflow overflow) {
        return capacity.builder()
                .priority(Job.BY_URGENCY)
                .overflow(overflow)
                .onDropped(dropped::add)
                .build();
    }

    private Channel<Job> channel(Capacity capacity) {
        return channel(capacity, Overflow.BLOCK);
    }

    private static Job job(int urgency) {
        return new Job(urgency, "job");
    }

    private static List<Integer> urgencies(List<Job> jobs) {
        return jobs.stream().map(Job::urgency).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"TEN", "UNBOUNDED"})
    void theLeastComesFirst(Capacity capacity) throws Exception {
        Channel<Job> channel = channel(capacity);
        for (int urgency : new int[] {5, 1, 4, 2, 3}) {
            channel.send(job(urgency));
        }

        assertThat(channel.peek()).isEqualTo(job(1));
        assertThat(channel.receive()).isEqualTo(job(1));
        channel.send(job(0));
        assertThat(channel.tryReceive()).isEqualTo(job(0));
        List<Job> rest = new ArrayList<>();
        channel.drainTo(rest, 10);
        assertThat(urgencies(rest)).containsExactly(2, 3, 4, 5);
        assertThat(countsOf(channel)).isEqualTo("sent 6, received 6, dropped 0, returned 0, size 0");
    }

    @ParameterizedTest
    @EnumSource(names = {"TEN", "UNBOUNDED"})
    void equalsKeepTheirOrder(Capacity capacity) throws Exception {
        Channel<Job> channel = channel(capacity);
        for (String name : List.of("a", "b", "c", "d")) {
            channel.send(new Job(1, name));
            channel.send(new Job(0, name));
        }
        channel.close();

        assertThat(channel.stream().map(job -> job.urgency() + job.name()))
                .containsExactly("0a", "0b", "0c", "0d", "1a", "1b", "1c", "1d");
    }

    @Test
    void theOneMessageSentTwiceIsTwoMessages() throws Exception {
        Channel<Job> channel = channel(Capacity.TEN);
        Job job = job(1);

        channel.send(job);
        channel.send(job);

        assertThat(channel.size()).isEqualTo(2);
        assertThat(channel.receive()).isSameAs(job);
        assertThat(channel.receive()).isSameAs(job);
    }

    @Test
    void manyMessagesComeInOrder() {
        Channel<Integer> channel = Channel.builder("numbers")
                .unbounded()
                .priority(Comparator.<Integer>reverseOrder())
                .build();
        for (int i = 0; i < 10_000; i++) {
            channel.trySend(i * 7_919 % 10_000);
        }
        channel.close();

        List<Integer> received = channel.stream().toList();

        assertThat(received).hasSize(10_000).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @EveryLimitedBuffer
    void blockedSendersEnterOldestFirstWhateverTheirMessage(Capacity capacity) throws Exception {
        Channel<Job> channel = channel(capacity);
        for (int i = 0; i < capacity.limit(); i++) {
            channel.send(job(50));
        }
        Running<Void> first = threads.run(() -> channel.send(job(99)));
        sendersWait(channel, 1);
        Running<Void> second = threads.run(() -> channel.send(job(1)));
        sendersWait(channel, 2);

        assertThat(channel.receive()).isEqualTo(job(50));

        first.result();
        assertThat(second.isDone()).isFalse();
        channel.receive();
        second.result();
        assertThat(channel.receive()).isEqualTo(job(1));
    }

    @EveryBuffer
    void blockedReceiversAreServedOldestFirst(Capacity capacity) throws Exception {
        Channel<Job> channel = channel(capacity);
        Running<Job> first = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        CompletableFuture<Job> second = channel.receiveAsync();

        channel.send(job(2));
        channel.send(job(1));

        assertThat(first.result()).isEqualTo(job(2));
        assertThat(second.join()).isEqualTo(job(1));
        assertThat(channel.size()).isZero();
    }

    @EveryLimitedBuffer
    void dropOldestDropsWhatWouldBeReceivedLast(Capacity capacity) throws Exception {
        Channel<Job> channel = channel(capacity, Overflow.DROP_OLDEST);
        int n = capacity.limit();
        for (int i = 0; i < n; i++) {
            channel.send(job(10 + i));
        }

        channel.send(job(1));
        assertThat(urgencies(dropped)).containsExactly(9 + n);
        assertThat(channel.trySend(job(0))).isTrue();

        assertThat(channel.size()).isEqualTo(n);
        assertThat(urgencies(dropped)).containsExactly(9 + n, n == 1 ? 1 : 8 + n);
        assertThat(channel.receive()).isEqualTo(job(0));
    }

    @EveryLimitedBuffer
    void dropOldestDropsTheNewMessageIfThatWouldBeReceivedLast(Capacity capacity) throws Exception {
        Channel<Job> channel = channel(capacity, Overflow.DROP_OLDEST);
        int n = capacity.limit();
        for (int i = 0; i < n; i++) {
            channel.send(job(1));
        }

        channel.send(job(2));
        assertThat(channel.sendAsync(job(3))).isCompleted();
        Job equal = new Job(1, "equal");
        channel.send(equal);

        assertThat(dropped).containsExactly(job(2), job(3), equal);
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received 0, dropped 3, returned 0, size %d".formatted(n + 3, n));
        assertThat(channel.trySend(job(4))).isFalse();
        assertThat(channel.trySend(new Job(1, "equal too"))).isFalse();
        assertThat(dropped).hasSize(3);
        assertThat(channel.stats().sent()).isEqualTo(n + 3);
        assertThat(channel.closeNow()).hasSize(n).allMatch(job(1)::equals);
    }

    @EveryLimitedBuffer
    void dropLatestDropsTheNewMessageHoweverUrgent(Capacity capacity) throws Exception {
        Channel<Job> channel = channel(capacity, Overflow.DROP_LATEST);
        for (int i = 0; i < capacity.limit(); i++) {
            channel.send(job(10));
        }

        channel.send(job(1));
        assertThat(channel.trySend(job(2))).isFalse();

        assertThat(urgencies(dropped)).containsExactly(1);
        assertThat(channel.receive()).isEqualTo(job(10));
    }

    @EveryLimitedBuffer
    void aFullOneThatFailsRefusesTheNewMessageHoweverUrgent(Capacity capacity) throws Exception {
        Channel<Job> channel = channel(capacity, Overflow.FAIL);
        for (int i = 0; i < capacity.limit(); i++) {
            channel.send(job(10));
        }

        assertThatExceptionOfType(ChannelFullException.class).isThrownBy(() -> channel.send(job(1)));

        assertThat(dropped).isEmpty();
        assertThat(channel.receive()).isEqualTo(job(10));
    }

    @Test
    void whatIsReturnedIsInTheOrderInWhichItWouldHaveBeenReceived() throws Exception {
        Channel<Job> channel = channel(Capacity.TEN);
        for (int urgency : new int[] {3, 1, 2}) {
            channel.send(job(urgency));
        }

        assertThat(urgencies(channel.closeNow())).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsLeftAfterACloseComesInOrderTogetherWithTheMessagesOfBlockedSenders() throws Exception {
        Channel<Job> channel = channel(Capacity.TWO);
        channel.send(job(3));
        channel.send(job(4));
        CompletableFuture<Void> urgent = channel.sendAsync(job(1));
        CompletableFuture<Void> more = channel.sendAsync(job(2));

        channel.close();

        assertThat(channel.stream().map(Job::urgency)).containsExactly(3, 1, 2, 4);
        urgent.join();
        more.join();
    }

    @Test
    void theComparatorSeesMessagesAndNotWhatAnInterceptorAttached() throws Exception {
        List<Object> attachments = new ArrayList<>();
        Channel<Job> channel = Channel.builder("jobs")
                .capacity(10)
                .priority(Job.BY_URGENCY)
                .interceptor(new ChannelInterceptor<Job>() {
                    @Override
                    public Object onSend(Job message) {
                        return message.urgency();
                    }

                    @Override
                    public void onReceive(Job message, Object attachment) {
                        attachments.add(attachment);
                    }
                })
                .build();
        for (int urgency : new int[] {3, 1, 2}) {
            channel.send(job(urgency));
        }

        assertThat(channel.peek()).isEqualTo(job(1));
        channel.close();
        assertThat(channel.stream().map(Job::urgency)).containsExactly(1, 2, 3);
        assertThat(attachments).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(names = {"TEN", "UNBOUNDED"})
    void aComparatorThatThrowsMakesMessagesEqualAndIsReported(Capacity capacity) throws Exception {
        IllegalArgumentException failure = new IllegalArgumentException("incomparable");
        Channel<Integer> channel = capacity.builder()
                .priority((Integer a, Integer b) -> {
                    if (a + b < 0) {
                        throw failure;
                    }
                    return a.compareTo(b);
                })
                .build();
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();

        Running<Void> sender = threads.run(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
            channel.send(2);
            channel.send(1);
            assertThat(uncaught).isEmpty();
            channel.send(-5);
            assertThat(uncaught).isNotEmpty();
            channel.send(0);
        });

        sender.result();
        assertThat(uncaught).containsOnly(failure);
        List<Integer> received = new ArrayList<>();
        assertThat(channel.drainTo(received, 10)).isEqualTo(4);
        assertThat(received).containsExactlyInAnyOrder(2, 1, -5, 0);
        channel.send(8);
        channel.send(7);
        assertThat(channel.receive()).isEqualTo(7);
        assertThat(countsOf(channel)).isEqualTo("sent 6, received 5, dropped 0, returned 0, size 1");
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK", "DROP_OLDEST"})
    void aComparatorWithoutSenseLosesNothing(Overflow overflow) throws Exception {
        List<Integer> gone = new CopyOnWriteArrayList<>();
        Channel<Integer> channel = Channel.builder("numbers")
                .capacity(5)
                .overflow(overflow)
                .priority((Integer a, Integer b) -> (a * 31 + b * 17) % 3 - 1)
                .onDropped(gone::add)
                .build();
        List<Integer> received = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            if (!channel.trySend(i)) {
                gone.add(i);
            }
            if (i % 3 == 0) {
                received.add(channel.receive());
            }
        }

        channel.drainTo(received, 10);
        assertThat(received.size() + gone.size()).isEqualTo(200);
        received.addAll(gone);
        assertThat(received).doesNotHaveDuplicates();
        assertThat(channel.size()).isZero();
    }

    @Test
    void needsABuffer() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> Channel.builder("jobs").priority(Job.BY_URGENCY).build())
                .withMessageContaining("priority");
    }

    @Test
    void excludesLifo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Channel.builder("jobs")
                        .capacity(1)
                        .lifo()
                        .priority(Job.BY_URGENCY)
                        .build());
        assertThatNullPointerException()
                .isThrownBy(() -> Channel.builder("jobs").priority(null));
    }

    @EveryBuffer
    void everyMessageOfManyThreadsArrives(Capacity capacity) throws Exception {
        Channel<Job> channel = channel(capacity);
        List<Running<Void>> senders = new ArrayList<>();
        List<Running<List<Job>>> receivers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int first = i * 200;
            senders.add(threads.run(() -> {
                for (int k = first; k < first + 200; k++) {
                    channel.send(new Job(k % 7, "job " + k));
                }
            }));
            receivers.add(threads.start(() -> channel.stream().toList()));
        }
        for (Running<Void> sender : senders) {
            sender.result();
        }
        channel.close();

        List<Job> all = new ArrayList<>();
        for (Running<List<Job>> receiver : receivers) {
            all.addAll(receiver.result());
        }
        assertThat(all).hasSize(600).doesNotHaveDuplicates();
        assertThat(countsOf(channel)).isEqualTo("sent 600, received 600, dropped 0, returned 0, size 0");
    }
}
