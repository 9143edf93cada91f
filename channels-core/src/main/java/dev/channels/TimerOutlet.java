package dev.channels;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the instants of a timer come from. Nothing puts them there: whoever comes looks at the clock. Only while somebody
 * waits there is an alarm, set and cancelled after the lock is free; until it is set it can be cancelled already.
 *
 * <p>An alarm may come too early, when the instant it was set for has been taken before it rang: then the next one is
 * set. It never comes later than the next instant is due.
 */
final class TimerOutlet extends SpinLock implements Outlet {

    private final Waiters receivers = new Waiters(Waiter.Side.RECEIVE);
    private final Schedule schedule;
    private @Nullable Alarm alarm;

    TimerOutlet(Schedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public @Nullable Object poll(@Nullable Wait wait) {
        lock();
        List<Pending> settled = serveLocked();
        Object answer = null;
        if (schedule.isOver()) {
            answer = Signal.ENDED;
        } else if (receivers.isEmpty() && schedule.isDue()) {
            answer = schedule.take();
        } else if (wait != null) {
            Pending operation = wait.in(receivers);
            if (operation == null) {
                answer = Signal.ENDED;
            } else {
                receivers.add(operation);
                answer = operation;
            }
        }
        unlockWithAlarm();
        settled.forEach(Pending::wake);
        return answer;
    }

    /** Gives what is due to who has waited longest, and tells the others if nothing more can come. */
    private List<Pending> serveLocked() {
        if (receivers.isEmpty()) {
            return List.of();
        }
        List<Pending> settled = new ArrayList<>();
        while (schedule.isDue()) {
            Pending oldest = receivers.poll();
            if (oldest == null) {
                break;
            }
            oldest.message = schedule.take();
            if (oldest.settle(false)) {
                settled.add(oldest);
            }
        }
        if (schedule.isOver()) {
            settled.addAll(receivers.close(any -> true));
        }
        return settled;
    }

    /** Frees the lock; then there is an alarm if somebody waits for a time that comes, and else none. */
    private void unlockWithAlarm() {
        Alarm present = alarm;
        boolean wanted = !receivers.isEmpty() && schedule.isAhead();
        if (wanted == (present != null)) {
            unlock();
        } else if (present != null) {
            alarm = null;
            unlock();
            present.cancel();
        } else {
            Alarm fresh = new Alarm();
            long nanos = schedule.nanosLeft();
            alarm = fresh;
            unlock();
            fresh.set(nanos, () -> ring(fresh));
        }
    }

    private void ring(Alarm rung) {
        lock();
        if (rung.equals(alarm)) {
            alarm = null;
        }
        List<Pending> settled = serveLocked();
        unlockWithAlarm();
        for (Pending operation : settled) {
            if (operation.thread() == null) {
                // What depends on a future may take long, and other alarms wait for this thread.
                Thread.startVirtualThread(operation::wake);
            } else {
                operation.wake();
            }
        }
    }

    @Override
    public @Nullable Object peek() {
        lock();
        try {
            return receivers.isEmpty() && schedule.isDue() ? schedule.next() : null;
        } finally {
            unlock();
        }
    }

    @Override
    public int available() {
        lock();
        try {
            return schedule.isDue() ? 1 : 0;
        } finally {
            unlock();
        }
    }

    @Override
    public boolean isEnded() {
        lock();
        try {
            return schedule.isOver();
        } finally {
            unlock();
        }
    }

    @Override
    public boolean endsNormally() {
        return true;
    }

    @Override
    public SpinLock guard() {
        return this;
    }

    @Override
    public boolean isReadyLocked() {
        return schedule.isDue() || schedule.isOver();
    }

    @Override
    public void enqueueLocked(Pending operation) {
        receivers.add(operation);
    }

    @Override
    public void settle() {
        lock();
        List<Pending> settled = serveLocked();
        unlockWithAlarm();
        settled.forEach(Pending::wake);
    }

    /** Looks at the clock first: who has waited until something was due gets it, though the alarm may be late. */
    @Override
    public boolean withdraw(Pending operation) {
        lock();
        List<Pending> settled = serveLocked();
        boolean withdrawn = receivers.remove(operation);
        unlockWithAlarm();
        settled.forEach(Pending::wake);
        return withdrawn;
    }

    @Override
    public void failAll(Object owner) {
        lock();
        List<Pending> out = receivers.close(operation -> owner.equals(operation.owner));
        unlockWithAlarm();
        out.forEach(Pending::wake);
    }

    @Override
    public void recycle(BlockedThread operation) {
        receivers.giveBack(operation);
    }

    @Override
    public ChannelClosedException closedException() {
        return new ChannelClosedException("Timer '" + schedule + "' is closed", null);
    }

    @Override
    public String toString() {
        return "Timer[" + schedule + ", blockedReceivers=" + receivers.size() + (isEnded() ? ", closed]" : "]");
    }
}
