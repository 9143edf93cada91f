package dev.channels.spring.transport;

import dev.channels.ChannelStats;
import dev.channels.Request;
import dev.channels.RequestChannel;
import dev.channels.RequestFailedException;
import dev.channels.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * A request channel whose requests wait for a limited time if they are not given one. It stands round the core's channel,
 * so a select does not take it.
 */
final class LimitedRequestChannel<Q, A> extends ForwardingReceiver<Request<Q, A>> implements RequestChannel<Q, A> {

    private final RequestChannel<Q, A> channel;
    private final Duration time;

    LimitedRequestChannel(RequestChannel<Q, A> channel, Duration time) {
        super(channel);
        this.channel = channel;
        this.time = time;
    }

    @Override
    public A request(Q question) throws InterruptedException {
        try {
            return channel.request(question, time);
        } catch (TimeoutException late) {
            throw failed(late);
        }
    }

    @Override
    public A request(Q question, Duration timeout) throws InterruptedException, TimeoutException {
        return channel.request(question, timeout);
    }

    @Override
    public CompletableFuture<A> requestAsync(Q question) {
        CompletableFuture<A> answer = channel.requestAsync(question);
        SendLimit.failAfter(
                answer,
                time,
                () -> failed(new TimeoutException("No answer on channel '" + channel.name() + "' within " + time)));
        return answer;
    }

    private RequestFailedException failed(TimeoutException late) {
        return new RequestFailedException(
                "A request on channel '" + channel.name() + "' had no answer within " + time + " (request-timeout)",
                late);
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void close(Throwable cause) {
        channel.close(cause);
    }

    @Override
    public List<Request<Q, A>> closeNow() {
        return channel.closeNow();
    }

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public int capacity() {
        return channel.capacity();
    }

    @Override
    public ChannelStats stats() {
        return channel.stats();
    }

    @Override
    public List<Waiter> waiters() {
        return channel.waiters();
    }
}
