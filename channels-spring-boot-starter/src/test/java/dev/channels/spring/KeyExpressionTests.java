package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.channels.Sender;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** What may stand in {@code key}, and what is refused at the start. */
@ExtendWith(OutputCaptureExtension.class)
class KeyExpressionTests {

    record Customer(String id, int branch) {}

    record Purchase(Customer customer, List<String> items) {}

    static class Bean {
        public String tag = "public field";

        public String getName() {
            return "getter";
        }

        public boolean isVip() {
            return true;
        }
    }

    static class Recording {
        final Queue<Object> heard = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "purchases", id = "recording", key = "${key}", concurrency = "2")
        void handle(Object purchase) {
            heard.add(purchase);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "customer",
                "customer.id",
                "customer.branch",
                "items",
                "#root.customer.id",
                "#root.customer()?.id()",
                "#this.customer.branch % 4",
                "(customer.id)",
                "T(java.lang.Math).abs(customer.branch)",
                "#root.items.![length()]",
                "#root.items[0]"
            })
    void expressionThatFindsAKeyIsAccepted(String key) {
        heard(key, Purchase.class.getName(), new Purchase(new Customer("7", 2), List.of("tea")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "vip", "tag", "#root.name"})
    void propertiesMayBeGettersOrPublicFields(String key) {
        heard(key, Bean.class.getName(), new Bean());
    }

    @ParameterizedTest
    @CsvSource({"id, java.lang.Object", "customer.id, 'java.util.Map<java.lang.String, java.lang.Object>'"})
    void propertiesOfMapsAreTheirEntries(String key, String type) {
        heard(key, type, Map.of("id", "1", "customer", Map.of("id", "2")));
    }

    private static void heard(String key, String type, Object message) {
        Channels.context()
                .withPropertyValues(
                        "channels.definitions.purchases.type=" + type, "channels.definitions.purchases.capacity=2")
                .withBean("recording", Recording.class)
                .withPropertyValues("key=" + key)
                .run(started -> {
                    assertThat(started).hasNotFailed();
                    Sender<Object> purchases =
                            started.getBean(ChannelRegistry.class).sender("purchases");
                    purchases.send(message);
                    await().until(() ->
                            started.getBean(Recording.class).heard.contains(message) || failed(started) > 0);
                    assertThat(failed(started)).isZero();
                });
    }

    private static long failed(ApplicationContext started) {
        return container(started).counters().failed();
    }

    private static ListenerContainer container(ApplicationContext started) {
        return started.getBean(DefaultChannelListenerRegistry.class).all().getFirst();
    }

    @Test
    void keyThatCannotBeFoundOutIsAFailureOfTheMessage(CapturedOutput output) {
        Channels.context()
                .withPropertyValues(
                        "channels.definitions.purchases.type=" + Purchase.class.getName(), "key=customer.id")
                .withBean("recording", Recording.class)
                .run(started -> {
                    Sender<Purchase> purchases =
                            started.getBean(ChannelRegistry.class).sender("purchases");
                    Purchase good = new Purchase(new Customer("7", 2), List.of());
                    for (int round = 0; round < 10; round++) {
                        purchases.send(new Purchase(null, List.of()));
                        purchases.send(good);
                    }
                    Recording recording = started.getBean(Recording.class);
                    await().until(() -> recording.heard.size() == 10 && failed(started) == 10);
                    assertThat(recording.heard).containsOnly(good);
                    assertThat(output)
                            .contains("Listener 'recording' failed on a " + Purchase.class.getName()
                                    + " from channel 'purchases'")
                            .contains("Property or field 'id' cannot be found on null");
                });
    }

    static class Unequal {
        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("cannot compare");
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    record Odd(Unequal key, int number) {}

    static class SlowlyRecording extends Recording {
        @Override
        void handle(Object message) {
            super.handle(message);
            await().until(() -> heard.size() == 2 || ((Odd) message).number() > 1);
        }
    }

    @Test
    void keyThatCannotBeComparedIsAFailureOfTheMessageToo(CapturedOutput output) {
        Channels.context()
                .withPropertyValues("channels.definitions.purchases.type=" + Odd.class.getName(), "key=key")
                .withBean("recording", SlowlyRecording.class)
                .run(started -> {
                    Sender<Odd> odds = started.getBean(ChannelRegistry.class).sender("purchases");
                    odds.send(new Odd(new Unequal(), 1));
                    await().until(() -> started.getBean(Recording.class).heard.size() == 1);
                    odds.send(new Odd(new Unequal(), 2));
                    await().until(() -> failed(started) == 1);
                    assertThat(output).contains("cannot compare");
                    odds.send(new Odd(null, 3));
                    await().until(() -> container(started).counters().handled() == 2);
                });
    }

    @EnableAutoConfiguration
    static class Mistaken extends Recording {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "custmer | and PURCHASE has no property 'custmer'. | Did you mean 'customer'?",
                "customer.di | and CUSTOMER has no property 'di'. | There are these properties: branch, id.",
                "#root.custmer.id | and PURCHASE has no property 'custmer'. | Did you mean 'customer'?",
                "(custmer.id) | and PURCHASE has no property 'custmer'. | Did you mean 'customer'?",
                "T(java.lang.Math).abs(customer.brunch) | and CUSTOMER has no property 'brunch'. | Did you mean 'branch'?",
                "#purchase.customer | and there is no #purchase. | The message is #root",
                "#length(customer) | and there is no #length(customer). | The message is #root",
                "customer?.id | which is no property path. | such as #root.customer?.id.",
                "customer-id | which is no property path. | Write the name of a property of the message",
                "(customer | which cannot be read: | or an expression in the Spring Expression Language.",
            })
    void expressionThatMustFailIsRefused(String key, String description, String action, CapturedOutput output) {
        refuse("--key=" + key, "--channels.definitions.purchases.type=" + Purchase.class.getName());
        assertThat(output)
                .contains("Mistaken.handle has the key '" + key + "', ")
                .contains(description
                        .replace("PURCHASE", Purchase.class.getName())
                        .replace("CUSTOMER", Customer.class.getName()))
                .contains(action);
    }

    @Test
    void keyBufferWithoutRoomIsRefused(CapturedOutput output) {
        refuse(
                "--key=customer",
                "--channels.definitions.purchases.type=" + Purchase.class.getName(),
                "--channels.listeners.recording.key-buffer=0");
        assertThat(output)
                .contains("'0' is no size of a key buffer; write a number from 1 on"
                        + " (key-buffer of 'channels.listeners.recording')");
    }

    private static void refuse(String... arguments) {
        SpringApplication spring = new SpringApplication(Mistaken.class);
        spring.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> spring.run(arguments)).isInstanceOf(Exception.class);
    }

    @Test
    void keyOnAChannelThatIsNotInMemoryIsRefused() {
        Channels.context()
                .withBean("toy", ToyTransport.class)
                .withPropertyValues("channels.definitions.purchases.transport=toy", "key=customer")
                .withBean("recording", Recording.class)
                .run(started -> assertThat(started)
                        .getFailure()
                        .hasMessageContaining("and the messages of channel 'purchases' are at transport 'toy'."));
    }
}
