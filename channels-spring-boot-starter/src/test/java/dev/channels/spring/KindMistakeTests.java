package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.Request;
import dev.channels.RequestChannel;
import dev.channels.Requester;
import dev.channels.Sender;
import dev.channels.Watch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** What a kind of channel cannot have, and listeners that do not fit it, refuse to start. */
@ExtendWith(OutputCaptureExtension.class)
class KindMistakeTests {

    private static final String[] LENGTHS = {
        "--channels.definitions.lengths.kind=request",
        "--channels.definitions.lengths.type=java.lang.String",
        "--channels.definitions.lengths.reply-type=java.lang.Integer"
    };

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            watch     | capacity=3          | A watch holds one value, the latest, and setting it never waits: remove it.
            watch     | overflow=block      | A watch holds one value, the latest, and setting it never waits: remove it.
            watch     | send-timeout=1s     | A watch holds one value, the latest, and setting it never waits: remove it.
            watch     | time-in-queue=true  | A watch holds one value, the latest, and setting it never waits: remove it.
            watch     | dead-letter=letters | A value that a listener fails on is followed by the next: remove it.
            watch     | reply-type=java.lang.Integer | Only a request channel has answers: write 'kind: request', or remove it.
            queue     | reply-type=java.lang.Integer | Only a request channel has answers: write 'kind: request', or remove it.
            queue     | request-timeout=1s  | Only a request channel is asked: write 'kind: request', or remove it.
            broadcast | request-timeout=1s  | Only a request channel is asked: write 'kind: request', or remove it.
            request   | overflow=block      | Who asks always waits: remove it, and limit the wait with 'request-timeout'.
            request   | send-timeout=1s     | Who asks waits for the answer too: write 'request-timeout' instead.
            request   | dead-letter=letters | Who asked gets the failure: remove it.
            """)
    void keyThatAKindCannotHaveIsRefused(String kind, String property, String action, CapturedOutput output) {
        String key = property.substring(0, property.indexOf('='));
        refuse(Empty.class, "--channels.definitions.thing.kind=" + kind, "--channels.definitions.thing." + property);
        String named = kind.equals("request") ? "request channel" : kind;
        assertThat(output)
                .contains("The " + named + " 'thing' cannot have " + key + " (property 'channels.definitions.thing."
                        + key + "' in")
                .contains(action);
    }

    @Test
    void defaultsThatAKindCannotHaveAreMeantForTheOthers() {
        try (var context = start(
                Answering.class,
                Stream.concat(
                                Stream.of(LENGTHS),
                                Stream.of(
                                        "--channels.defaults.overflow=fail",
                                        "--channels.defaults.send-timeout=1s",
                                        "--channels.defaults.request-timeout=1s",
                                        "--channels.definitions.rate.kind=watch",
                                        "--channels.definitions.orders.kind=queue",
                                        "--channels.definitions.prices.kind=broadcast"))
                        .toArray(String[]::new))) {
            assertThat(context.getBean(ChannelRegistry.class).names())
                    .containsExactlyInAnyOrder("lengths", "rate", "orders", "prices");
        }
    }

    @Test
    void sendTimeoutWhereNoSendWaitsIsRefused(CapturedOutput output) {
        refuse(
                Empty.class,
                "--channels.definitions.orders.overflow=drop-oldest",
                "--channels.definitions.orders.send-timeout=1s");
        assertThat(output)
                .contains("The queue 'orders' cannot have send-timeout"
                        + " (property 'channels.definitions.orders.send-timeout' in")
                .contains(": with overflow drop-oldest no send waits.")
                .contains("Remove it, or write 'overflow: block'.");
    }

    @Test
    void timeThatIsNoneIsRefused(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.orders.send-timeout=0s");
        assertThat(output)
                .contains("The queue 'orders' has the send-timeout PT0S"
                        + " (property 'channels.definitions.orders.send-timeout' in")
                .contains("which is no time to wait.")
                .contains("Write a time such as 5s, or remove it to wait for ever.");
    }

    @Test
    void unknownKindSuggestsTheNearest(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.prices.kind=broadcst");
        assertThat(output)
                .contains("There is no kind 'broadcst' (property 'channels.definitions.prices.kind' in")
                .contains("Did you mean 'broadcast'?");
    }

    @Test
    void unknownOverflowListsWhatThereIsWhenNothingIsNear(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.prices.overflow=whatever");
        assertThat(output)
                .contains("There is no overflow 'whatever' (property 'channels.definitions.prices.overflow' in")
                .contains("There are these choices of overflow: block, drop-latest, drop-oldest, fail.");
    }

    @Test
    void requestChannelWithoutAReplyTypeIsRefused(CapturedOutput output) {
        refuse(
                Empty.class,
                "--channels.definitions.lengths.kind=request",
                "--channels.definitions.lengths.type=java.lang.String");
        assertThat(output)
                .contains("The request channel 'lengths' has no reply-type.")
                .contains("Write the Java type of its answers in 'channels.definitions.lengths.reply-type'.");
    }

    @Test
    void requestChannelWithoutATypeIsRefused(CapturedOutput output) {
        refuse(
                Empty.class,
                "--channels.definitions.lengths.kind=request",
                "--channels.definitions.lengths.reply-type=java.lang.String");
        assertThat(output)
                .contains("The request channel 'lengths' has no type.")
                .contains("Write the Java type of its questions in 'channels.definitions.lengths.type'.");
    }

    @Test
    void replyTypeThatIsNotThereIsNamedWithItsOrigin(CapturedOutput output) {
        refuse(
                Empty.class,
                "--channels.definitions.lengths.kind=request",
                "--channels.definitions.lengths.type=java.lang.String",
                "--channels.definitions.lengths.reply-type=com.example.Lenght");
        assertThat(output)
                .contains("The reply-type 'com.example.Lenght' of channel 'lengths' cannot be found"
                        + " (property 'channels.definitions.lengths.reply-type' in");
    }

    @Test
    void watchOnABrokerIsRefused(CapturedOutput output) {
        refuse(Empty.class, "--channels.definitions.rate.kind=watch", "--channels.definitions.rate.transport=rabbit");
        assertThat(output)
                .contains("The watch 'rate' cannot have the transport 'rabbit'"
                        + " (property 'channels.definitions.rate.transport' in")
                .contains("its value is in this process.")
                .contains("Write 'transport: memory', or make it a broadcast.");
    }

    @Test
    void aQuestionNobodyAnswersIsRefused(CapturedOutput output) {
        refuse(OnlyAsking.class, LENGTHS);
        assertThat(output)
                .contains(
                        "Nobody answers on the request channel 'lengths' (declared in 'channels.definitions.lengths'):"
                                + " who asks there would wait for ever.")
                .contains("Write a @ChannelListener(\"lengths\") that returns the answer.")
                .contains("inject the channel as RequestChannel<java.lang.String, java.lang.Integer>.");
    }

    @EnableAutoConfiguration
    static class OnlyAsking {
        @Bean
        Object asking(Requester<String, Integer> lengths) {
            return "asks " + lengths;
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void whoTakesTheRequestChannelItselfMayAnswerByHand(boolean lazy) {
        for (Class<?> application : new Class<?>[] {ByHand.class, ByHandLater.class, Answering.class}) {
            try (var context = start(
                    application,
                    Stream.concat(Stream.of(LENGTHS), Stream.of("--spring.main.lazy-initialization=" + lazy))
                            .toArray(String[]::new))) {
                assertThat(context.isRunning()).isTrue();
            }
        }
    }

    @EnableAutoConfiguration
    static class ByHand {
        @Bean
        Object answering(RequestChannel<String, Integer> lengths) {
            return "answers " + lengths;
        }
    }

    @EnableAutoConfiguration
    static class ByHandLater {
        @Bean
        Object answering(ObjectProvider<RequestChannel<String, Integer>> lengths) {
            return "answers " + lengths;
        }
    }

    @EnableAutoConfiguration
    static class Answering {
        @ChannelListener("lengths")
        int length(String word) {
            return word.length();
        }
    }

    @Test
    void whoTakesAnotherRequestChannelDoesNotAnswerThisOne(CapturedOutput output) {
        refuse(
                ByHand.class,
                Stream.concat(
                                Stream.of(LENGTHS),
                                Stream.of(
                                        "--channels.definitions.names.kind=request",
                                        "--channels.definitions.names.type=java.lang.Integer",
                                        "--channels.definitions.names.reply-type=java.lang.String"))
                        .toArray(String[]::new));
        assertThat(output).contains("Nobody answers on the request channel 'names'");
    }

    @Test
    void twoListenersOnOneRequestChannelAreRefused(CapturedOutput output) {
        refuse(Twice.class, LENGTHS);
        assertThat(output)
                .containsPattern("Twice\\.\\w+ listens to the request channel 'lengths', and so does"
                        + " .*Twice\\.\\w+: a question has one who answers\\.")
                .contains("Remove one of the two. To answer more at once, give the listener more concurrency.");
    }

    @EnableAutoConfiguration
    static class Twice {
        @ChannelListener("lengths")
        int first(String word) {
            return 1;
        }

        @ChannelListener("lengths")
        int second(String word) {
            return 2;
        }
    }

    @Test
    void listenerBesideARegisteredOneOnARequestChannelIsRefused(CapturedOutput output) {
        refuse(RegisteredAndAnnotated.class, LENGTHS);
        assertThat(output)
                .contains("RegisteredAndAnnotated.length listens to the request channel 'lengths', and so does the"
                        + " registered listener 'mine': a question has one who answers.");
    }

    @EnableAutoConfiguration
    static class RegisteredAndAnnotated {
        @Bean
        Object registering(ChannelListenerRegistry listeners) {
            return listeners.register("mine", "lengths", request -> {});
        }

        @ChannelListener("lengths")
        int length(String word) {
            return 1;
        }
    }

    @Test
    void listenerThatTakesAQuestionAndReturnsNothingIsRefused(CapturedOutput output) {
        refuse(Silent.class, LENGTHS);
        assertThat(output)
                .contains("Silent.length returns nothing, and who asks on channel 'lengths' waits for an answer.")
                .contains("Return the answer, or take a Request<java.lang.String, java.lang.Integer> and call its"
                        + " reply.");
    }

    @EnableAutoConfiguration
    static class Silent {
        @ChannelListener("lengths")
        void length(String word) {}
    }

    @Test
    void listenerThatReturnsAnotherTypeThanTheAnswersIsRefused(CapturedOutput output) {
        refuse(OtherAnswer.class, LENGTHS);
        assertThat(output)
                .contains("OtherAnswer.length returns a java.lang.Long, and the answers on channel 'lengths' are"
                        + " java.lang.Integer.")
                .contains("Return a java.lang.Integer, or change the reply-type of the channel.");
    }

    @EnableAutoConfiguration
    static class OtherAnswer {
        @ChannelListener("lengths")
        long length(String word) {
            return 1;
        }
    }

    @Test
    void listenerThatTakesAnotherQuestionIsRefused(CapturedOutput output) {
        refuse(OtherQuestion.class, LENGTHS);
        assertThat(output)
                .contains("OtherQuestion.length takes a java.lang.Integer, and on channel 'lengths' the questions are"
                        + " java.lang.String and the answers java.lang.Integer.")
                .contains("Take a java.lang.String or a Request<java.lang.String, java.lang.Integer>.");
    }

    @EnableAutoConfiguration
    static class OtherQuestion {
        @ChannelListener("lengths")
        int length(Integer word) {
            return 1;
        }
    }

    @Test
    void listenerThatTakesARequestOfOtherTypesIsRefused(CapturedOutput output) {
        refuse(OtherRequest.class, LENGTHS);
        assertThat(output)
                .contains("OtherRequest.length takes a dev.channels.Request<java.lang.String, java.lang.Long>");
    }

    @EnableAutoConfiguration
    static class OtherRequest {
        @ChannelListener("lengths")
        void length(Request<String, Long> request) {}
    }

    @Test
    void moreThanOneWorkerOnAWatchIsRefused(CapturedOutput output) {
        refuse(TwoWorkers.class, "--channels.definitions.rate.kind=watch");
        assertThat(output)
                .contains("A watch has one value, so its listener has one worker, not 2"
                        + " (concurrency of @ChannelListener)");
    }

    @EnableAutoConfiguration
    static class TwoWorkers {
        @ChannelListener(value = "rate", concurrency = "2")
        void handle(Object rate) {}
    }

    @Test
    void moreThanOneWorkerOnAWatchIsRefusedWhereverItIsSaid(CapturedOutput output) {
        refuse(
                Following.class,
                "--channels.definitions.rate.kind=watch",
                "--channels.definitions.rate.listener.concurrency=1-4");
        assertThat(output).contains("not 1-4 (concurrency of 'channels.definitions.rate.listener')");
        refuse(Following.class, "--channels.definitions.rate.kind=watch", "--channels.listeners.mine.concurrency=3");
        assertThat(output).contains("not 3 (concurrency of 'channels.listeners.mine')");
    }

    @EnableAutoConfiguration
    static class Following {
        @ChannelListener(value = "rate", id = "mine")
        void handle(Object rate) {}
    }

    @Test
    void senderToAWatchIsToldToSetIt(CapturedOutput output) {
        refuse(
                WantsSender.class,
                "--channels.definitions.rate.kind=watch",
                "--channels.definitions.rate.type=java.lang.String");
        assertThat(output)
                .contains("channel 'rate' carries such messages, but it is a watch: its value is set, and read.")
                .contains("Inject a Watch<java.lang.String>, or write a @ChannelListener(\"rate\") to receive.");
    }

    @Test
    void senderToARequestChannelIsToldToAsk(CapturedOutput output) {
        refuse(WantsSender.class, LENGTHS);
        assertThat(output)
                .contains("but it is a request channel: it is asked, and answers with java.lang.Integer.")
                .contains("Inject a Requester<java.lang.String, java.lang.Integer>");
    }

    @EnableAutoConfiguration
    static class WantsSender {
        @Bean
        Object sending(Sender<String> words) {
            return words;
        }
    }

    @Test
    void watchOfAQueueIsToldWhatItIs(CapturedOutput output) {
        refuse(WantsWatch.class, "--channels.definitions.words.type=java.lang.String");
        assertThat(output)
                .contains("but it is a queue: each message goes to one receiver.")
                .contains("Give it 'kind: watch', or inject a Channel<java.lang.String>.");
    }

    @EnableAutoConfiguration
    static class WantsWatch {
        @Bean
        Object watching(Watch<String> words) {
            return words;
        }
    }

    @EnableAutoConfiguration
    static class Empty {}

    private static void refuse(Class<?> application, String... arguments) {
        assertThatThrownBy(() -> start(application, arguments)).isInstanceOf(Exception.class);
    }

    private static ConfigurableApplicationContext start(Class<?> application, String... arguments) {
        SpringApplication spring = new SpringApplication(application);
        spring.setWebApplicationType(WebApplicationType.NONE);
        return spring.run(arguments);
    }
}
