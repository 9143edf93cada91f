package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.Channel;
import dev.channels.Receiver;
import dev.channels.Requester;
import dev.channels.Sender;
import dev.channels.Watch;
import dev.channels.spring.autoconfigure.ChannelListenersAutoConfiguration;
import dev.channels.spring.autoconfigure.ChannelsAutoConfiguration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

/** A context that was processed ahead of time behaves the same. */
class AotTests {

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("channels.definitions.orders.type", Channels.ORDER),
            Map.entry("channels.definitions.orders.capacity", "7"),
            Map.entry("channels.definitions.order-audit.type", Channels.ORDER),
            Map.entry("channels.definitions.prices.kind", "broadcast"),
            Map.entry("channels.definitions.rate.kind", "watch"),
            Map.entry("channels.definitions.rate.type", "java.lang.Integer"),
            Map.entry("channels.definitions.lengths.kind", "request"),
            Map.entry("channels.definitions.lengths.type", "java.lang.String"),
            Map.entry("channels.definitions.lengths.reply-type", "java.lang.Integer"),
            Map.entry("channels.definitions.orders.dead-letter", "failed"),
            Map.entry("channels.definitions.failed.capacity", "3"));

    @Test
    @CompileWithForkedClassLoader
    void channelsAndListenersAreThereAfterProcessing() {
        processAndRun(PROPERTIES, context -> {
            Shop shop = context.getBean(Shop.class);
            assertThat(((Channel<Order>) shop.orders).capacity()).isEqualTo(7);
            assertThat(shop.all).containsOnlyKeys("orders", "order-audit");
            try {
                shop.orders.send(new Order(3));
                assertThat(shop.heard.receive()).isEqualTo(new Order(3));
                shop.orderAudit.send(new Order(4));
                assertThat(context.getBean("orderAudit", Channel.class).receive())
                        .isEqualTo(new Order(4));
                shop.orders.send(new Order(-1));
                assertThat(shop.failed.receive().payload()).isEqualTo(new Order(-1));
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
    }

    @Test
    @CompileWithForkedClassLoader
    void watchesAndRequestChannelsAreThereAfterProcessing() {
        processAndRun(PROPERTIES, context -> {
            Desk desk = context.getBean(Desk.class);
            try {
                assertThat(desk.lengths.request("four")).isEqualTo(4);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            assertThat(desk.rate).isSameAs(context.getBean("rate"));
        });
    }

    @Test
    void listenerMethodsMayBeCalledInANativeImage() throws Exception {
        TestGenerationContext generation = new TestGenerationContext();
        try (GenericApplicationContext context = context(PROPERTIES)) {
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(Shop.class.getDeclaredMethod("handle", Order.class)))
                .accepts(generation.getRuntimeHints());
    }

    @SuppressWarnings("unchecked")
    private static void processAndRun(Map<String, String> atRunTime, Consumer<GenericApplicationContext> then) {
        TestGenerationContext generation = new TestGenerationContext();
        var initializerName = new ApplicationContextAotGenerator().processAheadOfTime(context(PROPERTIES), generation);
        generation.writeGeneratedContent();
        TestCompiler.forSystem().with(generation).compile(compiled -> {
            ApplicationContextInitializer<GenericApplicationContext> initializer =
                    compiled.getInstance(ApplicationContextInitializer.class, initializerName.toString());
            try (GenericApplicationContext context = new GenericApplicationContext()) {
                TestPropertyValues.of(atRunTime).applyTo(context);
                initializer.initialize(context);
                context.refresh();
                then.accept(context);
            }
        });
    }

    private static GenericApplicationContext context(Map<String, String> properties) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        TestPropertyValues.of(properties).applyTo(context);
        context.register(Application.class);
        return context;
    }

    @EnableConfigurationProperties
    @ImportAutoConfiguration({ChannelsAutoConfiguration.class, ChannelListenersAutoConfiguration.class})
    static class Application {

        @Bean
        Shop shop(
                Sender<Order> orders,
                Sender<Order> orderAudit,
                Receiver<DeadLetter<Order>> failed,
                Map<String, Sender<Order>> all) {
            return new Shop(orders, orderAudit, failed, all);
        }

        @Bean
        Desk desk(Requester<String, Integer> lengths, Watch<Integer> rate) {
            return new Desk(lengths, rate);
        }
    }

    static class Desk {
        final Requester<String, Integer> lengths;
        final Watch<Integer> rate;

        Desk(Requester<String, Integer> lengths, Watch<Integer> rate) {
            this.lengths = lengths;
            this.rate = rate;
        }

        @ChannelListener("lengths")
        int length(String word) {
            return word.length();
        }
    }

    static class Shop {
        final Channel<Order> heard = Channel.unbounded();
        final Sender<Order> orders;
        final Sender<Order> orderAudit;
        final Receiver<DeadLetter<Order>> failed;
        final Map<String, Sender<Order>> all;

        Shop(
                Sender<Order> orders,
                Sender<Order> orderAudit,
                Receiver<DeadLetter<Order>> failed,
                Map<String, Sender<Order>> all) {
            this.orders = orders;
            this.orderAudit = orderAudit;
            this.failed = failed;
            this.all = all;
        }

        @ChannelListener("orders")
        void handle(Order order) throws InterruptedException {
            if (order.number() < 0) {
                throw new IllegalArgumentException();
            }
            heard.send(order);
        }
    }
}
