package dev.channels;

import java.util.ArrayList;
import java.util.List;

/**
 * Where requesters wait for their answers. Invariant: a request is open as long as its requester stands here; whoever
 * takes the requester out, to answer it or because it gives up, decides what becomes of the request.
 *
 * <p>No place to wait in is used twice: an answer that comes too late must not find another requester there.
 */
final class Answers extends SpinLock implements Withdrawal {

    private final Waiters requesters = new Waiters(Waiter.Side.RECEIVE);

    /** Opens a request, before anybody can receive it. */
    <Q, A> StandardRequest<Q, A> open(Q question, Pending requester) {
        StandardRequest<Q, A> request = new StandardRequest<>(question, this, requester);
        requester.owner = request;
        lock();
        try {
            requesters.add(requester);
        } finally {
            unlock();
        }
        return request;
    }

    /** Answers a request; {@code false} if it is not open. */
    boolean answer(StandardRequest<?, ?> request, Object answer) {
        Pending requester;
        boolean asleep;
        lock();
        try {
            requester = request.endLocked(StandardRequest.State.ANSWERED);
            if (requester == null) {
                return false;
            }
            requesters.remove(requester);
            requester.message = answer;
            asleep = requester.settle(false);
        } finally {
            unlock();
        }
        if (asleep) {
            requester.wake();
        }
        return true;
    }

    /** Takes out a requester that gives up, and abandons its request; {@code false} if that was not open. */
    @Override
    public boolean withdraw(Pending requester) {
        lock();
        try {
            boolean withdrawn = requesters.remove(requester);
            if (withdrawn) {
                abandonLocked(requester);
            }
            return withdrawn;
        } finally {
            unlock();
        }
    }

    /** Abandons all requests that are open, and tells their requesters. */
    void close() {
        List<Pending> wake = new ArrayList<>();
        lock();
        try {
            for (Pending requester = requesters.poll(); requester != null; requester = requesters.poll()) {
                abandonLocked(requester);
                if (requester.settle(true)) {
                    wake.add(requester);
                }
            }
        } finally {
            unlock();
        }
        wake.forEach(Pending::wake);
    }

    private static void abandonLocked(Pending requester) {
        if (requester.owner instanceof StandardRequest<?, ?> request) {
            request.endLocked(StandardRequest.State.ABANDONED);
        }
    }
}
