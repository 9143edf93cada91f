package dev.channels.benchmarks.peers;

import dev.channels.Channel;
import dev.channels.benchmarks.Shape;
import dev.channels.benchmarks.Workload;

/** Channels of this project, while another thread asks for their numbers every 10 ms. */
final class PolledPeer extends PipePeer<PolledPeer.PolledPipe> {

    @Override
    public boolean takes(Workload workload) {
        return workload.shape() instanceof Shape.Transfer;
    }

    @Override
    PolledPipe open(int capacity) {
        Channel<Long> channel = OurPipe.open(capacity).channel();
        return new PolledPipe(channel, Thread.ofPlatform().daemon().start(() -> poll(channel)));
    }

    private static void poll(Channel<?> channel) {
        try {
            while (channel.stats().received() >= 0) {
                Thread.sleep(10);
            }
        } catch (InterruptedException closed) {
            // the end of the round
        }
    }

    record PolledPipe(Channel<Long> channel, Thread poller) implements Pipe {

        @Override
        public void send(Long message) throws InterruptedException {
            channel.send(message);
        }

        @Override
        public Long receive() throws InterruptedException {
            return channel.receive();
        }

        @Override
        public void close() {
            poller.interrupt();
        }
    }
}
