package com.example.shutdown;

import dev.channels.Sender;
import dev.channels.spring.ChannelListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** A listener that sends on through another bean. */
@Configuration
@Profile("beans")
class Beans {

    @Bean
    Till till(Sender<Item> paid) {
        return new Till(paid);
    }

    @Bean
    Cashier cashier(Till till, Ledger ledger) {
        return new Cashier(till, ledger);
    }

    @Bean
    Shipper shipper(Ledger ledger, Closing closing) {
        return new Shipper(ledger, closing);
    }

    record Till(Sender<Item> paid) {

        void take(Item item) throws InterruptedException {
            paid.send(item);
        }
    }

    record Cashier(Till till, Ledger ledger) {

        @ChannelListener("orders")
        void pay(Item item) throws InterruptedException {
            ledger.write("passed", "orders", item);
            till.take(item);
        }
    }

    record Shipper(Ledger ledger, Closing closing) {

        @ChannelListener("paid")
        void ship(Item item) throws InterruptedException {
            closing.awaitFor(item);
            Thread.sleep(2);
            ledger.write("handled", "paid", item);
        }
    }
}
