package dev.channels.benchmarks;

import dev.channels.Channel;
import dev.channels.benchmarks.Shape.Transfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Senders that send as fast as they can until they are told to stop: how differently often each of them got its way. */
final class Fairness implements Measure.Procedure {

    @Override
    public Map<PeerName, Double> measure(Workload workload, Set<PeerName> peers, int rounds) throws Exception {
        if (!(workload.shape() instanceof Transfer transfer) || transfer.receivers() != 1) {
            throw new IllegalArgumentException("%s has not one receiver".formatted(workload.name()));
        }
        long[] counts = counts(Channel.bounded(workload.capacity()), transfer.senders(), workload.messages());
        double least = Arrays.stream(counts).min().orElseThrow();
        return Map.of(PeerName.OURS, least / Arrays.stream(counts).max().orElseThrow());
    }

    private static long[] counts(Channel<Integer> channel, int senders, long messages) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            Integer message = sender;
            threads.add(Thread.ofVirtual().start(() -> sendUntilInterrupted(channel, message)));
        }
        long[] counts = new long[senders];
        Thread receiver = Thread.ofVirtual().start(() -> receive(channel, messages, counts));
        receiver.join();
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
        return counts;
    }

    private static void receive(Channel<Integer> channel, long messages, long[] counts) {
        try {
            for (long number = 0; number < messages; number++) {
                counts[channel.receive()]++;
            }
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void sendUntilInterrupted(Channel<Integer> channel, Integer message) {
        try {
            while (true) {
                channel.send(message);
            }
        } catch (InterruptedException stopped) {
            // told to stop
        }
    }
}
