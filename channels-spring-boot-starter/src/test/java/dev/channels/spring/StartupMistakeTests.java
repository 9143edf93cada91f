package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.Channel;
import dev.channels.Receiver;
import dev.channels.Sender;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** What cannot work refuses to start, and the log says what is wrong, where, and what to write instead. */
@ExtendWith(OutputCaptureExtension.class)
class StartupMistakeTests {

    @Test
    void unknownChannelNameSuggestsTheNearest(CapturedOutput output) {
        refuse(Misspelt.class, "--channels.definitions.orders.capacity=10");
        assertThat(output)
                .contains("StartupMistakeTests$Misspelt.handle listens to channel 'ordes', which does not exist.")
                .contains("Did you mean 'orders'?");
    }

    @EnableAutoConfiguration
    static class Misspelt {
        @ChannelListener("ordes")
        void handle(Object order) {}
    }

    @Test
    void unknownChannelNameListsWhatThereIsWhenNothingIsNear(CapturedOutput output) {
        refuse(
                Misspelt.class,
                "--channels.definitions.payments.capacity=10",
                "--channels.definitions.shipments.capacity=10");
        assertThat(output).contains("There are these channels: payments, shipments.");
    }

    @Test
    void unknownKeyOfAChannelSuggestsTheNearestAndSaysWhereItIs(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.orders.capacty=10");
        assertThat(output)
                .contains("There is no property 'channels.definitions.orders.capacty'")
                .contains("channels.definitions.orders.capacty\" from property source \"commandLineArgs\"")
                .contains("Did you mean 'capacity'?");
    }

    @Test
    void unknownKeyAtTheRootSuggestsTheNearest(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitons.orders.capacity=10");
        assertThat(output).contains("Did you mean 'definitions'?");
    }

    @Test
    void unknownKeyOfAListenerListsWhatThereIs(CapturedOutput output) {
        refuse(Listening.class, "--channels.definitions.orders.capacity=1", "--channels.listeners.mine.threads=4");
        assertThat(output)
                .contains(
                        "There are these keys: auto-startup, batch-size, concurrency, dead-letter-timeout, idle-timeout,"
                                + " key-buffer, linger, retry.");
    }

    @Test
    void idWithADotIsToBeWrittenInBrackets(CapturedOutput output) {
        refuse(
                Listening.class,
                "--channels.definitions.orders.capacity=1",
                "--channels.listeners.shop.handle.concurrency=4");
        assertThat(output)
                .contains("A name with a dot is written in brackets: channels.listeners[shop.handle].concurrency.");
    }

    @Test
    void keysOfTransportsAreLeftToTheTransports() {
        try (var context = start(
                Empty.class,
                "--channels.transports.rabbit.prefetch.count=3",
                "--channels.definitions.orders.transport-options.quorum=true")) {
            assertThat(context.getBean(ChannelRegistry.class).names()).containsExactly("orders");
        }
    }

    @Test
    void receiverOfABroadcastIsToldToSubscribe(CapturedOutput output) {
        refuse(
                WantsToReceive.class,
                "--channels.definitions.prices.kind=broadcast",
                "--channels.definitions.prices.type=java.lang.Integer");
        assertThat(output)
                .contains("but it is a broadcast: receivers subscribe to it.")
                .contains("Inject a Broadcast<java.lang.Integer> and call subscribe()");
    }

    @EnableAutoConfiguration
    static class WantsToReceive {
        @Bean
        Object wants(Receiver<Integer> prices) {
            return prices;
        }
    }

    @Test
    void typeThatIsNotThereIsNamedWithItsOrigin(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.orders.type=com.example.Ordr");
        assertThat(output)
                .contains("The type 'com.example.Ordr' of channel 'orders' cannot be found"
                        + " (property 'channels.definitions.orders.type' in")
                .contains("Write the full name of a class on the class path");
    }

    @Test
    void typeThatCannotBeReadIsExplained(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.orders.type=java.util.List<java.lang.String");
        assertThat(output).contains("lacks a '>'");
    }

