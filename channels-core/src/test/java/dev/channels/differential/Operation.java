package dev.channels.differential;

import dev.channels.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a program of one thread can do with a channel or a broadcast. What would wait for ever is left out. */
enum Operation {
    TRY_SEND(12, (subject, number) -> subject.sender.trySend(number)),
    TRY_SEND_NOW(4, (subject, number) -> subject.sender.trySend(number, now(number))),
    TRY_SEND_FOR_A_MOMENT(2, (subject, number) -> subject.sender.trySend(number, Duration.ofNanos(1))),
    SEND(6, (subject, number) -> {
        if (subject.letsSend()) {
            subject.sender.send(number);
        }
        return null;
    }),
    SEND_ASYNC(8, (subject, number) -> subject.futures.add(subject.sender.sendAsync(number))),

    TRY_RECEIVE(10, (subject, number) -> receiver(subject, number).tryReceive()),
    TRY_RECEIVE_NOW(3, (subject, number) -> receiver(subject, number).tryReceive(now(number))),
    TRY_RECEIVE_FOR_A_MOMENT(2, (subject, number) -> receiver(subject, number).tryReceive(Duration.ofNanos(1))),
    RECEIVE(4, unlessItWaits((receiver, number) -> receiver.receive())),
    RECEIVE_ASYNC(
            6,
            (subject, number) -> subject.futures.add(receiver(subject, number).receiveAsync())),
    RECEIVE_MANY(3, unlessItWaits((receiver, number) -> {
        List<Integer> target = new ArrayList<>();
        return receiver.receiveMany(target, number % 5) + " " + target;
    })),
    RECEIVE_MANY_AND_LINGER(1, unlessItWaits((receiver, number) -> {
        List<Integer> target = new ArrayList<>();
        return receiver.receiveMany(target, 1 + number % 4, Duration.ofNanos(1)) + " " + target;
    })),
    DRAIN(3, (subject, number) -> {
        List<Integer> target = new ArrayList<>();
        return receiver(subject, number).drainTo(target, number % 5 - 1) + " " + target;
    }),
    HAS_NEXT(2, (subject, number) -> {
        Receiver<Integer> receiver = receiver(subject, number);
        return subject.letsReceive(receiver) ? subject.iterator(receiver).hasNext() : null;
    }),
    NEXT(2, (subject, number) -> {
        Receiver<Integer> receiver = receiver(subject, number);
        return subject.letsReceive(receiver) ? subject.iterator(receiver).next() : null;
    }),
    STREAM(1, unlessItWaits((receiver, number) -> receiver.stream().limit(1).toList())),

    CANCEL(4, onAFuture((future, number) -> future.cancel(true))),
    COMPLETE(1, onAFuture((future, number) -> future.complete(null))),
    COMPLETE_EXCEPTIONALLY(
            1, onAFuture((future, number) -> future.completeExceptionally(new IllegalArgumentException("by hand")))),

    SUBSCRIBE(1, (subject, number) -> subject.subscribe()),
    UNSUBSCRIBE(1, (subject, number) -> subject.unsubscribe(receiver(subject, number))),
    CLOSE(1, (subject, number) -> subject.close(cause(number))),
    CLOSE_NOW(1, (subject, number) -> subject.closeNow(cause(number)));

    private static final int ALL_WEIGHTS =
            Arrays.stream(values()).mapToInt(operation -> operation.weight).sum();

    private final int weight;

    @SuppressWarnings("ImmutableEnumChecker") // they have no state
    private final Action action;

    Operation(int weight, Action action) {
        this.weight = weight;
        this.action = action;
    }

    @FunctionalInterface
    private interface Action {
        @Nullable Object perform(Subject subject, int number) throws Exception;
    }

    @FunctionalInterface
    private interface ActionOn<S> {
        @Nullable Object perform(S subject, int number) throws Exception;
    }

    static Operation random(RandomGenerator random) {
        int point = random.nextInt(ALL_WEIGHTS);
        int index = 0;
        while (point >= values()[index].weight) {
            point -= values()[index].weight;
            index++;
        }
        return values()[index];
    }

    @Nullable Object perform(Subject subject, int number) throws Exception {
        return action.perform(subject, number);
    }

    private static Duration now(int number) {
        return Duration.ofNanos(-(number % 2));
    }

    private static Receiver<Integer> receiver(Subject subject, int number) {
        return subject.receivers.get(number % subject.receivers.size());
    }

    private static Action unlessItWaits(ActionOn<Receiver<Integer>> action) {
        return (subject, number) -> {
            Receiver<Integer> receiver = receiver(subject, number);
            return subject.letsReceive(receiver) ? action.perform(receiver, number) : null;
        };
    }

    private static Action onAFuture(ActionOn<CompletableFuture<?>> action) {
        return (subject, number) -> subject.futures.isEmpty()
                ? null
                : action.perform(subject.futures.get(number % subject.futures.size()), number);
    }

    private static @Nullable Throwable cause(int number) {
        return number % 2 == 0 ? null : new IllegalArgumentException("cause " + number);
    }
}
