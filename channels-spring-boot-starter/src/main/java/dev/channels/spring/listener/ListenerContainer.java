package dev.channels.spring.listener;

import dev.channels.spring.ChannelListenerContainer;
import dev.channels.spring.registry.RegisteredChannel;
import dev.channels.spring.transport.MessageConsumer;
import dev.channels.spring.transport.MessageSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the workers of one listener. Workers are numbered from 1 without gaps when they start, and end from the top. */
public final class ListenerContainer implements ChannelListenerContainer {

    private static final Logger logger = LoggerFactory.getLogger(ListenerContainer.class);
    private static final Duration SCALING_INTERVAL = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILED_TAKE = Duration.ofMillis(100);

    private enum State {
        STOPPED,
        RUNNING,
        PAUSED
    }

    private final ListenerDefinition definition;
    private final RegisteredChannel channel;
    private final MessageSource source;
    private final ListenerCounters counters = new ListenerCounters();
    private final @Nullable ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final NavigableMap<Integer, Worker> workers = new TreeMap<>();
    private final List<Object> abandoned = new ArrayList<>();
    private volatile State state = State.STOPPED;
    private volatile Concurrency concurrency;
    private volatile boolean cutShort;
    private boolean scaling;

    ListenerContainer(ListenerDefinition definition, RegisteredChannel channel) {
        this.definition = definition;
        this.channel = channel;
        this.concurrency = definition.concurrency();
        // From now on, not from the start on: a broadcast's listener misses nothing while it is paused or not started.
        this.source = channel.channel().subscribe();
    }

    @Override
    public String id() {
        return definition.id();
    }

    @Override
    public void start() {
        locked(() -> {
            if (state == State.STOPPED) {
                state = State.RUNNING;
                addWorkers(concurrency.min());
                startScaling();
            }
        });
    }

    @Override
    public void stop() {
        requestStop();
        locked(() -> awaitUninterruptibly(() -> workers.values().stream().allMatch(Worker::isCurrentThread)));
    }

    @Override
    public void pause() {
        locked(() -> {
            if (state == State.RUNNING) {
                state = State.PAUSED;
                callBackAll();
                awaitUninterruptibly(() -> workers.values().stream().noneMatch(Worker::mayTake));
            }
        });
    }

    @Override
    public void resume() {
        locked(() -> {
            if (state == State.PAUSED) {
                state = State.RUNNING;
                changed.signalAll();
            }
        });
    }

    @Override
    public boolean isPaused() {
        return state == State.PAUSED;
    }

    @Override
    public boolean isRunning() {
        return state != State.STOPPED;
    }

    @Override
    public void setConcurrency(String range) {
        Concurrency wanted = Concurrency.parse(range);
        locked(() -> {
            concurrency = wanted;
            if (state != State.STOPPED) {
                addWorkers(wanted.min());
                // Those that are too many, and those that wait by the rule of before, find out what holds now.
                callBackAll();
                startScaling();
            }
        });
    }

    /** Starts as many workers as are missing. */
    private void addWorkers(int wanted) {
        for (int number = 1; workers.size() < wanted; number++) {
            if (!workers.containsKey(number)) {
                Worker worker = new Worker(this, number);
                workers.put(number, worker);
                worker.start();
            }
        }
    }

    private void callBackAll() {
        workers.values().forEach(Worker::callBack);
        changed.signalAll();
    }

    private void startScaling() {
        if (concurrency.isElastic() && !scaling) {
            scaling = true;
            Thread.ofVirtual()
                    .name("channel-" + id() + "-scaling")
                    .inheritInheritableThreadLocals(false)
                    .start(this::scale);
        }
    }

    /** While messages wait and all workers are busy, adds one for each message that waits. */
    private void scale() {
        boolean goOn = true;
        while (goOn) {
            try {
                Thread.sleep(SCALING_INTERVAL);
            } catch (InterruptedException interrupted) {
                return;
            }
            goOn = locked(() -> {
                scaling = state != State.STOPPED && concurrency.isElastic();
                if (state == State.RUNNING && workers.values().stream().allMatch(Worker::isBusy)) {
                    long wanted = (long) workers.size() + waiting();
                    addWorkers((int) Math.min(wanted, concurrency.max()));
                }
                return scaling;
            });
        }
    }

    private int waiting() {
        var stats = channel.channel().stats();
        return stats.size() + stats.blockedSenders();
    }

    MessageConsumer newConsumer() {
        return source.newConsumer();
    }

    /** The application's: a thread that inherits nothing would have the system's. */
    @Nullable ClassLoader classLoader() {
        return classLoader;
    }

    MessageHandler handler() {
        return definition.handler();
    }

