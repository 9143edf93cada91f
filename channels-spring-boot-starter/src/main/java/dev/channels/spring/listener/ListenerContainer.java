package dev.channels.spring.listener;

import dev.channels.ChannelClosedException;
import dev.channels.ChannelStats;
import dev.channels.spring.ChannelListenerContainer;
import dev.channels.spring.registry.RegisteredChannel;
import dev.channels.spring.transport.ChannelKind;
import dev.channels.spring.transport.MessageConsumer;
import dev.channels.spring.transport.MessageSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the workers of one listener. While it is not stopped, whoever ends finds out under the lock whether its number is
 * needed again, so there are never fewer workers than the minimum for long.
 */
public final class ListenerContainer implements ChannelListenerContainer {

    private static final Logger logger = LoggerFactory.getLogger(ListenerContainer.class);
    private static final Duration SCALING_INTERVAL = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private enum State {
        STOPPED,
        RUNNING,
        PAUSED
    }

    private final ListenerDefinition definition;
    private final RegisteredChannel channel;
    private final Consumer<ListenerContainer> onEnd;
    private final MessageSource source;
    private final @Nullable MessageSurroundings surroundings;
    private final ListenerCounters counters = new ListenerCounters();
    private final @Nullable ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Workers workers = new Workers(number -> new Worker(this, number));
    private final List<Object> abandoned = new ArrayList<>();
    private volatile State state = State.STOPPED;
    private volatile Concurrency concurrency;
    private volatile boolean cutShort;
    private boolean scaling;
    private boolean reported;

    /**
     * Subscribes to the channel from now on, not from the start on: the listener of a broadcast misses nothing while it
     * is paused or not started.
     */
    ListenerContainer(
            ListenerDefinition definition,
            RegisteredChannel channel,
            @Nullable MessageSurroundings surroundings,
            Consumer<ListenerContainer> onEnd) {
        this.definition = definition;
        this.channel = channel;
        this.surroundings = surroundings;
        this.onEnd = onEnd;
        this.concurrency = definition.concurrency();
        this.source = channel.channel().subscribe();
    }

    @Override
    public String id() {
        return definition.id();
    }

    @Override
    public void start() {
        start(State.RUNNING);
    }

    /** Starts as it was when it was stopped with its context. */
    void startPaused() {
        start(State.PAUSED);
    }

    private void start(State as) {
        locked(() -> {
            if (state == State.STOPPED) {
                state = as;
                changed.signalAll();
                workers.fill(concurrency.min());
                startScaling();
            }
        });
    }

    @Override
    public void stop() {
        requestStop();
        locked(() -> {
            currentWorker(worker -> worker.setStopping(true));
            changed.signalAll();
            awaitUninterruptibly(() -> state != State.STOPPED
                    || workers.none(worker -> !worker.isCurrentThread() && !worker.isStopping()));
            currentWorker(worker -> worker.setStopping(false));
        });
    }

    private void currentWorker(Consumer<Worker> action) {
        workers.all().stream().filter(Worker::isCurrentThread).forEach(action);
    }

    /** Stops without waiting. */
    void requestStop() {
        locked(() -> {
            state = State.STOPPED;
            workers.callBackAll();
            changed.signalAll();
        });
    }

    @Override
    public void pause() {
        locked(() -> {
            if (state == State.RUNNING) {
                state = State.PAUSED;
                workers.callBackAll();
                awaitUninterruptibly(() -> state != State.PAUSED || noneTakes());
            }
        });
    }

    private boolean noneTakes() {
        return workers.none(worker -> worker.mayTake() && !worker.isCurrentThread());
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
        if (wanted.max() > 1 && channel.definition().kind() == ChannelKind.WATCH) {
            throw new IllegalArgumentException(
                    "A watch has one value, so its listener '" + id() + "' has one worker, not " + range);
        }
        locked(() -> {
            concurrency = wanted;
            if (state != State.STOPPED) {
                workers.fill(wanted.min());
                // Those that are too many, and those that wait by the rule of before, find out what holds now.
                workers.callBackAll();
                changed.signalAll();
                startScaling();
            }
        });
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
            LockSupport.parkNanos(SCALING_INTERVAL.toNanos());
            goOn = locked(() -> {
                scaling = state != State.STOPPED && concurrency.isElastic();
                if (state == State.RUNNING && workers.none(worker -> !worker.isBusy())) {
                    ChannelStats stats = channel.channel().stats();
                    long wanted = (long) workers.size() + stats.size() + stats.blockedSenders();
                    workers.grow((int) Math.min(wanted, concurrency.max()));
                }
                return scaling;
            });
        }
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

