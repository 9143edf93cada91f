package dev.channels;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A request channel: an engine for the requests, and beside it the requesters that wait for their answers. */
final class StandardRequestChannel<Q, A> implements RequestChannel<Q, A>, Receives<Request<Q, A>> {

    private final String name;
    private final int capacity;
    private final Engine engine;
    private final Answers answers = new Answers();
    private final Asking<Q, A> asking;
    private final Receiving<Request<Q, A>> receiving;

    private StandardRequestChannel(
            RequestChannelSettings<Q, A> settings, Engine engine, Consumer<Request<Q, A>> retraction) {
        this.name = settings.name();
        this.capacity = settings.capacity();
        this.engine = engine;
        this.asking = new Asking<>(
                new Sending<>(name, engine.inlet(), Overflow.BLOCK, null, settings.interceptor(), settings.sendWait()),
                answers,
                retraction,
                settings.requestNanos());
        this.receiving = new Receiving<>(engine.outlet(), settings.interceptor());
    }

    static <Q, A> StandardRequestChannel<Q, A> of(RequestChannelSettings<Q, A> settings) {
        if (settings.capacity() == 0) {
            // Nothing is queued: there is nothing to take out.
            return new StandardRequestChannel<>(settings, new Rendezvous(settings.name()), request -> {});
        }
        Plain engine = new Plain(settings.name(), settings.capacity(), lock -> new RequestBuffer());
        return new StandardRequestChannel<>(settings, engine, engine::remove);
    }

    @Override
    public Receiving<Request<Q, A>> receiving() {
        return receiving;
    }

    @Override
    public A request(Q question) throws InterruptedException {
        return asking.request(question);
    }

    @Override
    public A request(Q question, Duration timeout) throws InterruptedException, TimeoutException {
        return asking.request(question, timeout);
    }

    @Override
    public CompletableFuture<A> requestAsync(Q question) {
        return asking.requestAsync(question);
    }

    @Override
    public void close() {
        engine.close(null);
    }

    @Override
    public void close(Throwable cause) {
        engine.close(Objects.requireNonNull(cause, "cause"));
    }

    @Override
    public List<Request<Q, A>> closeNow() {
        List<Object> queued = engine.closeNow(null, false);
        answers.close();
        return queued.stream().map(receiving::message).toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public ChannelStats stats() {
        return engine.stats(name, capacity);
    }

    @Override
    public List<Waiter> waiters() {
        return engine.waiters();
    }

    @Override
    public String toString() {
        return Description.of("RequestChannel", stats());
    }
}