    /** Whether the worker goes on; waits while the container is paused. */
    boolean admits(Worker worker) {
        if (state == State.RUNNING && isWanted(worker)) {
            return true;
        }
        return locked(() -> {
            // Who pauses waits to see that this worker takes no more.
            changed.signalAll();
            awaitUninterruptibly(() -> state != State.PAUSED || !isWanted(worker));
            return state == State.RUNNING && isWanted(worker);
        });
    }

    private boolean isWanted(Worker worker) {
        return worker.number() <= concurrency.max() && !worker.isRetired();
    }

    boolean isTaking() {
        return state == State.RUNNING;
    }

    /** Takes a message for a worker; one above the minimum ends when there is none for too long. */
    @Nullable Object takeFrom(MessageConsumer consumer, Worker worker) throws InterruptedException {
        if (worker.number() <= concurrency.min()) {
            return consumer.receive();
        }
        Object message = consumer.tryReceive(definition.idleTimeout());
        if (message == null) {
            worker.retire();
        }
        return message;
    }

    void calledBack() {
        locked(changed::signalAll);
    }

    /** A worker could not take: because this is the end, or because an interceptor or a transport failed. */
    void takingFailed(RuntimeException failure) {
        if (source.isDrained()) {
            state = State.STOPPED;
            return;
        }
        counters.failed(failure, 0);
        logger.error("Listener '{}' could not take a message from channel '{}'", id(), channel.name(), failure);
        LockSupport.parkNanos(PAUSE_AFTER_FAILED_TAKE.toNanos());
    }

    void ended(Worker worker) {
        locked(() -> {
            workers.remove(worker.number());
            changed.signalAll();
        });
    }

    void succeeded(Worker worker, long nanos) {
        if (worker.finish()) {
            counters.handled(nanos);
        }
    }

    void failed(Worker worker, Object message, Throwable failure, long nanos) {
        if (leave(worker, message)) {
            return;
        }
        counters.failed(failure, nanos);
        logger.error(
                "Listener '{}' failed on a {} from channel '{}'",
                id(),
                message.getClass().getName(),
                channel.name(),
                failure);
    }

    /** Leaves the message to the report of shutdown, if that is near; finishes it in any case. */
    boolean leave(Worker worker, Object message) {
        return locked(() -> {
            boolean mine = worker.finish();
            if (mine && cutShort) {
                abandoned.add(message);
            }
            return cutShort;
        });
    }

    boolean isCutShort() {
        return cutShort;
    }

    /** Interrupts the listeners that have a message in hand: the time to drain is over. */
    void cutShort() {
        locked(() -> {
            cutShort = true;
            state = State.STOPPED;
            callBackAll();
            workers.values().forEach(Worker::interruptHandling);
        });
    }

    /** Takes the messages that {@link #cutShort()} left unhandled, and names the listeners that ignored it. */
    List<Object> takeAbandoned() {
        return locked(() -> {
            awaitUninterruptibly(() -> workers.values().stream().noneMatch(Worker::mayTake));
            for (Worker worker : workers.values()) {
                Object message = worker.giveUp();
                if (message != null) {
                    abandoned.add(message);
                    logger.warn(
                            "Listener '{}' ignores the interrupt at shutdown; thread {} is still at {}",
                            id(),
                            worker.thread().getName(),
                            firstFrame(worker.thread()));
                }
            }
            List<Object> taken = List.copyOf(abandoned);
            abandoned.clear();
            return taken;
        });
    }

    private static Object firstFrame(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length == 0 ? "its end" : stack[0];
    }

    /** Stops without waiting. */
    void requestStop() {
        locked(() -> {
            state = State.STOPPED;
            callBackAll();
        });
    }

    /** Waits until all workers have ended; {@code false} if the time ran out. */
    boolean awaitDone(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!workers.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return workers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether all workers have ended. */
    boolean isDone() {
        return locked(workers::isEmpty);
    }

    /** Ends its subscription: the context is closed. */
    void dispose() {
        source.close();
    }

    /**
     * What it listens to.
     *
     * @return the channel
     */
    public RegisteredChannel channel() {
        return channel;
    }

    /**
     * What it was made of.
     *
     * @return the definition
     */
    public ListenerDefinition definition() {
        return definition;
    }

    /**
     * What it did.
     *
     * @return live counters
     */
    public ListenerCounters counters() {
        return counters;
    }

    /**
     * How many workers it is to have.
     *
     * @return the range as it was last set
     */
    public Concurrency concurrency() {
        return concurrency;
    }

    /**
     * How many workers there are.
     *
     * @return the number
     */
    public int currentWorkers() {
        return locked(workers::size);
    }

    /**
     * How many workers have a message in hand.
     *
     * @return the number
     */
    public int busyWorkers() {
        return locked(
                () -> (int) workers.values().stream().filter(Worker::isBusy).count());
    }

    private void awaitUninterruptibly(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            changed.awaitUninterruptibly();
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
}