    @Nullable MessageSurroundings surroundings() {
        return surroundings;
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
    void takingFailed(Throwable failure) {
        if (failure instanceof ChannelClosedException && source.isDrained()) {
            requestStop();
            return;
        }
        counters.failed(failure, 0);
        logger.error("Listener '{}' could not take a message from channel '{}'", id(), channel.name(), failure);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
    }

    void consumerFailed(Throwable failure) {
        logger.error("Listener '{}' has to begin anew with channel '{}'", id(), channel.name(), failure);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
    }

    void ended(Worker worker) {
        boolean last = locked(() -> {
            workers.remove(worker);
            if (state != State.STOPPED) {
                workers.fill(concurrency.min());
            }
            changed.signalAll();
            return state == State.STOPPED && workers.size() == 0;
        });
        if (last) {
            onEnd.accept(this);
        }
    }

    /** Counts the message; {@code false} if shutdown took it away meanwhile. */
    boolean succeeded(Worker worker, long nanos) {
        boolean mine = worker.finish();
        if (mine) {
            counters.handled(nanos);
        }
        return mine;
    }

    /** Counts and logs the message; {@code false} if it is left to the report of shutdown. */
    boolean failed(Worker worker, Object message, Throwable failure, long nanos) {
        if (leave(worker, message)) {
            return false;
        }
        counters.failed(failure, nanos);
        logger.error(
                "Listener '{}' failed on a {} from channel '{}'",
                id(),
                Payload.typeName(message),
                channel.name(),
                failure);
        handler().givenUp(message, failure);
        return true;
    }

    /** Leaves the message to the report of shutdown, if that is near; finishes it in any case. */
    boolean leave(Worker worker, Object message) {
        return locked(() -> {
            boolean mine = worker.finish();
            if (mine && reported) {
                logger.warn(
                        "Channel '{}' left 1 accepted message unhandled at shutdown, of {}: it came after the report",
                        channel.name(),
                        Payload.typeName(message));
            } else if (mine && cutShort) {
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
        cutShort = true;
        requestStop();
        locked(() -> workers.all().stream()
                .filter(worker -> !worker.isCurrentThread())
                .forEach(Worker::interruptHandling));
    }

    /** Takes the messages that {@link #cutShort()} left unhandled, and names the workers that ignored it. */
    List<Object> takeAbandoned(long waitNanos) {
        return locked(() -> {
            await(this::noneTakes, waitNanos);
            for (Worker worker : workers.all()) {
                Object message = worker.isCurrentThread() ? null : worker.giveUp();
                if (message != null) {
                    abandoned.add(message);
                }
                if (message != null || worker.mayTake()) {
                    logger.warn(
                            "Listener '{}' ignores the interrupt at shutdown; thread {} is still at {}",
                            id(),
                            worker.thread().getName(),
                            firstFrame(worker.thread()));
                }
            }
            reported = true;
            List<Object> taken = List.copyOf(abandoned);
            abandoned.clear();
            return taken;
        });
    }

    private static Object firstFrame(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length == 0 ? "its end" : stack[0];
    }

    /** Whether all workers have ended, but for one that asks this itself. */
    boolean isDone() {
        return locked(() -> workers.none(worker -> !worker.isCurrentThread()));
    }

    /** Waits until it is done; {@code false} if the time ran out. */
    boolean awaitDone(long nanos) {
        return locked(() -> await(this::isDone, nanos));
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
     * The threads of its workers.
     *
     * @return a snapshot
     */
    public Set<Thread> workerThreads() {
        return locked(() -> workers.all().stream().map(Worker::thread).collect(Collectors.toSet()));
    }

    /**
     * How many workers have a message in hand.
     *
     * @return the number
     */
    public int busyWorkers() {
        return locked(() -> workers.count(Worker::isBusy));
    }

    private void awaitUninterruptibly(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            changed.awaitUninterruptibly();
        }
    }

    /** Waits for a condition, interrupts or not, because the time is bounded; answers whether it came true. */
    private boolean await(BooleanSupplier condition, long nanos) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + nanos;
        while (!condition.getAsBoolean() && deadline - System.nanoTime() > 0) {
            try {
                changed.awaitNanos(deadline - System.nanoTime());
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return condition.getAsBoolean();
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
