package dev.channels.spring.listener;

import dev.channels.ChannelClosedException;
import dev.channels.spring.transport.MessageConsumer;
import dev.channels.spring.transport.MessageSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the workers of a listener and its channel, and has the messages of one key handled one after the other,
 * in their order, while other keys go on.
 *
 * <p>One worker at a time is the taker: it receives from the channel and finds out the key, so messages are placed in the
 * order in which they were sent. A message whose key is busy waits in the lane of its key, and the taker goes on to the
 * next; when {@code limit} messages wait it takes nothing more. A worker lays its message down when it asks for the next
 * one: it holds the key for the whole handling, whatever happens in there.
 *
 * <p>Invariant: a key has a lane exactly while one of its messages is in hand or waits; a lane that has messages waiting
 * and none in hand is in {@code ready}. Progress: a lane becomes ready only in the hands of a worker that comes for its
 * next message, and ready lanes are looked at before the channel is. If that worker ends instead, the container calls the
 * others back. So no message waits for a worker that waits for the channel. Fairness: what is in a lane is older than
 * what is in the channel, and while nobody takes, the lanes only get shorter.
 */
final class KeyOrder implements MessageSource {

    private static final int WAITING_PER_WORKER = 4;

    private final MessageSource source;
    private final KeyExpression expression;
    private final @Nullable Integer limit;
    private final IntSupplier workers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Lane, Lane> lanes = new HashMap<>();
    private final Queue<Lane> ready = new ArrayDeque<>();
    private final Map<Thread, Throwable> keyFailures = new ConcurrentHashMap<>();
    private long placed;
    private int waiting;
    private int inHand;
    private boolean taken;
    private boolean closed;

    /**
     * Orders what comes from a source.
     *
     * @param limit how many messages may wait, or {@code null} for four for each worker
     * @param workers how many workers there may be now
     */
    KeyOrder(MessageSource source, KeyExpression expression, @Nullable Integer limit, IntSupplier workers) {
        this.source = source;
        this.expression = expression;
        this.limit = limit;
        this.workers = workers;
    }

    private boolean isFull() {
        return waiting >= (limit == null ? WAITING_PER_WORKER * workers.getAsInt() : limit);
    }

    /** A message whose key cannot be found out is handed to a worker all the same, and fails there. */
    MessageHandler guard(MessageHandler handler) {
        return message -> {
            Throwable failure = keyFailures.isEmpty() ? null : keyFailures.get(Thread.currentThread());
            if (failure != null) {
                throw new FailureOutsideListener(failure);
            }
            handler.handle(message);
        };
    }

    @Override
    public MessageConsumer newConsumer() {
        return new Hand(source.newConsumer());
    }

    @Override
    public boolean isDrained() {
        return source.isDrained() && waiting() == 0;
    }

    @Override
    public void close() {
        source.close();
    }

    /** How many messages wait for their key. */
    int waiting() {
        return locked(() -> waiting);
    }

    /** Whether no message waits here and no worker has one. */
    boolean isIdle() {
        return locked(() -> waiting == 0 && inHand == 0);
    }

    /** Whether a message waits that some worker could begin with. */
    boolean isReady() {
        return locked(() -> !ready.isEmpty());
    }

    /** Hands back what waits, oldest first. There is no order after this: what is still received goes to its worker. */
    List<Object> handBack() {
        return locked(() -> {
            List<Object> all = lanes.values().stream()
                    .flatMap(lane -> lane.messages.stream())
                    .sorted(Comparator.comparingLong(Waiting::number))
                    .map(Waiting::message)
                    .toList();
            lanes.values().forEach(lane -> lane.messages.clear());
            ready.clear();
            waiting = 0;
            closed = true;
            changed.signalAll();
            return all;
        });
    }

