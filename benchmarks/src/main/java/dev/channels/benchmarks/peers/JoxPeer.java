package dev.channels.benchmarks.peers;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.Select;
import com.softwaremill.jox.SelectClause;
import dev.channels.benchmarks.Workload;
import java.util.List;

/** Channels of Jox. */
final class JoxPeer extends PipePeer<JoxPeer.JoxPipe> {

    @Override
    public boolean takes(Workload workload) {
        return true;
    }

    @Override
    JoxPipe open(int capacity) {
        return new JoxPipe(
                switch (capacity) {
                    case 0 -> Channel.newRendezvousChannel();
                    case Workload.UNBOUNDED -> Channel.newUnlimitedChannel();
                    default -> Channel.newBufferedChannel(capacity);
                });
    }

    @Override
    Source select(List<JoxPipe> pipes) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        SelectClause<Long>[] clauses =
                pipes.stream().map(pipe -> pipe.channel.receiveClause()).toArray(SelectClause[]::new);
        return () -> Select.select(clauses);
    }

    record JoxPipe(Channel<Long> channel) implements Pipe {

        @Override
        public void send(Long message) throws InterruptedException {
            channel.send(message);
        }

        @Override
        public Long receive() throws InterruptedException {
            return channel.receive();
        }
    }
}
