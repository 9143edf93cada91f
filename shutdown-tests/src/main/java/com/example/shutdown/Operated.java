package com.example.shutdown;

import dev.channels.spring.ChannelListener;
import dev.channels.spring.ChannelListenerRegistry;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** One listener is paused, and one is stopped, before the first message is there. */
@Configuration
@Profile("paused")
class Operated {

    @Bean
    ApplicationRunner operator(ChannelListenerRegistry listeners) {
        return arguments -> {
            listeners.container("paused").pause();
            listeners.container("stopped").stop();
        };
    }

    @Bean
    Listeners listeners(Ledger ledger) {
        return new Listeners(ledger);
    }

    record Listeners(Ledger ledger) {

        @ChannelListener(value = "paused", id = "paused")
        void paused(Item item) {
            ledger.write("handled", "paused", item);
        }

        @ChannelListener(value = "stopped", id = "stopped")
        void stopped(Item item) {
            ledger.write("handled", "stopped", item);
        }
    }
}
