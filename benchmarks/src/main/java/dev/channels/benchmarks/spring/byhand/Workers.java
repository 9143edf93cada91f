package dev.channels.benchmarks.spring.byhand;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.benchmarks.spring.common.Entrance;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

@Component
class Workers implements Entrance {

    private final Channel<Long> channel;
    private final int workers;
    private final Listener listener;
    private final List<Thread> threads = new ArrayList<>();

    Workers(Channel<Long> channel, @Value("${by-hand.workers}") int workers, Listener listener) {
        this.channel = channel;
        this.workers = workers;
        this.listener = listener;
    }

    @PostConstruct
    void start() {
        for (int worker = 0; worker < workers; worker++) {
            threads.add(Thread.ofVirtual().start(this::work));
        }
    }

    @Override
    public void send(Long message) throws InterruptedException {
        channel.send(message);
    }

    private void work() {
        try {
            while (true) {
                listener.handle(channel.receive());
            }
        } catch (ChannelClosedException done) {
            // the end
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        channel.close();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
