package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.Channel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

/** Retries, dead letters and batches that cannot be refuse to start, and the log says what to write instead. */
@ExtendWith(OutputCaptureExtension.class)
class FailureMistakeTests {

    private static final String ORDERS = "--channels.definitions.orders.type=" + Channels.ORDER;

    @EnableAutoConfiguration
    static class Empty {}

    @EnableAutoConfiguration
    static class Single {
        @ChannelListener(value = "orders", id = "mine")
        void handle(Order order) {}
    }

    @Test
    void deadLettersToNowhereSuggestTheNearest(CapturedOutput output) {
        StartupMistakeTests.refuse(
                Empty.class,
                ORDERS,
                "--channels.definitions.orders.dead-letter=faild",
                "--channels.definitions.failed.capacity=10");
        assertThat(output)
                .contains("The dead letters of channel 'orders' go to channel 'faild', which does not exist"
                        + " (property 'channels.definitions.orders.dead-letter' in")
                .contains("Did you mean 'failed'?")
                .contains("Declare it under 'channels.definitions'; it needs no type.");
    }

    @Test
    void deadLettersInACircleAreRefused(CapturedOutput output) {
        StartupMistakeTests.refuse(
                Empty.class,
                ORDERS,
                "--channels.definitions.orders.dead-letter=failed",
                "--channels.definitions.failed.dead-letter=hopeless",
                "--channels.definitions.hopeless.dead-letter=orders");
        assertThat(output)
                .containsPattern("The dead letters of channel '(\\w+)' come back to it: \\1 -> \\w+ -> \\w+ -> \\1"
                        + " \\(property 'channels.definitions.\\1.dead-letter' in")
                .contains("Let one of them have no dead-letter channel, or one outside this circle.");
    }

    @Test
    void channelThatIsItsOwnDeadLetterChannelIsRefused(CapturedOutput output) {
        StartupMistakeTests.refuse(Empty.class, ORDERS, "--channels.definitions.orders.dead-letter=orders");
        assertThat(output).contains("The dead letters of channel 'orders' come back to it: orders -> orders");
    }

    @Test
    void deadLetterChannelOfAnotherTypeIsRefused(CapturedOutput output) {
        StartupMistakeTests.refuse(
                Empty.class,
                ORDERS,
                "--channels.definitions.orders.dead-letter=failed",
                "--channels.definitions.failed.type=" + Channels.ORDER);
        assertThat(output)
                .contains("Channel 'failed' gets the dead letters of channel 'orders', and its type is"
                        + " dev.channels.spring.Order (property 'channels.definitions.failed.type' in")
                .contains("or write dev.channels.spring.DeadLetter<dev.channels.spring.Order>.");
    }

    @Test
    void deadLetterChannelOfTwoWithTheTypeOfOneIsRefused(CapturedOutput output) {
        StartupMistakeTests.refuse(
                Empty.class,
                ORDERS,
                "--channels.definitions.orders.dead-letter=failed",
                "--channels.definitions.names.type=java.lang.String",
                "--channels.definitions.names.dead-letter=failed",
                "--channels.definitions.failed.type=dev.channels.spring.DeadLetter<" + Channels.ORDER + ">");
        assertThat(output).contains("Channel 'failed' gets the dead letters of channel 'names', and its type is");
    }

    @Test
    void ownChannelThatCannotTakeDeadLettersIsRefused(CapturedOutput output) {
        StartupMistakeTests.refuse(Own.class, ORDERS, "--channels.definitions.orders.dead-letter=own");
        assertThat(output)
                .contains("The dead letters of channel 'orders' go to the bean 'own', which carries"
                        + " dev.channels.spring.Order")
                .contains("Make it a channel of dev.channels.spring.DeadLetter<dev.channels.spring.Order>.");
    }

    @EnableAutoConfiguration
    static class Own {
        @Bean
        Channel<Order> own() {
            return Channel.bounded(1);
        }
    }

    @Test
    void listenerThatTakesTheMessageItselfFromTheDeadLettersIsRefused(CapturedOutput output) {
        StartupMistakeTests.refuse(
                TakesNoLetter.class,
                ORDERS,
                "--channels.definitions.orders.dead-letter=failed",
                "--channels.definitions.failed.capacity=10");
        assertThat(output)
                .contains("TakesNoLetter.handle takes a dev.channels.spring.Order, and channel 'failed' carries"
                        + " dev.channels.spring.DeadLetter<dev.channels.spring.Order>.");
    }

