package dev.channels.benchmarks.peers;

import dev.channels.benchmarks.Peer;
import dev.channels.benchmarks.PeerName;
import dev.channels.benchmarks.Workload;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Function;

/** The peer behind a name. */
public final class Peers implements Function<PeerName, Peer> {

    /** For whoever loads it. */
    public Peers() {}

    @Override
    public Peer apply(PeerName name) {
        return switch (name) {
            case OURS -> new OurPeer();
            case POLLED -> new PolledPeer();
            case JOX -> new JoxPeer();
            case KOTLIN -> new KotlinPeer();
            case ARRAY_BLOCKING_QUEUE -> new QueuePeer(Peers::isBounded, ArrayBlockingQueue::new);
            case LINKED_BLOCKING_QUEUE -> new QueuePeer(capacity -> capacity > 0, LinkedBlockingQueue::new);
            case LINKED_TRANSFER_QUEUE -> new TransferPeer();
            case SYNCHRONOUS_QUEUE -> new QueuePeer(capacity -> capacity == 0, capacity -> new SynchronousQueue<>());
            case FAIR_SYNCHRONOUS_QUEUE ->
                new QueuePeer(capacity -> capacity == 0, capacity -> new SynchronousQueue<>(true));
            case JCTOOLS -> new SpinningPeer();
        };
    }

    private static boolean isBounded(int capacity) {
        return capacity > 0 && capacity != Workload.UNBOUNDED;
    }
}
