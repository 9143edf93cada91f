package dev.channels.benchmarks.peers;

import dev.channels.Channel;
import dev.channels.benchmarks.Workload;

/** A channel of this project. */
record OurPipe(Channel<Long> channel) implements Pipe {

    static OurPipe open(int capacity) {
        return new OurPipe(capacity == Workload.UNBOUNDED ? Channel.unbounded() : Channel.bounded(capacity));
    }

    @Override
    public void send(Long message) throws InterruptedException {
        channel.send(message);
    }

    @Override
    public Long receive() throws InterruptedException {
        return channel.receive();
    }
}