    @EnableAutoConfiguration
    static class TakesNoLetter {
        @ChannelListener("failed")
        void handle(Order order) {}
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry.max-retries=-1|retry.max-retries is -1; write 0 for no retry, or a number from 1 on",
                "retry.delay=-1s|retry.delay is PT-1S; write a time such as 100ms",
                "retry.multiplier=0.5|retry.multiplier is 0.5; write 1 or more",
                "retry.jitter=-1ms|retry.jitter is PT-0.001S; write a time such as 100ms",
                "retry.max-delay=100ms|retry.max-delay is PT0.1S; write at least the delay, which is PT1S",
                "dead-letter-timeout=-1s|dead-letter-timeout is PT-1S; write a time such as 100ms",
                "batch-size=0|batch-size is 0; write a number from 1 on",
                "linger=-1s|linger is PT-1S; write a time such as 50ms"
            })
    void valueThatCannotBeIsNamedWithItsPlace(String property, String expected, CapturedOutput output) {
        StartupMistakeTests.refuse(Single.class, ORDERS, "--channels.definitions.orders.listener." + property);
        String key = property.substring(0, property.indexOf('='));
        assertThat(output)
                .contains("The listener dev.channels.spring.FailureMistakeTests$Single.handle on channel 'orders'"
                        + " cannot run: " + expected + " (" + key
                        + " of 'channels.definitions.orders.listener').");
    }

    @Test
    void valueOfOneListenerIsNamedWithItsId(CapturedOutput output) {
        StartupMistakeTests.refuse(Single.class, ORDERS, "--channels.listeners.mine.retry.max-retries=-3");
        assertThat(output).contains("(retry.max-retries of 'channels.listeners.mine')");
    }

    @Test
    void delayThatIsNoTimeIsNamedWithItsOrigin(CapturedOutput output) {
        StartupMistakeTests.refuse(Single.class, ORDERS, "--channels.listeners.mine.retry.delay=soon");
        assertThat(output)
                .contains("Property: channels.listeners.mine.retry.delay")
                .contains("Value: \"soon\"")
                .contains("'soon' is not a valid duration");
    }

    @Test
    void unknownKeyOfARetrySuggestsTheNearest(CapturedOutput output) {
        StartupMistakeTests.refuse(Single.class, ORDERS, "--channels.listeners.mine.retry.max-retrys=3");
        assertThat(output)
                .contains("There is no property 'channels.listeners.mine.retry.max-retrys'")
                .contains("Did you mean 'max-retries'?");
    }

    @Test
    void batchSizeForAListenerOfSingleMessagesIsRefused(CapturedOutput output) {
        StartupMistakeTests.refuse(Single.class, ORDERS, "--channels.listeners.mine.batch-size=10");
        assertThat(output)
                .contains("FailureMistakeTests$Single.handle takes one message at a time, and batch-size of"
                        + " 'channels.listeners.mine' is for batches.")
                .contains("Give it a List<dev.channels.spring.Order> parameter, or remove that.");
    }

    @Test
    void lingerWithoutABatchIsRefused(CapturedOutput output) {
        StartupMistakeTests.refuse(Lingering.class, ORDERS);
        assertThat(output)
                .contains("FailureMistakeTests$Lingering.handle takes one message at a time, and linger of"
                        + " @ChannelListener is for batches.");
    }

    @EnableAutoConfiguration
    static class Lingering {
        @ChannelListener(value = "orders", linger = "1s")
        void handle(Order order) {}
    }

    @Test
    void batchSizeThatIsNoNumberIsRefused(CapturedOutput output) {
        StartupMistakeTests.refuse(BadSize.class, ORDERS);
        assertThat(output).contains("batch-size is many; write a number from 1 on (batch-size of @ChannelListener)");
    }

    @EnableAutoConfiguration
    static class BadSize {
        @ChannelListener(value = "orders", batchSize = "many")
        void handle(List<Order> orders) {}
    }

    @Test
    void lingerThatIsNoTimeIsRefused(CapturedOutput output) {
        StartupMistakeTests.refuse(BadLinger.class, ORDERS);
        assertThat(output).contains("linger is a while; write a time such as 50ms (linger of @ChannelListener)");
    }

    @EnableAutoConfiguration
    static class BadLinger {
        @ChannelListener(value = "orders", linger = "a while")
        void handle(List<Order> orders) {}
    }

    @Test
    void listOfSomethingElseIsRefused(CapturedOutput output) {
        StartupMistakeTests.refuse(WrongList.class, ORDERS);
        assertThat(output)
                .contains("WrongList.handle takes a java.util.List<java.lang.String>, and channel 'orders' carries"
                        + " dev.channels.spring.Order.")
                .contains("Change the parameter to dev.channels.spring.Order");
    }

    @EnableAutoConfiguration
    static class WrongList {
        @ChannelListener("orders")
        void handle(List<String> orders) {}
    }

    @ParameterizedTest
    @CsvSource({"watch,", "request,java.lang.String"})
    void deadLetterChannelToWhichNothingCanBeSentIsRefused(String kind, String replyType, CapturedOutput output) {
        StartupMistakeTests.refuse(
                Empty.class,
                ORDERS,
                "--channels.definitions.orders.dead-letter=failed",
                "--channels.definitions.failed.kind=" + kind,
                "--channels.definitions.failed.type=dev.channels.spring.DeadLetter<" + Channels.ORDER + ">",
                replyType == null ? "" : "--channels.definitions.failed.reply-type=" + replyType);
        assertThat(output)
                .contains("The dead letters of channel 'orders' go to channel 'failed', which is a " + kind
                        + " channel (property 'channels.definitions.orders.dead-letter' in")
                .contains("Let them go to a queue or a broadcast.");
    }
}
