package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.Overflow;
import dev.channels.Receiver;
import dev.channels.Sender;
import dev.channels.spring.listener.Concurrency;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class ChannelBeanTests {

    private final ApplicationContextRunner context = Channels.context();

    @Test
    void channelIsInjectedByItsGenericType() {
        Channels.contextWithOrders()
                .withPropertyValues("channels.definitions.names.type=java.lang.String")
                .withBean(Shop.class)
                .run(started -> {
                    Shop shop = started.getBean(Shop.class);
                    assertThat(shop.orders).isSameAs(started.getBean("orders")).isSameAs(shop.incoming);
                    assertThat(shop.names).isSameAs(started.getBean("names"));
                    assertThat(shop.both).isSameAs(shop.orders);
                });
    }

    static class Shop {
        final Sender<Order> orders;
        final Receiver<Order> incoming;
        final Channel<Order> both;
        final Sender<String> names;

        Shop(Sender<Order> orders, Receiver<Order> incoming, Channel<Order> both, Sender<String> names) {
            this.orders = orders;
            this.incoming = incoming;
            this.both = both;
            this.names = names;
        }
    }

    @Test
    void channelOfAGenericTypeIsInjectedByThatType() {
        context.withPropertyValues(
                        "channels.definitions.batches.type=java.util.List<dev.channels.spring.Order>",
                        "channels.definitions.tables.type=java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>")
                .withBean(Batches.class)
                .run(started -> {
                    Batches batches = started.getBean(Batches.class);
                    assertThat(batches.lists).isSameAs(started.getBean("batches"));
                    assertThat(batches.tables).isSameAs(started.getBean("tables"));
                });
    }

    static class Batches {
        final Sender<List<Order>> lists;
        final Sender<Map<String, List<Integer>>> tables;

        Batches(Sender<List<Order>> lists, Sender<Map<String, List<Integer>>> tables) {
            this.lists = lists;
            this.tables = tables;
        }
    }

    @Test
    void channelsOfOneTypeAreToldApartByNameAndInCamelCase() {
        context.withPropertyValues(
                        "channels.definitions.orders.type=" + Channels.ORDER,
                        "channels.definitions.order-audit.type=" + Channels.ORDER)
                .withBean(Auditor.class)
                .run(started -> {
                    Auditor auditor = started.getBean(Auditor.class);
                    assertThat(auditor.byParameterName).isSameAs(started.getBean("order-audit"));
                    assertThat(auditor.byQualifier).isSameAs(started.getBean("order-audit"));
                    assertThat(auditor.all)
                            .containsOnlyKeys("orders", "order-audit")
                            .containsEntry("order-audit", auditor.byParameterName);
                });
    }

    static class Auditor {
        final Sender<Order> byParameterName;
        final Sender<Order> byQualifier;
        final Map<String, Sender<Order>> all;

        Auditor(
                Sender<Order> orderAudit,
                @Qualifier("order-audit") Sender<Order> byQualifier,
                Map<String, Sender<Order>> all) {
            this.byParameterName = orderAudit;
            this.byQualifier = byQualifier;
            this.all = all;
        }
    }

    @Test
    void channelWithoutATypeIsInjectedByNameAsASenderOfAnything() {
        context.withPropertyValues(
                        "channels.definitions.anything.capacity=3", "channels.definitions.something.capacity=4")
                .withBean(Untyped.class)
                .run(started -> {
                    Untyped untyped = started.getBean(Untyped.class);
                    assertThat(untyped.anything).isSameAs(started.getBean("anything"));
                    assertThat(untyped.something).isSameAs(started.getBean("something"));
                });
    }

    static class Untyped {
        final Sender<Order> anything;
        final Channel<String> something;

        Untyped(Sender<Order> anything, Channel<String> something) {
            this.anything = anything;
            this.something = something;
        }
    }

    @Test
    void capacityAndOverflowAreAsDeclared() {
        context.withPropertyValues(
                        "channels.definitions.three.capacity=3",
                        "channels.definitions.three.overflow=drop-oldest",
                        "channels.definitions.rendezvous.capacity=0",
                        "channels.definitions.endless.capacity=unbounded",
                        "channels.definitions.usual.kind=queue")
                .run(started -> {
                    ChannelRegistry registry = started.getBean(ChannelRegistry.class);
                    Channel<Integer> three = registry.channel("three");
                    for (int number = 1; number <= 4; number++) {
                        three.send(number);
                    }
                    assertThat(three.capacity()).isEqualTo(3);
                    assertThat(three.receive()).isEqualTo(2);
                    assertThat(registry.channel("rendezvous").capacity()).isZero();
                    assertThat(registry.channel("endless").capacity()).isEqualTo(Integer.MAX_VALUE);
                    assertThat(registry.channel("usual").capacity()).isEqualTo(128);
                });
    }

    @Test
    void defaultsHoldForEveryChannelThatDoesNotSayOtherwise() {
        context.withPropertyValues(
                        "channels.defaults.capacity=7",
                        "channels.definitions.one.kind=queue",
                        "channels.definitions.two.capacity=2",
                        "channels.definitions.all.kind=broadcast")
                .run(started -> {
                    ChannelRegistry registry = started.getBean(ChannelRegistry.class);
                    assertThat(registry.channel("one").capacity()).isEqualTo(7);
                    assertThat(registry.channel("two").capacity()).isEqualTo(2);
                    assertThat(started.getBean("all", Broadcast.class).capacity())
                            .isEqualTo(7);
                });
    }

    @Test
    void broadcastIsInjectedAsBroadcastAndAsSender() {
        context.withPropertyValues(
                        "channels.definitions.prices.kind=broadcast",
                        "channels.definitions.prices.type=java.lang.Integer")
                .withBean(Market.class)
                .run(started -> {
                    Market market = started.getBean(Market.class);
                    assertThat(market.prices).isSameAs(market.quotes);
                });
    }

    static class Market {
        final Broadcast<Integer> prices;
        final Sender<Integer> quotes;

        Market(Broadcast<Integer> prices, Sender<Integer> quotes) {
            this.prices = prices;
            this.quotes = quotes;
        }
    }

    @Test
    void aBeanOfTheApplicationKeepsItsNameWhenAChannelsAliasWouldTakeIt(CapturedOutput output) {
        context.withPropertyValues("channels.definitions.order-audit.type=" + Channels.ORDER)
                .withBean("orderAudit", String.class, () -> "mine")
                .run(started -> {
                    assertThat(started.getBean("orderAudit")).isEqualTo("mine");
                    assertThat(started.getBean("order-audit")).isInstanceOf(Channel.class);
                    assertThat(output).contains("has no alias 'orderAudit'");
                });
    }

    @Test
    void channelThatIsABeanOfTheApplicationIsAFullCitizen() {
        context.withUserConfiguration(OwnChannel.class).run(started -> {
            ChannelRegistry registry = started.getBean(ChannelRegistry.class);
            assertThat(registry.names()).containsExactly("own");
            Sender<String> own = registry.sender("own");
            own.send("hello");
            assertThat(started.getBean(OwnChannel.class).heard.tryReceive(Duration.ofSeconds(10)))
                    .isEqualTo("hello");
        });
    }

    static class OwnChannel {
        final Channel<String> heard = Channel.unbounded();

        @Bean
        Channel<String> own() {
            return Channel.bounded(5);
        }

        @ChannelListener("own")
        void hear(String word) throws InterruptedException {
            heard.send(word);
        }
    }

    @Test
    void registryFindsDeclaredChannelsWhileTheContextIsStillStarting() {
        Channels.contextWithOrders()
                .withBean(Early.class)
                .run(started -> assertThat(started.getBean(Early.class).orders).isSameAs(started.getBean("orders")));
    }

    @Test
    void channelThatWasClosedThroughTheRegistryDoesNotComeBack() {
        Channels.contextWithOrders().run(started -> {
            ChannelRegistry registry = started.getBean(ChannelRegistry.class);
            assertThat(registry.close("orders")).isTrue();
            assertThatThrownBy(() -> registry.sender("orders")).isInstanceOf(IllegalArgumentException.class);
            assertThat(registry.close("orders")).isFalse();
            assertThat(registry.names()).isEmpty();
        });
    }

    static class Early {
        final Sender<Order> orders;

        Early(ChannelRegistry registry) {
            this.orders = registry.sender("orders");
        }
    }

    @Test
    void environmentVariablesChangeChannelsAndListenersWhoseNamesTheyCannotWrite() {
        context.withInitializer(application -> application
                        .getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment",
                                Map.of(
                                        "CHANNELS_DEFINITIONS_ORDERAUDIT_CAPACITY", "9",
                                        "CHANNELS_LISTENERS_AUDITLISTENER_CONCURRENCY", "3"))))
                .withPropertyValues("channels.definitions.order-audit.type=" + Channels.ORDER)
                .withBean(AuditListener.class)
                .run(started -> {
                    assertThat(started.getBean(ChannelRegistry.class).names()).containsExactly("order-audit");
                    assertThat(started.getBean("order-audit", Channel.class).capacity())
                            .isEqualTo(9);
                    assertThat(started.getBean(DefaultChannelListenerRegistry.class)
                                    .all()
                                    .getFirst()
                                    .concurrency())
                            .isEqualTo(new Concurrency(3, 3));
                });
    }

    static class AuditListener {
        @ChannelListener(value = "order-audit", id = "audit-listener")
        void handle(Order order) {}
    }

    @Test
    void customizerHasTheLastWordOnAChannelInMemory() {
        List<Object> dropped = new CopyOnWriteArrayList<>();
        context.withPropertyValues("channels.definitions.latest.capacity=5")
                .withBean(
                        ChannelBuilderCustomizer.class,
                        () -> (name, builder) -> builder.capacity(1)
                                .overflow(Overflow.DROP_OLDEST)
                                .onDropped(dropped::add))
                .run(started -> {
                    Channel<String> latest =
                            started.getBean(ChannelRegistry.class).channel("latest");
                    latest.send("old");
                    latest.send("new");
                    assertThat(latest.receive()).isEqualTo("new");
                    assertThat(dropped).containsExactly("old");
                });
    }
}
