package com.example.shutdown;

import dev.channels.ChannelClosedException;
import dev.channels.Sender;
import dev.channels.spring.ChannelRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Threads that send without end, whatever the context does, until a channel refuses. */
@Component
class Producers implements DisposableBean {

    private final List<Thread> threads = new ArrayList<>();
    private final ChannelRegistry channels;
    private final Ledger ledger;
    private final List<String> names;
    private final int limit;

    Producers(
            ChannelRegistry channels,
            Ledger ledger,
            @Value("${produce}") List<String> names,
            @Value("${limit}") int limit) {
        this.channels = channels;
        this.ledger = ledger;
        this.names = names;
        this.limit = limit;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        for (String name : names) {
            Sender<Item> sender = channels.sender(name);
            threads.add(Thread.ofPlatform().start(() -> produce(name, sender)));
        }
    }

    private void produce(String name, Sender<Item> sender) {
        for (int number = 0; number < limit; number++) {
            Item item = new Item(name, number, number % 5);
            try {
                sender.send(item);
            } catch (ChannelClosedException closed) {
                ledger.write("refused", name, item);
                return;
            } catch (InterruptedException nobodyDoesThat) {
                throw new IllegalStateException(nobodyDoesThat);
            }
            ledger.write("accepted", name, item);
        }
    }

    /** What they were told has to be in the ledger before the process ends. */
    @Override
    public void destroy() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