    @Test
    void typeWithTheWrongNumberOfArgumentsIsExplained(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.orders.type=java.util.Map<java.lang.String>");
        assertThat(output).contains("java.util.Map has 2 type parameters, not 1");
    }

    @Test
    void payloadThatCannotMatchNamesBothTypes(CapturedOutput output) {
        refuse(WrongPayload.class, "--channels.definitions.orders.type=" + Channels.ORDER);
        assertThat(output)
                .contains("WrongPayload.handle takes a java.lang.String, and channel 'orders' carries"
                        + " dev.channels.spring.Order.")
                .contains("Change the parameter to dev.channels.spring.Order");
    }

    @EnableAutoConfiguration
    static class WrongPayload {
        @ChannelListener("orders")
        void handle(String order) {}
    }

    @Test
    void payloadWhoseTypeArgumentCannotMatchIsRefusedToo(CapturedOutput output) {
        refuse(WrongArgument.class, "--channels.definitions.lists.type=java.util.List<java.lang.String>");
        assertThat(output).contains("takes a java.util.List<java.lang.Integer>, and channel 'lists' carries");
    }

    @EnableAutoConfiguration
    static class WrongArgument {
        @ChannelListener("lists")
        void handle(List<Integer> list) {}
    }

    @Test
    void capacityThatIsNoNumberSaysWhatIsOne(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.orders.capacity=lots");
        assertThat(output)
                .contains("channels.definitions.orders.capacity")
                .contains("'lots' is no capacity; write 0 for a rendezvous, a number from 1 on, or 'unbounded'");
    }

    @Test
    void negativeCapacityIsRefused(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.orders.capacity=-1");
        assertThat(output).contains("'-1' is no capacity");
    }

    @Test
    void broadcastWithoutCapacityIsRefused(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.news.kind=broadcast", "--channels.definitions.news.capacity=0");
        assertThat(output)
                .contains("The broadcast 'news' has no capacity (property 'channels.definitions.news.capacity' in");
    }

    @Test
    void broadcastThatDropsTheLatestIsRefused(CapturedOutput output) {
        refuse(
                Empty.class,
                "--channels.definitions.news.kind=broadcast",
                "--channels.definitions.news.overflow=drop-latest");
        assertThat(output)
                .contains("The broadcast 'news' cannot have overflow drop-latest")
                .contains("Write 'block'");
    }

    @Test
    void badConcurrencyOfTheAnnotationIsExplained(CapturedOutput output) {
        refuse(BadConcurrency.class, "--channels.definitions.orders.capacity=1");
        assertThat(output)
                .contains("'four' is no concurrency; write a number from 1 on, such as 4, or a range, such as 2-16"
                        + " (concurrency of @ChannelListener)");
    }

    @EnableAutoConfiguration
    static class BadConcurrency {
        @ChannelListener(value = "orders", concurrency = "four")
        void handle(Object order) {}
    }

    @Test
    void badConcurrencyOfAPropertyNamesTheProperty(CapturedOutput output) {
        refuse(
                Listening.class,
                "--channels.definitions.orders.capacity=1",
                "--channels.listeners.mine.concurrency=8-2");
        assertThat(output).contains("'8-2' is no concurrency").contains("concurrency of 'channels.listeners.mine'");
    }

    @EnableAutoConfiguration
    static class Listening {
        @ChannelListener(value = "orders", id = "mine")
        void handle(Object order) {}
    }

    @Test
    void propertiesOfAListenerThatDoesNotExistAreRefused(CapturedOutput output) {
        refuse(Listening.class, "--channels.definitions.orders.capacity=1", "--channels.listeners.mime.concurrency=2");
        assertThat(output)
                .contains("The property 'channels.listeners.mime' speaks of a listener that does not exist.")
                .contains("Did you mean 'mine'?");
    }

    @Test
    void twoListenersWithOneIdAreRefused(CapturedOutput output) {
        refuse(OneId.class, "--channels.definitions.orders.capacity=1");
        assertThat(output).contains("There is a listener 'same' already");
    }