    private @Nullable Object take(Hand hand, @Nullable Duration patience) throws InterruptedException {
        long start = patience == null ? 0 : System.nanoTime();
        boolean ended = false;
        lock.lock();
        try {
            layDown(hand);
            while (true) {
                Lane lane = ready.poll();
                if (lane != null) {
                    return pickUp(hand, lane);
                }
                Duration left = patience == null ? null : patience.minusNanos(System.nanoTime() - start);
                if (taken || isFull() || (ended && waiting > 0)) {
                    if (left == null) {
                        changed.await();
                    } else if (!left.isPositive() || changed.awaitNanos(TimeUnit.NANOSECONDS.convert(left)) <= 0) {
                        return null;
                    }
                } else {
                    try {
                        Object message = receive(hand, left);
                        if (message == null || isItsTurn(hand, message)) {
                            return message;
                        }
                    } catch (ChannelClosedException end) {
                        // The last of the channel may still wait here.
                        ended = waiting > 0 && source.isDrained();
                        if (!ended) {
                            throw end;
                        }
                    }
                }
            }
        } finally {
            // Somebody else may take now, or there is room again.
            changed.signal();
            lock.unlock();
        }
    }

    /** Receives without the lock, and finds out the key there too, because that is code of the application. */
    private @Nullable Object receive(Hand hand, @Nullable Duration left) throws InterruptedException {
        taken = true;
        lock.unlock();
        try {
            Object message = left == null ? hand.consumer.receive() : hand.consumer.tryReceive(notNegative(left));
            hand.lane = message == null ? null : newLane(message);
            return message;
        } finally {
            lock.lock();
            taken = false;
        }
    }

    private static Duration notNegative(Duration left) {
        return left.isNegative() ? Duration.ZERO : left;
    }

    private @Nullable Lane newLane(Object message) {
        try {
            Object key = expression.read(message);
            return key == null ? null : new Lane(key, key.hashCode());
        } catch (Throwable failure) {
            keyFailures.put(Thread.currentThread(), failure);
            return null;
        }
    }

    /** Whether the message that was received is for its worker; if not, it waits for its key now. */
    private boolean isItsTurn(Hand hand, Object message) {
        Lane busy = null;
        if (closed) {
            hand.lane = null;
        } else if (hand.lane != null) {
            try {
                busy = lanes.putIfAbsent(hand.lane, hand.lane);
            } catch (Throwable failure) {
                // The key's equals: this message fails as if it had no key.
                keyFailures.put(Thread.currentThread(), failure);
                hand.lane = null;
            }
        }
        if (busy != null) {
            hand.lane = null;
            busy.messages.add(new Waiting(message, placed++));
            waiting++;
            return false;
        }
        holdMessage(hand);
        return true;
    }

    private Object pickUp(Hand hand, Lane lane) {
        hand.lane = lane;
        holdMessage(hand);
        waiting--;
        return lane.messages.remove().message();
    }

    private void holdMessage(Hand hand) {
        hand.full = true;
        inHand++;
    }

    private void layDown(Hand hand) {
        if (!hand.full) {
            return;
        }
        hand.full = false;
        inHand--;
        Lane lane = hand.lane;
        hand.lane = null;
        if (lane == null) {
            keyFailures.remove(Thread.currentThread());
        } else if (lane.messages.isEmpty()) {
            lanes.remove(lane);
        } else {
            ready.add(lane);
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <V> V locked(Supplier<V> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** What one worker takes with. */
    private final class Hand implements MessageConsumer {

        private final MessageConsumer consumer;
        private @Nullable Lane lane;
        private boolean full;

        Hand(MessageConsumer consumer) {
            this.consumer = consumer;
        }

        @Override
        public Object receive() throws InterruptedException {
            return Objects.requireNonNull(take(this, null));
        }

        @Override
        public @Nullable Object tryReceive(Duration timeout) throws InterruptedException {
            return take(this, timeout);
        }

        @Override
        public void acknowledge() {
            consumer.acknowledge();
        }

        @Override
        public void close() {
            locked(() -> {
                layDown(this);
                changed.signal();
            });
            consumer.close();
        }
    }

    /**
     * The messages of a busy key. It stands for the key in the map, so that a key whose hash code changes meanwhile is
     * found again.
     */
    private static final class Lane {

        private final Object key;
        private final int hash;
        private final Queue<Waiting> messages = new ArrayDeque<>(1);

        Lane(Object key, int hash) {
            this.key = key;
            this.hash = hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof Lane lane && hash == lane.hash && key.equals(lane.key));
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private record Waiting(Object message, long number) {}
}
