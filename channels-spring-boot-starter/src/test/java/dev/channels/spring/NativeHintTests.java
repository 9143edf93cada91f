package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import dev.channels.Channel;
import dev.channels.spring.actuate.ChannelsEndpoint;
import dev.channels.spring.autoconfigure.ChannelListenersAutoConfiguration;
import dev.channels.spring.autoconfigure.ChannelsAutoConfiguration;
import dev.channels.spring.autoconfigure.endpoint.ChannelsEndpointAutoConfiguration;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.aot.ApplicationContextAotGenerator;

/** What is found by name or called by reflection is told to a native image. */
class NativeHintTests {

    @Test
    void typesOfDeclaredChannelsMayBeLookedUpAndRead() throws Exception {
        RuntimeHints hints = hintsOf(
                Nothing.class,
                "channels.definitions.orders.type=" + Channels.ORDER,
                "channels.definitions.batches.type=java.util.List<" + Item.class.getName() + ">",
                "channels.definitions.prices.kind=request",
                "channels.definitions.prices.type=" + Question.class.getName(),
                "channels.definitions.prices.reply-type=" + Answer.class.getName());

        for (Class<?> named : List.of(Order.class, List.class, Item.class, Question.class, Answer.class)) {
            assertThat(reflection().onType(named)).as(named.getName()).accepts(hints);
        }
        assertCallable(hints, Order.class, "number");
        assertCallable(hints, Item.class, "getCustomer");
        assertCallable(hints, Customer.class, "id");
        assertCallable(hints, Question.class, "text");
        assertCallable(hints, Answer.class, "text");
    }

    @Test
    void contextWithoutChannelsAsksForNothing() {
        RuntimeHints hints = new RuntimeHints();
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of("channels.definitions.orders.type=" + Channels.ORDER)
                    .applyTo(context);
            TestGenerationContext generation = new TestGenerationContext();
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            hints = generation.getRuntimeHints();
        }
        assertThat(reflection().onType(Order.class)).rejects(hints);
    }

    @Test
    void listenerMethodsMayBeCalledWhereverTheirAnnotationIs() throws Exception {
        RuntimeHints hints = hintsOf(Listening.class, "channels.definitions.orders.capacity=1");

        assertCallable(hints, Listener.class, "own", Order.class);
        assertCallable(hints, Base.class, "inherited", Order.class);
        assertCallable(hints, Listener.class, "overridden", Order.class);
        assertCallable(hints, Face.class, "byDefault", Order.class);
        assertCallable(hints, Listener.class, "declared", Order.class);
        assertCallable(hints, Listener.class, "several", Order.class);
        assertCallable(hints, Listener.class, "implemented", Order.class);
        // By way of it a proxy of interfaces is called, and what it says of the message is a type variable.
        assertCallable(hints, Face.class, "implemented", Object.class);
        assertThat(reflection().onMethodInvocation(Listener.class.getDeclaredMethod("other", Order.class)))
                .rejects(hints);
    }

    @Test
    void whatAKeyIsReadFromMayBeReadThoughItsChannelHasNoType() throws Exception {
        RuntimeHints hints = hintsOf(Sorted.class, "channels.definitions.orders.capacity=1");

        assertCallable(hints, Item.class, "getCustomer");
        assertCallable(hints, Customer.class, "id");
        assertThat(reflection().onMethodInvocation(Order.class.getMethod("number")))
                .rejects(hints);
    }

    @Test
    void jsonOfTheEndpointMayBeMade() throws Exception {
        RuntimeHints hints = hintsOf(Exposing.class, "management.endpoints.web.exposure.include=channels");

        assertCallable(hints, ChannelsEndpoint.class, "channels");
        assertCallable(hints, ChannelsEndpoint.ChannelsDescriptor.class, "channels");
        for (String described : List.of("ChannelDescriptor", "ListenerDescriptor", "WaiterDescriptor")) {
            Class<?> type = Class.forName("dev.channels.spring.actuate." + described);
            for (var component : type.getRecordComponents()) {
                assertThat(reflection().onMethodInvocation(component.getAccessor()))
                        .as(component.toString())
                        .accepts(hints);
            }
        }
    }

    private static void assertCallable(RuntimeHints hints, Class<?> type, String name, Class<?>... parameters)
            throws NoSuchMethodException {
        Method method = type.getDeclaredMethod(name, parameters);
        assertThat(reflection().onMethodInvocation(method))
                .as(method.toString())
                .accepts(hints);
    }

    private static RuntimeHints hintsOf(Class<?> application, String... properties) {
        TestGenerationContext generation = new TestGenerationContext();
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of(properties).applyTo(context);
            context.register(application);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        return generation.getRuntimeHints();
    }

    @ImportAutoConfiguration({ChannelsAutoConfiguration.class, ChannelListenersAutoConfiguration.class})
    static class Nothing {}

    static class Listening extends Nothing {
        @Bean
        Listener listener() {
            return new Listener();
        }
    }

    static class Sorted extends Nothing {
        @Bean
        ByKey byKey() {
            return new ByKey();
        }
    }

    @ImportAutoConfiguration({EndpointAutoConfiguration.class, ChannelsEndpointAutoConfiguration.class})
    static class Exposing extends Nothing {}

    static class Item {
        public Customer getCustomer() {
            return new Customer("1");
        }
    }

    record Customer(String id) {}

    record Question(String text) {}

    record Answer(String text) {}

    static class ByKey {
        @ChannelListener(value = "orders", key = "customer.id")
        void handle(Item item) {}

        @ChannelListener("orders")
        void handle(Order order) {}
    }

    interface Face<T> {
        @ChannelListener("orders")
        default void byDefault(Order order) {}

        @ChannelListener("orders")
        void declared(Order order);

        void implemented(T order);
    }

    static class Base {
        @ChannelListener("orders")
        void inherited(Order order) {}

        @ChannelListener("orders")
        void overridden(Order order) {}
    }

    static class Listener extends Base implements Face<Order> {
        final Channel<Order> unused = Channel.rendezvous();

        @ChannelListener("orders")
        void own(Order order) {}

        @Override
        void overridden(Order order) {}

        @Override
        public void declared(Order order) {}

        @ChannelListener("orders")
        @ChannelListener("orders")
        void several(Order order) {}

        @Override
        @ChannelListener("orders")
        public void implemented(Order order) {}

        void other(Order order) {}
    }
}
