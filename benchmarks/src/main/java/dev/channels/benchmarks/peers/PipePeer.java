package dev.channels.benchmarks.peers;

import dev.channels.benchmarks.Messages;
import dev.channels.benchmarks.Outcome;
import dev.channels.benchmarks.Peer;
import dev.channels.benchmarks.Shape;
import dev.channels.benchmarks.Share;
import dev.channels.benchmarks.Workload;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All workloads, for peers that are pipes between threads.
 *
 * @param <P> the pipes
 */
abstract class PipePeer<P extends Pipe> implements Peer {

    abstract P open(int capacity);

    /** Takes what comes first. */
    Source select(List<P> pipes) {
        throw new UnsupportedOperationException("%s cannot select".formatted(getClass()));
    }

    @Override
    public Outcome run(Workload workload) throws Exception {
        Crew crew = new Crew(workload.threading());
        long messages = workload.messages();
        List<P> pipes = IntStream.range(0, workload.shape().pipes())
                .mapToObj(pipe -> open(workload.capacity()))
                .toList();
        switch (workload.shape()) {
            case Shape.Transfer transfer -> transfer(crew, messages, pipes.getFirst(), transfer);
            case Shape.PingPong pingPong -> pingPong(crew, messages, pipes.getFirst(), pipes.getLast());
            case Shape.Chain chain -> chain(crew, messages, pipes);
            case Shape.SelectOver select -> selectOver(crew, messages, pipes);
        }
        try {
            return crew.run();
        } finally {
            pipes.forEach(Pipe::close);
        }
    }

    private void transfer(Crew crew, long messages, P pipe, Shape.Transfer shape) {
        for (int sender = 0; sender < shape.senders(); sender++) {
            Share share = Share.of(messages, sender, shape.senders());
            crew.work(() -> sendAll(pipe, share));
        }
        for (int receiver = 0; receiver < shape.receivers(); receiver++) {
            Share share = Share.of(messages, receiver, shape.receivers());
            crew.receive(() -> receiveAll(pipe, share.size()));
        }
    }

    private void pingPong(Crew crew, long messages, P there, P back) {
        crew.work(() -> passOn(there, back, messages));
        crew.receive(() -> {
            long sum = 0;
            for (long number = 0; number < messages; number++) {
                there.send(Messages.get(number));
                sum += back.receive();
            }
            return sum;
        });
    }

    private void chain(Crew crew, long messages, List<P> pipes) {
        for (int link = 1; link < pipes.size(); link++) {
            P left = pipes.get(link - 1);
            P right = pipes.get(link);
            crew.work(() -> passOn(left, right, messages));
        }
        crew.work(() -> sendAll(pipes.getFirst(), new Share(0, messages)));
        crew.receive(() -> receiveAll(pipes.getLast(), messages));
    }

    private void selectOver(Crew crew, long messages, List<P> pipes) {
        for (int sender = 0; sender < pipes.size(); sender++) {
            P pipe = pipes.get(sender);
            Share share = Share.of(messages, sender, pipes.size());
            crew.work(() -> sendAll(pipe, share));
        }
        Source first = select(pipes);
        crew.receive(() -> receiveAll(first, messages));
    }

    private static void sendAll(Pipe pipe, Share share) throws InterruptedException {
        for (long number = share.from(); number < share.to(); number++) {
            pipe.send(Messages.get(number));
        }
    }

    private static long receiveAll(Source source, long messages) throws InterruptedException {
        long sum = 0;
        for (long number = 0; number < messages; number++) {
            sum += source.receive();
        }
        return sum;
    }

    private static void passOn(Source from, Pipe to, long messages) throws InterruptedException {
        for (long number = 0; number < messages; number++) {
            to.send(from.receive());
        }
    }
}
