package dev.channels.spring.listener;

import java.util.List;

/** How what a worker has in hand ends: it counts, or shutdown has taken it away, or it is left to the report of that. */
final class Settlement {

    private final Monitor monitor;
    private final Leftovers leftovers;
    private volatile boolean cutShort;

    Settlement(Monitor monitor, Leftovers leftovers) {
        this.monitor = monitor;
        this.leftovers = leftovers;
    }

    /** Counts the first messages of a batch, and has the worker keep the rest; {@code false} if shutdown took all. */
    boolean handledButFor(Worker worker, Batch rest, int handled) {
        return monitor.locked(() -> {
            boolean mine = worker.keepOnly(rest);
            if (mine) {
                worker.count(handled, 0);
            }
            return mine;
        });
    }

    /** Strikes a message off those that have no dead letter yet; {@code false} if shutdown took all of these. */
    boolean lettered(Worker worker, Batch left, int index) {
        return monitor.locked(() -> {
            boolean mine = worker.keepOnly(left);
            if (mine) {
                left.messages().remove(index);
            }
            return mine;
        });
    }

    /** Leaves the message to the report of shutdown, if that is near; finishes it in any case. */
    boolean leave(Worker worker, Object inHand) {
        return monitor.locked(() -> {
            if (cutShort) {
                leaveToReport(worker, inHand);
            } else {
                worker.finish();
            }
            return cutShort;
        });
    }

    /** Leaves the message to the report of shutdown. */
    void leaveToReport(Worker worker, Object inHand) {
        monitor.locked(() -> {
            if (worker.finish()) {
                leftovers.add(inHand);
            }
        });
    }

    boolean isCutShort() {
        return cutShort;
    }

    /** From now on what fails is left to the report, because the channels to send to are closed. */
    void cutShort() {
        cutShort = true;
    }

    /** Takes what was left, once no worker takes any more; those that do not come back in time lose their messages. */
    List<Object> takeLeft(Workers workers, long waitNanos) {
        return monitor.locked(() -> {
            monitor.awaitAsking(
                    () -> workers.noneOther(Worker::mayTake) && workers.none(Worker::isDelivering), waitNanos);
            leftovers.addFrom(workers);
            return leftovers.take();
        });
    }

    /** Whether something was left and not taken yet. */
    boolean hasLeft() {
        return monitor.locked(() -> !leftovers.isEmpty());
    }
}
