package dev.channels;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one lock of both sides of a plain channel, and whom to wake once it is free. */
final class SharedLock extends SpinLock {

    private @Nullable List<Pending> settled;
    private @Nullable Throwable failure;

    /** Settles an operation, and wakes it when the lock is free. */
    void settle(Pending operation, boolean closed) {
        if (operation.settle(closed)) {
            wakeLater(List.of(operation));
        }
    }

    void wakeLater(List<Pending> operations) {
        if (settled == null) {
            settled = new ArrayList<>();
        }
        settled.addAll(operations);
    }

    /** Notes what foreign code threw that ran under the lock. */
    void failed(Throwable thrown) {
        failure = thrown;
    }

    void unlockAndWake() {
        List<Pending> wake = settled;
        Throwable thrown = failure;
        settled = null;
        failure = null;
        unlock();
        if (wake != null) {
            Pending.wakeAll(wake);
        }
        if (thrown != null) {
            Uncaught.report(thrown);
        }
    }
}
