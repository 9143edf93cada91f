package dev.channels.benchmarks.peers;

import dev.channels.benchmarks.Shape;
import dev.channels.benchmarks.Workload;
import java.util.concurrent.LinkedTransferQueue;

/** {@link LinkedTransferQueue}, which is both: without a limit, and a rendezvous if the sender asks for one. */
final class TransferPeer extends PipePeer<TransferPeer.TransferPipe> {

    @Override
    public boolean takes(Workload workload) {
        boolean able = workload.capacity() == 0 || workload.capacity() == Workload.UNBOUNDED;
        return able && !(workload.shape() instanceof Shape.SelectOver);
    }

    @Override
    TransferPipe open(int capacity) {
        return new TransferPipe(new LinkedTransferQueue<>(), capacity == 0);
    }

    record TransferPipe(LinkedTransferQueue<Long> queue, boolean rendezvous) implements Pipe {

        @Override
        public void send(Long message) throws InterruptedException {
            if (rendezvous) {
                queue.transfer(message);
            } else {
                queue.put(message);
            }
        }

        @Override
        public Long receive() throws InterruptedException {
            return queue.take();
        }
    }
}
