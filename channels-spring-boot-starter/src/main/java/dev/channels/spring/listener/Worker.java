package dev.channels.spring.listener;

import dev.channels.spring.transport.MessageConsumer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One virtual thread that takes messages and handles them, one after the other.
 *
 * <p>As long as there are messages it goes from {@link Phase#HANDLING} to {@link Phase#LOOKING} and back, with one fenced
 * write for a message. Whoever pauses or stops writes that first and reads the phase then; the worker writes its phase
 * first and then reads whether it is still admitted. So one of them sees the other: what is paused takes nothing more.
 *
 * <p>A worker that finds nothing waits for it in {@link Phase#TAKING}. It is called back from there by an interrupt, and
 * by nothing else: that phase is left by the worker itself, or by who calls it back, never by both. So the interrupt
 * never meets a listener, and a message that was taken is handled even if the call came at the same moment.
 */
final class Worker implements Runnable {

    private enum Phase {
        /** It has nothing and takes nothing. */
        RESTING,
        /** Between two messages: it takes the next one if that is there, without waiting. */
        LOOKING,
        /** It waits for a message. */
        TAKING,
        INTERRUPTING,
        INTERRUPTED,
        HANDLING,
        DELIVERING,
        DELIVERED,
        GIVEN_UP
    }

    private final ListenerContainer container;
    private final int number;
    private final Thread thread;
    private final Settlement settlement;
    private final @Nullable MessageSurroundings surroundings;
    private final MessageHandler handler;
    private final HandledCalls.Tally tally;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RESTING);

    /** Published by the phase: who has given the worker up may read it, and the worker leaves it alone from then on. */
    private @Nullable Object inHand;

    /** Whether it looks at once for the next message, because nothing is to be done before that which could take long. */
    private boolean swift;

    private long lookedAt;
    private volatile boolean gathering;
    private volatile boolean retired;
    private volatile boolean waitingForOthers;

    Worker(ListenerContainer container, int number) {
        this.container = container;
        this.number = number;
        this.settlement = container.settlement();
        this.surroundings = container.surroundings();
        this.handler = container.handler();
        this.tally = container.counters().workerBegins();
        this.thread = Thread.ofVirtual()
                .name("channel-" + container.id() + "-" + number)
                // Whoever resizes a listener must not leave its own context in the workers.
                .inheritInheritableThreadLocals(false)
                .unstarted(this);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        thread.setContextClassLoader(container.classLoader());
        try {
            if (surroundings != null) {
                surroundings.workerStarted();
            }
            while (goesOn()) {
                work();
            }
        } catch (Throwable death) {
            container.counters().workerDied();
            throw death;
        } finally {
            container.ended(this);
        }
    }

    private void work() {
        // To open a consumer may take long, and to end one; nobody who pauses has to wait for that.
        rest();
        try (MessageConsumer consumer = container.newConsumer()) {
            while (goesOn()) {
                Object message = take(consumer);
                if (message != null && handle(message)) {
                    consumer.acknowledge();
                }
            }
        } catch (Throwable failure) {
            rest();
            container.consumerFailed(failure);
        }
    }

    /** Whether it looks for the next message. One that was given up ends, and another takes its place if need be. */
    private boolean goesOn() {
        if (phase.getPlain() == Phase.GIVEN_UP) {
            return false;
        }
        look();
        while (!container.admits(this)) {
            rest();
            if (!container.awaitAdmission(this)) {
                return false;
            }
            look();
        }
        return true;
    }

    private void look() {
        if (phase.getPlain() != Phase.LOOKING) {
            phase.set(Phase.LOOKING);
            lookedAt = System.nanoTime();
        }
    }

    private void rest() {
        Phase now = phase.get();
        if (now != Phase.GIVEN_UP && phase.compareAndSet(now, Phase.RESTING)) {
            inHand = null;
        }
    }

    /** Takes the next message; {@code null} when it was called back, had nothing to do for too long, or met the end. */
    private @Nullable Object take(MessageConsumer consumer) {
        Object message;
        try {
            message = container.tryTakeFrom(consumer);
        } catch (Throwable failure) {
            rest();
            container.takingFailed(failure);
            return null;
        }
        if (message == null) {
            return await(consumer);
        }
        swift = surroundings == null;
        inHand = message;
        phase.setRelease(Phase.HANDLING);
        return message;
    }

    private @Nullable Object await(MessageConsumer consumer) {
        swift = false;
        // The last message is not kept from the garbage collector.
        inHand = null;
        phase.set(Phase.TAKING);
        Object message = null;
        Throwable failed = null;
        try {
            // Asked again, now that whoever pauses or stops can see that this worker waits.
            if (container.admits(this)) {
                message = container.takeFrom(consumer, this);
            }
        } catch (InterruptedException calledBack) {
            // Nothing was taken, and the container says what next.
        } catch (Throwable failure) {
            failed = failure;
        }
        inHand = message;
        lookedAt = System.nanoTime();
        leaveTaking(message == null ? Phase.RESTING : Phase.HANDLING);
        if (failed != null) {
            container.takingFailed(failed);
        }
        return message;
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private void leaveTaking(Phase next) {
        if (phase.compareAndSet(Phase.TAKING, next)) {
            return;
        }
        // Two instructions away. Yielding, because it may be a virtual thread that waits for this one's carrier.
        while (phase.get() != Phase.INTERRUPTED) {
            Thread.yield();
        }
        Thread.interrupted();
        phase.set(next);
        container.calledBack();
    }

    /** Handles the message; {@code false} if it is left to the report of shutdown. */
    private boolean handle(Object message) {
        if (settlement.isCutShort()) {
            return !settlement.leave(this, message);
        }
        MessageSurroundings.Scope scope = null;
        // A clock is what costs most here after the channel, so what ends one call begins the next.
        long start = lookedAt;
        try {
            scope = surroundings == null ? null : enter(surroundings, message);
            handler.handle(message);
            lookedAt = System.nanoTime();
            return succeeded(message, lookedAt - start);
        } catch (Throwable failure) {
            swift = false;
            return container.failed(this, message, failure, System.nanoTime() - start, scope);
        } finally {
            if (scope != null) {
                scope.leave();
            }
            // Left over from the listener, or meant for it: the next message starts without.
            Thread.interrupted();
        }
    }

    /** Lays a message or batch down and counts it; {@code false} if shutdown took it away meanwhile. */
    boolean succeeded(Object message, long nanos) {
        boolean mine = phase.compareAndSet(Phase.HANDLING, swift ? Phase.LOOKING : Phase.RESTING);
        if (mine) {
            count(Batch.count(message), nanos);
        }
        return mine;
    }

    /** Counts messages that were handled. */
    void count(int messages, long nanos) {
        container.counters().handled(tally, messages, nanos);
    }

    HandledCalls.Tally tally() {
        return tally;
    }

    /** A listener is not called without what belongs around it, so this is not tried again. */
    private static MessageSurroundings.Scope enter(MessageSurroundings around, Object message)
            throws FailureOutsideListener {
        try {
            return around.enter(Batch.payloadOf(message));
        } catch (Throwable failure) {
            throw new FailureOutsideListener(failure);
        }
    }

    /** Lays the message down; {@code false} if it was taken away meanwhile. */
    boolean finish() {
        return phase.compareAndSet(Phase.HANDLING, Phase.RESTING)
                || phase.compareAndSet(Phase.DELIVERED, Phase.RESTING);
    }

    /** Begins to send dead letters for these; {@code false} if they were taken away meanwhile. */
    boolean deliver(Batch letters) {
        inHand = letters;
        return phase.compareAndSet(Phase.HANDLING, Phase.DELIVERING);
    }

    /** Has sent its letters, and nobody can take anything away any more; {@code false} if somebody has. */
    boolean delivered() {
        return phase.compareAndSet(Phase.DELIVERING, Phase.DELIVERED);
    }

    /** Lays down a part of its batch; {@code false} if all was taken away meanwhile. Guarded like {@link #giveUp()}. */
    boolean keepOnly(Batch rest) {
        boolean mine = phase.get() == Phase.HANDLING || phase.get() == Phase.DELIVERING;
        if (mine) {
            inHand = rest;
        }
        return mine;
    }

    /** It has the first message of a batch and waits for more, or no longer does. */
    void setGathering(boolean nowGathering) {
        gathering = nowGathering;
    }

    /** Has it come back from its wait for messages. What it has taken by then it handles first. */
    void callBack() {
        if (phase.compareAndSet(Phase.TAKING, Phase.INTERRUPTING)) {
            thread.interrupt();
            phase.set(Phase.INTERRUPTED);
        }
    }

    /** Interrupts the listener, if it has a message in hand or may be about to. Shutdown leaves that to the report. */
    void interruptHandling() {
        if (isBusy() || phase.get() == Phase.LOOKING) {
            thread.interrupt();
        }
    }

    /** Takes the message away from a listener or a letter that does not come back; whatever it still does counts no more. */
    @Nullable Object giveUp() {
        boolean taken = phase.compareAndSet(Phase.HANDLING, Phase.GIVEN_UP)
                || phase.compareAndSet(Phase.DELIVERING, Phase.GIVEN_UP);
        return taken ? inHand : null;
    }

    /** Ends when it asks for its next message. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** What it calls waits for the other workers, so nobody must wait for it. */
    void setWaitingForOthers(boolean nowWaiting) {
        waitingForOthers = nowWaiting;
    }

    boolean isWaitingForOthers() {
        return waitingForOthers;
    }

    /** Whether it takes, or is about to come back from it. It does not tell when it goes from looking to handling. */
    boolean mayTake() {
        Phase now = phase.get();
        return now == Phase.LOOKING || now == Phase.TAKING || now == Phase.INTERRUPTING || now == Phase.INTERRUPTED;
    }

    /** Whether it takes, and not only because what it calls there waits for the others. */
    boolean mayTakeMore() {
        return mayTake() && !waitingForOthers;
    }

    boolean isBusy() {
        return phase.get() == Phase.HANDLING || isDelivering();
    }

    boolean isDelivering() {
        Phase now = phase.get();
        return now == Phase.DELIVERING || now == Phase.DELIVERED;
    }

    boolean hasSomethingInHand() {
        return isBusy() || gathering;
    }

    boolean isCurrentThread() {
        return Thread.currentThread().equals(thread);
    }

    int number() {
        return number;
    }

    Thread thread() {
        return thread;
    }
}
