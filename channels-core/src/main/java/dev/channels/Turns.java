package dev.channels;

import java.util.concurrent.atomic.AtomicReference;

/**
 * An action that is run again whenever there may be something to do, by one virtual thread at a time. The thread ends
 * when there is nothing left.
 */
final class Turns {

    private enum State {
        IDLE,
        RUNNING,
        AGAIN
    }

    private final Runnable action;
    private final AtomicReference<State> state = new AtomicReference<>(State.AGAIN);

    /** Until {@link #begin()} nothing is run. */
    Turns(Runnable action) {
        this.action = action;
    }

    void begin() {
        Thread.startVirtualThread(this::run);
    }

    /** Sees to it that the action is run after this, once or more. */
    void again() {
        if (state.getAndSet(State.AGAIN) == State.IDLE) {
            begin();
        }
    }

    private void run() {
        do {
            state.set(State.RUNNING);
            action.run();
        } while (!state.compareAndSet(State.RUNNING, State.IDLE));
    }
}
