package dev.channels.spring;

import dev.channels.Channel;
import dev.channels.ChannelStats;
import dev.channels.Sender;
import dev.channels.Waiter;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelTransport;
import dev.channels.spring.transport.MessageConsumer;
import dev.channels.spring.transport.MessageSource;
import dev.channels.spring.transport.TransportChannel;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A transport as a broker's would be: what is injected can send and no more, and messages are acknowledged. */
final class ToyTransport implements ChannelTransport {

    volatile boolean failing;
    volatile boolean numberless;
    volatile @Nullable CountDownLatch hanging;
    final AtomicInteger consumersToFail = new AtomicInteger();
    final AtomicInteger hangs = new AtomicInteger();
    final AtomicInteger hangsAfter = new AtomicInteger();
    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger();
    final AtomicInteger deathsToCome = new AtomicInteger();
    final Queue<Object> acknowledged = new ConcurrentLinkedQueue<>();
    final Queue<ChannelDefinition> opened = new ConcurrentLinkedQueue<>();

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public TransportChannel open(ChannelDefinition definition) {
        opened.add(definition);
        return new ToyChannel(Channel.builder(definition.name()).capacity(10).build());
    }

    private final class ToyChannel implements TransportChannel, MessageSource {
        private final Channel<Object> broker;
        private final Sender<Object> sender;

        ToyChannel(Channel<Object> broker) {
            this.broker = broker;
            this.sender = new SenderOnly(broker);
        }

        @Override
        public Object bean() {
            return sender;
        }

        @Override
        public MessageSource subscribe() {
            return this;
        }

        @Override
        public ChannelStats stats() {
            if (numberless) {
                refusals.incrementAndGet();
                throw new NoClassDefFoundError("numbers");
            }
            return broker.stats();
        }

        @Override
        public List<Waiter> waiters() {
            return broker.waiters();
        }

        @Override
        public void close() {
            if (failing) {
                throw new IllegalStateException("connection lost");
            }
            broker.close();
        }

        @Override
        public List<?> closeNow() {
            broker.closeNow();
            return List.of();
        }

        @Override
        public MessageConsumer newConsumer() {
            if (deathsToCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new ChannelsHealthTests.Deadly();
            }
            if (consumersToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new NoClassDefFoundError("client");
            }
            return new ToyConsumer(broker);
        }

        @Override
        public boolean isDrained() {
            return broker.isClosedForReceive();
        }
    }

    private final class ToyConsumer implements MessageConsumer {
        private final Channel<Object> broker;
        private Object last;

        ToyConsumer(Channel<Object> broker) {
            this.broker = broker;
        }

        @Override
        public Object receive() throws InterruptedException {
            last = broker.receive();
            return last;
        }

        @Override
        public Object tryReceive(Duration timeout) throws InterruptedException {
            Object message = broker.tryReceive(timeout);
            if (message != null) {
                last = message;
            }
            return message;
        }

        @Override
        public void acknowledge() {
            acknowledged.add(last);
        }

        @Override
        public void close() {}
    }

    private final class SenderOnly implements Sender<Object> {
        private final Sender<Object> to;

        SenderOnly(Sender<Object> to) {
            this.to = to;
        }

        @Override
        public void send(Object message) throws InterruptedException {
            to.send(message);
        }

        @Override
        public boolean trySend(Object message) {
            return to.trySend(message);
        }

        @Override
        public boolean trySend(Object message, Duration timeout) throws InterruptedException {
            sent.incrementAndGet();
            boolean taken = to.trySend(message, timeout);
            CountDownLatch confirmed = hanging;
            if (confirmed != null && hangsAfter.getAndDecrement() <= 0) {
                hangs.incrementAndGet();
                awaitWhateverHappens(confirmed);
            }
            return taken;
        }

        @Override
        public CompletableFuture<Void> sendAsync(Object message) {
            return to.sendAsync(message);
        }

        @Override
        public boolean isClosedForSend() {
            return to.isClosedForSend();
        }
    }

    private static void awaitWhateverHappens(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException ignored) {
                // As a client that waits for its socket.
            }
        }
    }
}
