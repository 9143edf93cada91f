package dev.channels;

import static dev.channels.Race.ALL;
import static dev.channels.Race.LIMITS;
import static dev.channels.Race.ROUNDS;
import static dev.channels.Race.assertAtRestAndEmpty;
import static dev.channels.Race.assertEachOnce;
import static dev.channels.Race.threads;
import static dev.channels.Race.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A close at the same instant as something else, again and again. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CloseStressTests {

    private final Race race = new Race();

    @Test
    void aCloseAgainstABlockedSender() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = LIMITS.get(round % LIMITS.size());
            Channel<Integer> channel = capacity.full();
            Running<Void> sender = threads(round).run(() -> channel.send(99));
            if (race.random().nextBoolean()) {
                until(() -> channel.blockedSenders() == 1);
            }
            Running<List<Integer>> receiver =
                    threads(round / 2).start(() -> channel.stream().toList());

            race.hesitate();
            channel.close();

            boolean sent = sender.failureIfAny() == null;
            if (!sent) {
                assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class);
            }
            assertThat(receiver.result()).isEqualTo(sent ? capacity.contentsAnd(99) : capacity.contents());
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aCloseAtOnceAgainstReceives() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = ALL.get(round % ALL.size());
            int messages = 6;
            AtomicIntegerArray ends = new AtomicIntegerArray(messages);
            Channel<Integer> channel = capacity.channel();
            Running<Void> sender = threads(round).run(() -> {
                for (int message = 0; message < messages; message++) {
                    try {
                        channel.send(message);
                    } catch (ChannelClosedException closed) {
                        ends.incrementAndGet(message);
                    }
                }
            });
            List<Running<Void>> receivers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                receivers.add(threads(round / 2 + i).run(() -> {
                    try {
                        while (true) {
                            ends.incrementAndGet(channel.receive());
                        }
                    } catch (ChannelClosedException closed) {
                        // the end
                    }
                }));
            }

            race.hesitate();
            channel.closeNow().forEach(ends::incrementAndGet);

            sender.result();
            for (Running<Void> receiver : receivers) {
                receiver.result();
            }
            assertEachOnce(ends);
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aCloseAtOnceAgainstSends() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = ALL.get(round % ALL.size()).channel();
            AtomicIntegerArray ends = new AtomicIntegerArray(6);
            Running<Void> blocking = threads(round).run(() -> {
                for (int message = 0; message < 3; message++) {
                    try {
                        channel.send(message);
                    } catch (ChannelClosedException closed) {
                        ends.incrementAndGet(message);
                    }
                }
            });
            Running<Void> other = threads(round / 2).run(() -> {
                CompletableFuture<Void> async = channel.sendAsync(3);
                for (int message = 4; message < 6; message++) {
                    try {
                        if (!channel.trySend(message)) {
                            ends.incrementAndGet(message);
                        }
                    } catch (ChannelClosedException closed) {
                        ends.incrementAndGet(message);
                    }
                }
                async.handle((nothing, failure) -> failure == null ? 0 : ends.incrementAndGet(3))
                        .get();
            });

            race.hesitate();
            channel.closeNow().forEach(ends::incrementAndGet);

            blocking.result();
            other.result();
            assertEachOnce(ends);
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aCloseAtOnceAgainstAnother() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = LIMITS.get(round % LIMITS.size());
            Channel<Integer> channel = capacity.full();
            Throwable cause = new Exception("one");
            Throwable anotherCause = new Exception("other");
            Running<Void> sender = threads(round / 2).run(() -> channel.send(99));
            until(() -> channel.blockedSenders() == 1);

            Running<List<Integer>> other = threads(round).start(() -> channel.closeNow(anotherCause));
            race.hesitate();
            List<Integer> returned = new ArrayList<>(channel.closeNow(cause));

            returned.addAll(other.result());
            assertThat(returned).isEqualTo(capacity.contents());
            Throwable decided = sender.failure().getCause();
            assertThat(decided).isIn(cause, anotherCause);
            assertThat(channel.sendAsync(1).exceptionNow()).hasCause(decided);
            assertThat(channel.receiveAsync().exceptionNow()).hasCause(decided);
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void anInterruptAgainstACloseOfThoseWhoWait() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = LIMITS.get(round % LIMITS.size());
            boolean sends = race.random().nextBoolean();
            Channel<Integer> channel = sends ? capacity.full() : capacity.channel();
            Running<Void> waiting = threads(round).run(() -> {
                if (sends) {
                    channel.send(99);
                } else {
                    channel.receive();
                }
            });
            until(() -> channel.blockedSenders() + channel.blockedReceivers() == 1);
            Running<List<Integer>> closer = threads(round / 2).start(() -> channel.closeNow());

            race.hesitate();
            waiting.interrupt();

            assertThat(waiting.failure()).isInstanceOfAny(InterruptedException.class, ChannelClosedException.class);
            assertThat(closer.result()).isEqualTo(sends ? capacity.contents() : List.of());
            assertAtRestAndEmpty(channel);
        }
    }
}
