package dev.channels;

import static dev.channels.Counts.countsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A channel has a name: the one it was built with, or its kind and a number. */
class NameTests {

    @Test
    void aBuiltChannelHasTheNameItWasGiven() {
        assertThat(Channel.builder("orders").build().name()).isEqualTo("orders");
        assertThat(Channel.builder("orders").build().stats().name()).isEqualTo("orders");
        assertThat(Broadcast.builder("prices").build().name()).isEqualTo("prices");
        assertThat(Broadcast.builder("prices").build().stats().name()).isEqualTo("prices");
    }

    @Test
    void anUnnamedChannelIsNamedAfterItsKind() {
        Map<String, Monitored> kinds = Map.of(
                "rendezvous", Channel.rendezvous(),
                "bounded", Channel.bounded(7),
                "unbounded", Channel.unbounded(),
                "conflated", Channel.conflated(),
                "broadcast", Broadcast.create(7));

        kinds.forEach((kind, channel) -> {
            assertThat(channel.name()).matches(kind + "-\\d+");
            assertThat(channel.stats().name()).isEqualTo(channel.name());
        });
    }

    @Test
    void noTwoUnnamedChannelsShareAName() {
        assertThat(Channel.bounded(1).name()).isNotEqualTo(Channel.bounded(1).name());
        assertThat(Channel.rendezvous().name())
                .isNotEqualTo(Channel.rendezvous().name());
        assertThat(Broadcast.create(1).name()).isNotEqualTo(Broadcast.create(1).name());
    }

    @Test
    void aChannelDescribesItselfWithoutTakingAnything() {
        Channel<String> channel = Channel.builder("orders").capacity(31).build();
        channel.trySend("a");
        channel.trySend("b");

        assertThat(channel.toString()).contains("orders", "31", "2").doesNotContain("[a", "b]");
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 0, returned 0, size 2");
        assertThat(channel.peek()).isEqualTo("a");
    }

    @Test
    void aDescriptionIsKindNameAndNumbers() {
        Channel<String> channel = Channel.builder("orders").capacity(31).build();
        channel.trySend("a");
        Channel<String> unbounded = Channel.builder("all").unbounded().build();
        CompletableFuture<String> pending = unbounded.receiveAsync();
        unbounded.close();
        Broadcast<String> broadcast = Broadcast.builder("prices").capacity(2).build();

        assertThat(channel).hasToString("Channel[orders, size=1, capacity=31, blockedSenders=0, blockedReceivers=0]");
        assertThat(unbounded)
                .hasToString("Channel[all, size=0, capacity=unbounded, blockedSenders=0, blockedReceivers=0, closed]");
        assertThat(broadcast)
                .hasToString("Broadcast[prices, size=0, capacity=2, blockedSenders=0, blockedReceivers=0]");
        try (Subscription<String> subscription = broadcast.subscribe()) {
            broadcast.trySend("a");
            assertThat(subscription).hasToString("Subscription[prices, size=1, missed=0]");
        }
        assertThat(pending).isCompletedExceptionally();
    }

    @Test
    void aBroadcastAndASubscriptionDescribeThemselvesWithoutTakingAnything() {
        Broadcast<String> broadcast = Broadcast.<String>create(31);
        try (Subscription<String> subscription = broadcast.subscribe()) {
            broadcast.trySend("a");

            assertThat(broadcast.toString()).contains(broadcast.name(), "31");
            assertThat(subscription.toString()).contains(broadcast.name());
            assertThat(countsOf(broadcast)).isEqualTo("sent 1, received 0, dropped 0, returned 0, size 1");
            assertThat(subscription.peek()).isEqualTo("a");
        }
    }
}
