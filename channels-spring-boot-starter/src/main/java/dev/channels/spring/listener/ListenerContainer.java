package dev.channels.spring.listener;

import dev.channels.ChannelClosedException;
import dev.channels.ChannelStats;
import dev.channels.spring.ChannelListenerContainer;
import dev.channels.spring.registry.RegisteredChannel;
import dev.channels.spring.transport.ChannelKind;
import dev.channels.spring.transport.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
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
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private enum State {
        STOPPED,
        RUNNING,
        PAUSED
    }

    private final ListenerDefinition definition;
    private final RegisteredChannel channel;
    private final Consumer<ListenerContainer> onEnd;
    private final Intake intake;
    private final MessageHandler handler;
    private final Settlement settlement;
    private final FailureHandling failures;
    private final @Nullable MessageSurroundings surroundings;
    private final ListenerCounters counters = new ListenerCounters();
    private final @Nullable ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
    private final Monitor monitor = new Monitor();
    private final Workers workers = new Workers(this);

    // Made once: escape analysis does not always take it away, and then each message would pay for it.
    private final Consumer<Throwable> onTakingFailed = this::takingFailed;
    private volatile State state = State.STOPPED;
    private volatile Concurrency concurrency;
    private boolean scaling;

    /**
     * Subscribes to the channel from now on, not from the start on: the listener of a broadcast misses nothing while it
     * is paused or not started.
     */
    ListenerContainer(
            ListenerDefinition definition,
            RegisteredChannel channel,
            ListenerFailures failures,
            @Nullable MessageSurroundings surroundings,
            Consumer<ListenerContainer> onEnd) {
        this.definition = definition;
        this.channel = channel;
        this.surroundings = surroundings;
        this.onEnd = onEnd;
        this.settlement = new Settlement(monitor, new Leftovers(definition.id(), channel.name()));
        this.failures = new FailureHandling(this, failures);
        this.concurrency = definition.concurrency();
        this.intake = new Intake(channel.channel().subscribe(), this);
        this.handler = intake.guard(definition.handler());
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
        monitor.locked(() -> {
            if (state == State.STOPPED) {
                state = as;
                monitor.changed();
                workers.fill(concurrency.min());
                startScaling();
            }
        });
    }

    @Override
    public void stop() {
        requestStop();
        monitor.locked(() -> {
            workers.current(worker -> worker.setWaitingForOthers(true));
            monitor.changed();
            monitor.awaitUninterruptibly(
                    () -> state != State.STOPPED || workers.noneOther(worker -> !worker.isWaitingForOthers()));
            workers.current(worker -> worker.setWaitingForOthers(false));
        });
    }

    /** Stops without waiting. */
    void requestStop() {
        monitor.locked(() -> {
            state = State.STOPPED;
            workers.callBackAll();
            monitor.changed();
        });
    }

    @Override
    public void pause() {
        monitor.locked(() -> {
            if (state == State.RUNNING) {
                state = State.PAUSED;
                workers.callBackAll();
            }
            // Also for who comes second: when this returns, nothing more is taken.
            workers.current(worker -> worker.setWaitingForOthers(true));
            monitor.awaitAsking(() -> state != State.PAUSED || workers.noneOther(Worker::mayTakeMore), Long.MAX_VALUE);
            workers.current(worker -> worker.setWaitingForOthers(false));
        });
    }

    @Override
    public void resume() {
        monitor.locked(() -> {
            if (state == State.PAUSED) {
                state = State.RUNNING;
                monitor.changed();
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
        Concurrency wanted = readConcurrency(range);
        monitor.locked(() -> {
            concurrency = wanted;
            if (state != State.STOPPED) {
                workers.fill(wanted.min());
                // Those that are too many, and those that wait by the rule of before, find out what holds now.
                workers.callBackAll();
                monitor.changed();
                startScaling();
            }
        });
    }

    /**
     * Reads how many workers it is to have, and changes nothing.
     *
     * @param range a number or range
     * @return what it says
     * @throws IllegalArgumentException if it is neither, or if this listener cannot have so many
     */
    public Concurrency readConcurrency(String range) {
        Concurrency wanted = Concurrency.parse(range);
        if (wanted.max() > 1 && channel.definition().kind() == ChannelKind.WATCH) {
            throw new IllegalArgumentException(
                    "A watch has one value, so its listener '" + id() + "' has one worker, not " + range);
        }
        return wanted;
    }

    private void startScaling() {
        if (concurrency.isElastic() && !scaling) {
            scaling = true;
            Scaling.start(id(), this::scale);
        }
    }

    /** Adds workers while messages wait and all are busy; {@code false} if that will not be needed any more. */
    private boolean scale() {
        return monitor.locked(() -> {
            scaling = state != State.STOPPED && concurrency.isElastic();
            if (state == State.RUNNING && workers.none(worker -> !worker.isBusy())) {
                ChannelStats stats = channel.channel().stats();
                long waiting = (long) stats.size() + stats.blockedSenders();
                workers.grow(Scaling.wanted(workers.size(), waiting, concurrency));
            }
            return scaling;
        });
    }

    MessageConsumer newConsumer() {
        return intake.newConsumer();
    }

    /** The application's: a thread that inherits nothing would have the system's. */
    @Nullable ClassLoader classLoader() {
        return classLoader;
    }

    MessageHandler handler() {
        return handler;
    }

    Settlement settlement() {
        return settlement;
    }

    @Nullable MessageSurroundings surroundings() {
        return surroundings;
    }

    /** Whether the worker may take the next message. */
    boolean admits(Worker worker) {
        return state == State.RUNNING && isWanted(worker);
    }

    /** Whether the worker that is not admitted goes on; waits while the container is paused. */
    boolean awaitAdmission(Worker worker) {
        return monitor.locked(() -> {
            // Who pauses waits to see that this worker takes no more.
            monitor.changed();
            monitor.awaitUninterruptibly(() -> state != State.PAUSED || !isWanted(worker));
            return admits(worker);
        });
    }

    private boolean isWanted(Worker worker) {
        return worker.number() <= concurrency.max() && !worker.isRetired();
    }

    /** Takes a message for a worker if one is there. */
    @Nullable Object tryTakeFrom(MessageConsumer consumer) {
        return intake.tryTake(consumer);
    }

    /** Takes a message or batch for a worker; one above the minimum ends when there is none for too long. */
    @Nullable Object takeFrom(MessageConsumer consumer, Worker worker) throws InterruptedException {
        boolean stays = worker.number() <= concurrency.min();
        Object taken = intake.take(consumer, worker, stays ? null : definition.idleTimeout(), onTakingFailed);
        if (taken == null) {
            worker.retire();
        }
        return taken;
    }

    void calledBack() {
        monitor.locked(monitor::changed);
    }

    /** A worker could not take: because this is the end, or because an interceptor or a transport failed. */
    void takingFailed(Throwable failure) {
        if (failure instanceof ChannelClosedException && intake.isDrained()) {
            requestStop();
            return;
        }
        counters.failed(1, failure, 0);
        logger.error("Listener '{}' could not take a message from channel '{}'", id(), channel.name(), failure);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
    }

    void consumerFailed(Throwable failure) {
        logger.error("Listener '{}' has to begin anew with channel '{}'", id(), channel.name(), failure);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
    }

    void ended(Worker worker) {
        boolean last = monitor.locked(() -> {
            workers.remove(worker);
            counters.workerEnds(worker.tally());
            if (state != State.STOPPED) {
                workers.fill(concurrency.min());
                if (intake.isReady()) {
                    // It would have been its turn; the others may all wait for the channel.
                    workers.callBackAll();
                }
            }
            monitor.changed();
            return state == State.STOPPED && workers.size() == 0;
        });
        if (last) {
            onEnd.accept(this);
        }
    }

    /** Does what is to be done about a failure; {@code false} if the message is left to the report of shutdown. */
    boolean failed(
            Worker worker, Object message, Throwable failure, long nanos, MessageSurroundings.@Nullable Scope scope) {
        return failures.handle(worker, message, failure, nanos, scope);
    }

    /** Nothing waits for a retry any more: the context closes. */
    void endRetries() {
        failures.endRetries();
    }

    /** Whether it holds messages for the report of shutdown, though it may have ended. */
    boolean holdsMessages() {
        return settlement.hasLeft() || intake.waiting() > 0;
    }

    /** From now on what fails is left to the report, because the channels to send to are closed. */
    void leaveTheRest() {
        settlement.cutShort();
        endRetries();
    }

    /** Interrupts the listeners that have a message in hand: the time to drain is over. */
    void cutShort() {
        leaveTheRest();
        requestStop();
        monitor.locked(() -> workers.all().stream()
                .filter(worker -> !worker.isCurrentThread())
                .forEach(Worker::interruptHandling));
    }

    /** Takes the messages that {@link #cutShort()} left unhandled, and names the workers that ignored it. */
    List<Object> takeAbandoned(long waitNanos) {
        return settlement.takeLeft(workers, waitNanos);
    }

    /** Takes what waits for its key: the listener is done, or is cut short. */
    List<Object> handBackWaiting() {
        return intake.handBack();
    }

    /** Whether all workers have ended, but for one that asks this itself. */
    boolean isDone() {
        return monitor.locked(() -> workers.noneOther(worker -> true));
    }

    /** Waits until it is done; {@code false} if the time ran out. */
    boolean awaitDone(long nanos) {
        return monitor.locked(() -> monitor.await(this::isDone, nanos));
    }

    /** Ends its subscription: the context is closed. */
    void dispose() {
        intake.close();
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
        return monitor.locked(workers::size);
    }

    /**
     * The threads of its workers.
     *
     * @return a snapshot
     */
    public Set<Thread> workerThreads() {
        return monitor.locked(() -> workers.all().stream().map(Worker::thread).collect(Collectors.toSet()));
    }

    /**
     * How many workers have a message in hand.
     *
     * @return the number
     */
    public int busyWorkers() {
        return monitor.locked(() -> workers.count(Worker::hasSomethingInHand));
    }

    /**
     * How many messages it has taken and keeps until it is their turn.
     *
     * @return the number
     */
    public int waitingForKey() {
        return intake.waiting();
    }

    /** Whether one of its messages is in hand, or waits for its key. */
    boolean hasMessages() {
        return busyWorkers() > 0 || !intake.isIdle();
    }

    /** How many of its workers wait for the channel when there is nothing to do. */
    int idleReceivers() {
        return intake.receivers(currentWorkers());
    }
}
