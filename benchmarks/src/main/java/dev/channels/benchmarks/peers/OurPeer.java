package dev.channels.benchmarks.peers;

import dev.channels.Select;
import dev.channels.benchmarks.Workload;
import java.util.List;

/** Channels of this project. */
final class OurPeer extends PipePeer<OurPipe> {

    @Override
    public boolean takes(Workload workload) {
        return true;
    }

    @Override
    OurPipe open(int capacity) {
        return OurPipe.open(capacity);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    Source select(List<OurPipe> pipes) {
        Select<Long> first = Select.fair(pipes.stream()
                .map(pipe -> Select.receive(pipe.channel(), message -> message))
                .toArray(Select.Clause[]::new));
        return first::await;
    }
}
