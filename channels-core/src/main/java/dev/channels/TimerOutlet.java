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
        List<Pending> settled;
        Object answer;
        lock();
        try {
            settled = serveLocked();
            answer = pollLocked(wait);
        } finally {
            unlockWithAlarm();
        }
        settled.forEach(Pending::wake);
        return answer;
    }

    private @Nullable Object pollLocked(@Nullable Wait wait) {
        if (schedule.isOver()) {
            return Signal.ENDED;
        }
        if (receivers.isEmpty() && schedule.isDue()) {
            return schedule.take();
        }
        if (wait == null) {
            return null;
        }
        Pending operation = wait.in(receivers);
        if (operation == null) {
            return Signal.ENDED;
        }
        receivers.add(operation);
        return operation;
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
        Alarm former = null;
        Alarm fresh = null;
        long nanos = 0;
        try {
            boolean wanted = !receivers.isEmpty() && schedule.isAhead();
            if (wanted && alarm == null) {
                nanos = schedule.nanosLeft();
                fresh = new Alarm();
                alarm = fresh;
            } else if (!wanted) {
                former = alarm;
                alarm = null;
            }
        } finally {
            unlock();
        }
        if (former != null) {
            former.cancel();
        }
        if (fresh != null) {
            Alarm set = fresh;
            set.set(nanos, () -> ring(set));
        }
    }

    private void ring(Alarm rung) {
        List<Pending> settled;
        lock();
        try {
            if (rung.equals(alarm)) {
                alarm = null;
            }
            settled = serveLocked();
        } finally {
            unlockWithAlarm();
        }
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
        List<Pending> settled;
        lock();
        try {
            settled = serveLocked();
        } finally {
            unlockWithAlarm();
        }
        settled.forEach(Pending::wake);
    }

    /** Looks at the clock first: who has waited until something was due gets it, though the alarm may be late. */
    @Override
    public boolean withdraw(Pending operation) {
        List<Pending> settled;
        boolean withdrawn;
        lock();
        try {
            settled = serveLocked();
            withdrawn = receivers.remove(operation);
        } finally {
            unlockWithAlarm();
        }
        settled.forEach(Pending::wake);
        return withdrawn;
    }

    @Override
    public void failAll(Object owner) {
        List<Pending> out;
        lock();
        try {
            out = receivers.close(operation -> owner.equals(operation.owner));
        } finally {
            unlockWithAlarm();
        }
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