    @EnableAutoConfiguration
    static class OneId {
        @ChannelListener(value = "orders", id = "same")
        void first(Object order) {}

        @ChannelListener(value = "orders", id = "same")
        void second(Object order) {}
    }

    @Test
    void listenerWithoutAParameterIsRefused(CapturedOutput output) {
        refuse(NoParameter.class, "--channels.definitions.orders.capacity=1");
        assertThat(output).contains("because it has 0 parameters").contains("Give it one parameter, the message.");
    }

    @EnableAutoConfiguration
    static class NoParameter {
        @ChannelListener("orders")
        void handle() {}
    }

    @Test
    void staticListenerIsRefused(CapturedOutput output) {
        refuse(Static.class, "--channels.definitions.orders.capacity=1");
        assertThat(output).contains("because it is static or private");
    }

    @EnableAutoConfiguration
    static class Static {
        @ChannelListener("orders")
        static void handle(Object order) {}
    }

    @Test
    void privateListenerIsRefused(CapturedOutput output) {
        refuse(Private.class, "--channels.definitions.orders.capacity=1");
        assertThat(output)
                .contains("Private.handle cannot be a @ChannelListener because it is static or private.")
                .contains("Make it an instance method that is not private.");
    }

    @EnableAutoConfiguration
    static class Private {
        @ChannelListener("orders")
        @SuppressWarnings({"UnusedMethod", "UnusedVariable"})
        private void handle(Object order) {}
    }

    @Test
    void listenerThatReturnsAFutureIsRefused(CapturedOutput output) {
        refuse(Future.class, "--channels.definitions.orders.capacity=1");
        assertThat(output).contains("returns a java.util.concurrent.CompletableFuture, which nobody waits for.");
    }

    @EnableAutoConfiguration
    static class Future {
        @ChannelListener("orders")
        CompletableFuture<Void> handle(Object order) {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Test
    void twoChannelsWithOneAliasAreRefused(CapturedOutput output) {
        refuse(
                Empty.class,
                "--channels.definitions.order-audit.capacity=1",
                "--channels.definitions.orderAudit.capacity=1");
        assertThat(output)
                .contains("would both be injected as 'orderAudit'.")
                .contains("Give one of them another name.");
    }

    @Test
    void transportThatIsNotThereIsNamed(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.orders.transport=rabit");
        assertThat(output)
                .contains("There is no transport 'rabit' for channel 'orders'.")
                .contains("add the module that brings the transport to the class path");
    }

    @Test
    void aBeanOfTheNameOfADeclaredChannelIsRefused(CapturedOutput output) {
        refuse(SameName.class, "--channels.definitions.orders.capacity=1");
        assertThat(output)
                .contains("'orders' is a bean of the application")
                .contains("a channel declared in 'channels.definitions.orders'");
    }

    @EnableAutoConfiguration
    static class SameName {
        @Bean
        Channel<Order> orders() {
            return Channel.bounded(1);
        }
    }

    @Test
    void senderOfATypeThatNoChannelCarriesIsRefused(CapturedOutput output) {
        refuse(WantsStrings.class, "--channels.definitions.orders.type=" + Channels.ORDER);
        assertThat(output)
                .contains("A dev.channels.Sender<java.lang.String> is to be injected, and no channel carries such")
                .contains("orders (queue of dev.channels.spring.Order)");
    }

    @EnableAutoConfiguration
    static class WantsStrings {
        @Bean
        Object wants(Sender<String> names) {
            return names;
        }
    }

    @EnableAutoConfiguration
    static class Empty {}

    static void refuse(Class<?> application, String... arguments) {
        assertThatThrownBy(() -> start(application, arguments)).isInstanceOf(Exception.class);
    }

    private static ConfigurableApplicationContext start(Class<?> application, String... arguments) {
        SpringApplication spring = new SpringApplication(application);
        spring.setWebApplicationType(WebApplicationType.NONE);
        return spring.run(arguments);
    }
}
