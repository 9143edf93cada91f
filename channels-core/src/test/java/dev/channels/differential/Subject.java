package dev.channels.differential;

import dev.channels.ChannelStats;
import dev.channels.Monitored;
import dev.channels.Overflow;
import dev.channels.Receiver;
import dev.channels.Sender;
import dev.channels.Subscription;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A channel or a broadcast in the hands of one program, and all that the program can see of it. */
abstract class Subject {

    final Sender<Integer> sender;
    final List<Receiver<Integer>> receivers = new ArrayList<>();
    final List<CompletableFuture<?>> futures = new ArrayList<>();
    private final Monitored monitored;
    private final Overflow overflow;
    private final Events events;
    private final List<Iterator<Integer>> iterators = new ArrayList<>();

    <C extends Sender<Integer> & Monitored> Subject(C channel, Overflow overflow, Events events) {
        this.sender = channel;
        this.monitored = channel;
        this.overflow = overflow;
        this.events = events;
    }

    abstract @Nullable Object subscribe();

    abstract @Nullable Object unsubscribe(Receiver<Integer> receiver);

    abstract @Nullable Object close(@Nullable Throwable cause);

    abstract @Nullable Object closeNow(@Nullable Throwable cause);

    final void add(Receiver<Integer> receiver) {
        receivers.add(receiver);
        iterators.add(receiver.iterator());
    }

    /** The one iterator of a receiver that the program uses all the time. */
    final Iterator<Integer> iterator(Receiver<Integer> receiver) {
        return iterators.get(receivers.indexOf(receiver));
    }

    /** Whether a send would not wait; a program of one thread must not. */
    final boolean letsSend() {
        ChannelStats stats = monitored.stats();
        return overflow != Overflow.BLOCK
                || stats.closed()
                || stats.size() < stats.capacity()
                || (stats.capacity() == 0 && stats.blockedReceivers() > 0);
    }

    /** Whether a receive would not wait. */
    final boolean letsReceive(Receiver<Integer> receiver) {
        return receiver.peek() != null
                || receiver.isClosedForReceive()
                || (monitored.capacity() == 0 && monitored.stats().blockedSenders() > 0);
    }

    /** Does a step and tells all there is to see afterwards. */
    final String perform(Step step) {
        Thread current = Thread.currentThread();
        Thread.UncaughtExceptionHandler handler = current.getUncaughtExceptionHandler();
        current.setUncaughtExceptionHandler(events);
        StringBuilder sight = new StringBuilder();
        try {
            if (step.interrupted()) {
                current.interrupt();
            }
            sight.append(step.operation().perform(this, step.number()));
        } catch (Throwable failure) {
            sight.append(inWords(failure));
        } finally {
            if (Thread.interrupted()) {
                sight.append(", interrupted");
            }
            current.setUncaughtExceptionHandler(handler);
        }
        describe(sight);
        return sight.toString();
    }

    private void describe(StringBuilder sight) {
        sight.append("\n    ").append(sender).append(sender.isClosedForSend() ? " closed " : " open ");
        sight.append(monitored.stats());
        monitored
                .waiters()
                .forEach(waiter -> sight.append(' ')
                        .append(waiter.side().name().toLowerCase(Locale.ROOT))
                        .append(waiter.thread() == null ? "" : " by " + waiter.thread()));
        for (Receiver<Integer> receiver : receivers) {
            sight.append("\n    ").append(receiver).append(" peek ").append(receiver.peek());
            sight.append(receiver.isClosedForReceive() ? " ended" : "");
            if (receiver instanceof Subscription<Integer> subscription) {
                sight.append(" missed ").append(subscription.missed());
            }
        }
        sight.append("\n    futures");
        futures.forEach(future -> sight.append(' ').append(inWords(future)));
        sight.append("\n    events ").append(events);
    }

    private static String inWords(CompletableFuture<?> future) {
        return future.state() == Future.State.SUCCESS
                ? String.valueOf(future.resultNow())
                : future.state() == Future.State.FAILED
                        ? inWords(future.exceptionNow())
                        : future.state().toString();
    }

    private static String inWords(Throwable failure) {
        String text = failure.toString();
        for (Throwable suppressed : failure.getSuppressed()) {
            text += " (and " + inWords(suppressed) + ")";
        }
        return failure.getCause() == null ? text : text + " because of " + inWords(failure.getCause());
    }
}
