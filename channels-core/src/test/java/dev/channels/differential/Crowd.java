package dev.channels.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.ChannelFullException;
import dev.channels.ChannelStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Threads that use one channel in random ways until somebody closes it, and what became of each message. */
final class Crowd {

    private static final int MESSAGES = 12;
    private static final int FORMS = 5;

    private final SplittableRandom random;
    private final Queue<Integer> dropped = new ConcurrentLinkedQueue<>();
    private final Channel<Integer> channel;

    Crowd(long seed, Function<Queue<Integer>, Channel<Integer>> maker) {
        this.random = new SplittableRandom(seed);
        this.channel = maker.apply(dropped);
    }

    /** Lets the threads run to their end and checks that no message was lost, doubled, or overtaken. */
    void meet() throws Exception {
        List<Member> senders = List.of(member(form -> sendAll(0, form)), member(form -> sendAll(1, form)));
        List<Member> receivers = List.of(member(this::receiveAll), member(this::receiveAll));

        hesitate();
        senders.get(random.nextInt(2)).thread().interrupt();
        hesitate();
        receivers.get(random.nextInt(2)).thread().interrupt();
        hesitate();
        if (random.nextBoolean()) {
            channel.close();
            hesitate();
        }
        List<Integer> returned = channel.closeNow();

        List<Integer> accepted = new ArrayList<>();
        for (Member sender : senders) {
            accepted.addAll(sender.result());
        }
        List<Integer> ended = new ArrayList<>(dropped);
        ended.addAll(returned);
        int received = 0;
        for (Member receiver : receivers) {
            List<Integer> messages = receiver.result();
            assertNoneOvertaken(messages);
            ended.addAll(messages);
            received += messages.size();
        }
        assertThat(ended).containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(channel.stats())
                .isEqualTo(new ChannelStats(
                        "channel",
                        channel.capacity(),
                        0,
                        0,
                        0,
                        accepted.size(),
                        received,
                        dropped.size(),
                        returned.size(),
                        true));
        assertThat(channel.waiters()).isEmpty();
    }

    /** Each sender's messages are numbered. */
    private static void assertNoneOvertaken(List<Integer> messages) {
        for (int sender = 0; sender < 2; sender++) {
            int from = sender * MESSAGES;
            assertThat(messages.stream().filter(message -> message >= from && message < from + MESSAGES))
                    .isSorted();
        }
    }

    private List<Integer> sendAll(int sender, int form) {
        List<Integer> accepted = new ArrayList<>();
        List<CompletableFuture<Integer>> later = new ArrayList<>();
        for (int message = sender * MESSAGES; message < (sender + 1) * MESSAGES; message++) {
            int sent = message;
            try {
                switch ((form + message) % FORMS) {
                    case 0 -> {
                        channel.send(message);
                        accepted.add(message);
                    }
                    case 1 -> {
                        if (channel.trySend(message)) {
                            accepted.add(message);
                        }
                    }
                    case 2 -> {
                        if (channel.trySend(message, Duration.ofNanos(form * 1_000L))) {
                            accepted.add(message);
                        }
                    }
                    case 3 -> {
                        CompletableFuture<Void> send = channel.sendAsync(message);
                        send.cancel(true);
                        later.add(send.handle((nothing, failure) -> failure == null ? sent : -1));
                    }
                    default ->
                        later.add(channel.sendAsync(message).handle((nothing, failure) -> failure == null ? sent : -1));
                }
            } catch (ChannelClosedException | ChannelFullException | InterruptedException refused) {
                // it stays with its sender
            }
        }
        for (CompletableFuture<Integer> send : later) {
            int message = send.orTimeout(10, TimeUnit.SECONDS).join();
            if (message >= 0) {
                accepted.add(message);
            }
        }
        return accepted;
    }

    private List<Integer> receiveAll(int firstForm) {
        List<Integer> received = new ArrayList<>();
        for (int form = firstForm; !channel.isClosedForReceive(); form++) {
            try {
                switch (form % FORMS) {
                    case 0 -> received.add(channel.receive());
                    case 1 -> {
                        Integer message = channel.tryReceive(Duration.ofNanos(form * 1_000L));
                        if (message != null) {
                            received.add(message);
                        }
                    }
                    case 2 -> channel.receiveMany(received, 2, Duration.ofNanos(form * 1_000L));
                    case 3 -> {
                        CompletableFuture<Integer> receive = channel.receiveAsync();
                        if (!receive.cancel(true)) {
                            received.add(receive.join());
                        }
                    }
                    default -> channel.drainTo(received, 3);
                }
            } catch (ChannelClosedException | InterruptedException | CompletionException end) {
                // looks again
            }
        }
        return received;
    }

    /** A moment of random length. */
    private void hesitate() {
        for (int i = random.nextInt(5_000); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    private Member member(Function<Integer, List<Integer>> work) {
        int form = random.nextInt(FORMS, 10 * FORMS);
        return Member.start(random.nextBoolean(), () -> work.apply(form));
    }

    /** One of the threads. */
    private record Member(Thread thread, FutureTask<List<Integer>> task) {

        static Member start(boolean isVirtual, Callable<List<Integer>> work) {
            FutureTask<List<Integer>> task = new FutureTask<>(work);
            Thread thread = isVirtual
                    ? Thread.ofVirtual().start(task)
                    : Thread.ofPlatform().daemon().start(task);
            return new Member(thread, task);
        }

        List<Integer> result() throws Exception {
            return task.get(10, TimeUnit.SECONDS);
        }
    }
}
