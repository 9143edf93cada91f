package dev.channels.benchmarks.peers;

import dev.channels.benchmarks.Shape;
import dev.channels.benchmarks.Workload;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** Queues of the JDK. */
final class QueuePeer extends PipePeer<QueuePeer.QueuePipe> {

    private final IntPredicate capacities;
    private final IntFunction<BlockingQueue<Long>> queues;

    /**
     * @param capacities those it can have
     * @param queues makes one of a capacity
     */
    QueuePeer(IntPredicate capacities, IntFunction<BlockingQueue<Long>> queues) {
        this.capacities = capacities;
        this.queues = queues;
    }

    @Override
    public boolean takes(Workload workload) {
        return capacities.test(workload.capacity()) && !(workload.shape() instanceof Shape.SelectOver);
    }

    @Override
    QueuePipe open(int capacity) {
        return new QueuePipe(queues.apply(capacity));
    }

    record QueuePipe(BlockingQueue<Long> queue) implements Pipe {

        @Override
        public void send(Long message) throws InterruptedException {
            queue.put(message);
        }

        @Override
        public Long receive() throws InterruptedException {
            return queue.take();
        }
    }
}
