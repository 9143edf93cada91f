package dev.channels.benchmarks.peers;

import dev.channels.benchmarks.Shape;
import dev.channels.benchmarks.Workload;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.MpmcArrayQueue;
import org.jctools.queues.MpmcUnboundedXaddArrayQueue;

/** Queues of JCTools, for any number of senders and receivers as a channel is. Nobody sleeps: who has to wait spins. */
final class SpinningPeer extends PipePeer<SpinningPeer.SpinningPipe> {

    private static final int LEAST_CAPACITY = 16;
    private static final int MOST_SPINNING = 8;
    private static final int CHUNK = 1024;

    @Override
    public boolean takes(Workload workload) {
        return workload.capacity() >= LEAST_CAPACITY
                && workload.shape() instanceof Shape.Transfer transfer
                && Math.max(transfer.senders(), transfer.receivers()) <= MOST_SPINNING;
    }

    @Override
    SpinningPipe open(int capacity) {
        return new SpinningPipe(
                capacity == Workload.UNBOUNDED
                        ? new MpmcUnboundedXaddArrayQueue<>(CHUNK)
                        : new MpmcArrayQueue<>(capacity));
    }

    record SpinningPipe(MessagePassingQueue<Long> queue) implements Pipe {

        private static final int SPINS = 100;
        private static final int YIELDS = 100;
        private static final long NAP_NANOS = 1_000;

        @Override
        public void send(Long message) throws InterruptedException {
            for (int spins = 0; !queue.relaxedOffer(message); spins++) {
                spin(spins);
            }
        }

        @Override
        public Long receive() throws InterruptedException {
            Long message = queue.relaxedPoll();
            for (int spins = 0; message == null; spins++) {
                spin(spins);
                message = queue.relaxedPoll();
            }
            return message;
        }

        /**
         * Yields at last, because a virtual thread that only spins keeps those it waits for from their carrier; and takes a
         * nap in the end, because threads that yield to each other can keep out those that they wait for.
         */
        @SuppressWarnings("ThreadPriorityCheck")
        private static void spin(int spins) throws InterruptedException {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else if (Thread.interrupted()) {
                throw new InterruptedException();
            } else if (spins < SPINS + YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }
}
