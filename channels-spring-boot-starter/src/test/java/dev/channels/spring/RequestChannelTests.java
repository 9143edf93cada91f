package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.Receiver;
import dev.channels.Request;
import dev.channels.RequestChannel;
import dev.channels.RequestFailedException;
import dev.channels.Requester;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

/** Channels of kind {@code request}: a question goes to a listener, and its answer to who asked. */
class RequestChannelTests {

    private final ApplicationContextRunner context = Channels.context()
            .withPropertyValues(
                    "channels.definitions.lengths.kind=request",
                    "channels.definitions.lengths.type=java.lang.String",
                    "channels.definitions.lengths.reply-type=java.lang.Integer");

    @Test
    void requestChannelIsInjectedByTheTypesOfItsQuestionsAndAnswers() {
        context.withPropertyValues(
                        "channels.definitions.names.kind=request",
                        "channels.definitions.names.type=java.lang.Integer",
                        "channels.definitions.names.reply-type=java.lang.String",
                        "channels.definitions.names.capacity=7")
                .withBean(Both.class)
                .run(started -> {
                    Both both = started.getBean(Both.class);
                    assertThat(both.lengths)
                            .isSameAs(started.getBean("lengths"))
                            .isSameAs(both.lengthChannel)
                            .isSameAs(both.incoming);
                    assertThat(both.names).isSameAs(started.getBean("names")).isSameAs(both.nameChannel);
                    assertThat(both.nameChannel.capacity()).isEqualTo(7);
                    assertThat(both.lengthChannel.capacity()).isEqualTo(128);
                });
    }

    static class Both {
        final Requester<String, Integer> lengths;
        final RequestChannel<String, Integer> lengthChannel;
        final Receiver<Request<String, Integer>> incoming;
        final Requester<Integer, String> names;
        final RequestChannel<Integer, String> nameChannel;

        Both(
                Requester<String, Integer> lengths,
                RequestChannel<String, Integer> lengthChannel,
                Receiver<Request<String, Integer>> incoming,
                Requester<Integer, String> names,
                RequestChannel<Integer, String> nameChannel) {
            this.lengths = lengths;
            this.lengthChannel = lengthChannel;
            this.incoming = incoming;
            this.names = names;
            this.nameChannel = nameChannel;
        }
    }

    static class Measuring {
        @ChannelListener(value = "lengths", id = "measuring")
        int length(String word) {
            if (word.isEmpty()) {
                throw new IllegalArgumentException("an empty word");
            }
            return word.length();
        }
    }

    private static Requester<String, Integer> lengths(BeanFactory started) {
        return requests(started);
    }

    @SuppressWarnings("unchecked")
    private static RequestChannel<String, Integer> requests(BeanFactory started) {
        return started.getBean("lengths", RequestChannel.class);
    }

    @Test
    void whatAListenerReturnsIsTheAnswer() {
        context.withBean(Measuring.class).run(started -> {
            assertThat(lengths(started).request("four")).isEqualTo(4);
            assertThat(lengths(started).requestAsync("three").get()).isEqualTo(5);
        });
    }

    @Test
    void whatAListenerThrowsReachesWhoAskedAndTheWorkerLivesOn() {
        context.withBean(Measuring.class).run(started -> {
            assertThatThrownBy(() -> lengths(started).request(""))
                    .isInstanceOf(RequestFailedException.class)
                    .hasMessageContaining("lengths")
                    .cause()
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("an empty word");
            assertThat(lengths(started).request("four")).isEqualTo(4);
        });
    }

    @Test
    void listenerThatTakesTheRequestAnswersByWhatItReturnsUnlessItHasAnswered() {
        context.withBean(WithRequest.class).run(started -> {
            assertThat(lengths(started).request("four")).isEqualTo(4);
            assertThat(lengths(started).request("early")).isEqualTo(-1);
        });
    }

    static class WithRequest {
        @ChannelListener("lengths")
        Integer length(Request<String, Integer> request) {
            if (request.question().equals("early")) {
                request.reply(-1);
            }
            return request.question().length();
        }
    }

    @Test
    void listenerThatReturnsNothingAnswersThroughTheRequestBeItLater() {
        context.withBean(Later.class).run(started -> {
            CompletableFuture<Integer> answer = lengths(started).requestAsync("four");
            Request<String, Integer> request =
                    started.getBean(Later.class).pending.receive();
            assertThat(answer).isNotDone();
            assertThat(request.reply(44)).isTrue();
            assertThat(answer.get()).isEqualTo(44);
        });
    }

    static class Later {
        final Channel<Request<String, Integer>> pending = Channel.unbounded();

        @ChannelListener(value = "lengths", id = "later")
        void accept(Request<String, Integer> request) throws InterruptedException {
            if (request.question().equals("fail")) {
                throw new IllegalStateException("no");
            }
            pending.send(request);
        }
    }

    @Test
    void exceptionOfAListenerThatAnswersThroughTheRequestIsTheAnswerToo() {
        context.withBean(Later.class)
                .run(started -> assertThatThrownBy(() -> lengths(started).request("fail"))
                        .isInstanceOf(RequestFailedException.class)
                        .hasCauseExactlyInstanceOf(IllegalStateException.class));
    }

    @Test
    void nullIsNoAnswerAndFailsTheRequest() {
        context.withBean(Nothing.class)
                .run(started -> assertThatThrownBy(() -> lengths(started).request("x"))
                        .isInstanceOf(RequestFailedException.class)
                        .cause()
                        .hasMessage("The listener returned null, which is no answer"));
    }

    static class Nothing {
        @ChannelListener("lengths")
        Integer length(String word) {
            return null;
        }
    }

    @Test
    void listenerSeesThatWhoAskedHasGivenUp() {
        context.withBean(Later.class).run(started -> {
            assertThatThrownBy(() -> lengths(started).request("four", Duration.ofMillis(50)))
                    .isInstanceOf(TimeoutException.class);
            Request<String, Integer> request =
                    started.getBean(Later.class).pending.receive();
            assertThat(request.isAbandoned()).isTrue();
            assertThat(request.reply(4)).isFalse();
        });
    }

    @Test
    void requestTimeoutHoldsForRequestsWithoutATimeOfTheirOwn() {
        context.withPropertyValues("channels.definitions.lengths.request-timeout=50ms")
                .withBean(Later.class)
                .run(started -> {
                    Requester<String, Integer> lengths = lengths(started);
                    assertThatThrownBy(() -> lengths.request("four"))
                            .isInstanceOf(RequestFailedException.class)
                            .hasMessage("A request on channel 'lengths' had no answer within PT0.05S")
                            .hasCauseInstanceOf(TimeoutException.class);
                    assertThatThrownBy(() -> lengths.requestAsync("four").get(10, TimeUnit.SECONDS))
                            .isInstanceOf(ExecutionException.class)
                            .cause()
                            .isInstanceOf(RequestFailedException.class)
                            .hasCauseInstanceOf(TimeoutException.class);
                    for (int asked = 0; asked < 2; asked++) {
                        assertThat(started.getBean(Later.class)
                                        .pending
                                        .receive()
                                        .isAbandoned())
                                .isTrue();
                    }
                    assertThatThrownBy(() -> lengths.request("four", Duration.ofMillis(1)))
                            .isInstanceOf(TimeoutException.class);
                });
    }

    @Test
    void requestTimeoutOfTheDefaultsIsForRequestChannelsOnly() {
        context.withPropertyValues("channels.defaults.request-timeout=50ms", "channels.definitions.orders.capacity=1")
                .withBean(Later.class)
                .run(started -> assertThatThrownBy(() -> lengths(started).request("four"))
                        .isInstanceOf(RequestFailedException.class)
                        .hasCauseInstanceOf(TimeoutException.class));
    }

    @Test
    void listenerMayBeRegisteredWithoutAnAnnotation() {
        context.withBean(Registering.class).run(started -> {
            assertThat(lengths(started).request("four")).isEqualTo(4);
            assertThatThrownBy(() -> lengths(started).request(""))
                    .isInstanceOf(RequestFailedException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> started.getBean(ChannelListenerRegistry.class)
                            .register("another", "lengths", request -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Listener 'mine' answers on the request channel 'lengths' already,"
                            + " and a question has one who answers");
        });
    }

    static class Registering {
        Registering(ChannelListenerRegistry listeners) {
            listeners.<Request<String, Integer>>register("mine", "lengths", request -> {
                if (request.question().isEmpty()) {
                    throw new IllegalStateException();
                }
                request.reply(request.question().length());
            });
        }
    }

    @Test
    void requestChannelOfTheApplicationIsAFullCitizen() {
        Channels.context()
                .withUserConfiguration(OwnRequests.class)
                .withBean(Measuring.class)
                .run(started -> {
                    assertThat(started.getBean(ChannelRegistry.class).names()).containsExactly("lengths");
                    assertThat(lengths(started).request("four")).isEqualTo(4);
                    assertThatThrownBy(() -> lengths(started).request(""))
                            .hasCauseInstanceOf(IllegalArgumentException.class);
                    RequestChannel<String, Integer> own = requests(started);
                    started.close();
                    assertThatThrownBy(() -> own.request("four")).isInstanceOf(ChannelClosedException.class);
                });
    }

    static class OwnRequests {
        @Bean
        RequestChannel<String, Integer> lengths() {
            return RequestChannel.bounded(3);
        }
    }

    @Test
    void drainAnswersWhatIsQueuedAndThoseWhoWaitForRoomAndRefusesLateOnes() {
        context.withPropertyValues("channels.definitions.lengths.capacity=10")
                .withBean(Slow.class)
                .run(started -> {
                    RequestChannel<String, Integer> lengths = requests(started);
                    started.getBean(ChannelListenerRegistry.class)
                            .container("slow")
                            .pause();
                    List<CompletableFuture<Integer>> answers = new ArrayList<>();
                    for (int number = 0; number < 30; number++) {
                        answers.add(lengths.requestAsync("word"));
                    }
                    await().until(() -> lengths.stats().blockedSenders() == 20);
                    started.close();
                    assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(4));
                    assertThatThrownBy(() -> lengths.request("late")).isInstanceOf(ChannelClosedException.class);
                });
    }

    static class Slow {
        @ChannelListener(value = "lengths", id = "slow")
        int length(String word) throws InterruptedException {
            Thread.sleep(2);
            return word.length();
        }
    }

    @Test
    void thoseWithoutAnAnswerAtTheDeadlineGetAnExceptionAndTheirRequestsAreReported() {
        context.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=500ms")
                .withBean(Stuck.class)
                .withBean("left", ShutdownTests.Left.class)
                .run(started -> {
                    RequestChannel<String, Integer> lengths = requests(started);
                    List<CompletableFuture<Integer>> answers = new ArrayList<>();
                    for (int number = 0; number < 3; number++) {
                        answers.add(lengths.requestAsync("word" + number));
                    }
                    started.getBean(Stuck.class).begun.await();
                    ShutdownTests.Left left = started.getBean(ShutdownTests.Left.class);
                    started.close();
                    assertThat(answers)
                            .allSatisfy(answer -> assertThat(answer)
                                    .failsWithin(Duration.ZERO)
                                    .withThrowableOfType(ExecutionException.class)
                                    .withCauseInstanceOf(ChannelClosedException.class));
                    assertThat(left.messages.get("lengths"))
                            .extracting(request -> (Object) ((Request<?, ?>) request).question())
                            .containsExactly("word0", "word1", "word2");
                });
    }

    static class Stuck {
        final CountDownLatch begun = new CountDownLatch(1);

        @ChannelListener("lengths")
        int length(String word) throws InterruptedException {
            begun.countDown();
            new CountDownLatch(1).await();
            return 0;
        }
    }

    @Test
    void requestThatNobodyAnsweredThoughItWasTakenFailsAtTheEnd() {
        context.withBean(Later.class).run(started -> {
            CompletableFuture<Integer> answer = lengths(started).requestAsync("four");
            Request<String, Integer> request =
                    started.getBean(Later.class).pending.receive();
            started.close();
            assertThat(answer)
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ChannelClosedException.class);
            assertThat(request.isAbandoned()).isTrue();
        });
    }

    @Test
    void listenerThatAsksAnotherChannelIsDrainedBeforeThatOneCloses() {
        context.withPropertyValues(
                        "channels.definitions.words.type=java.lang.String", "channels.definitions.words.capacity=50")
                .withBean("slow", Slow.class)
                .withBean(Asking.class)
                .run(started -> {
                    Channel<String> words =
                            started.getBean(ChannelRegistry.class).channel("words");
                    for (int number = 0; number < 50; number++) {
                        words.send("word");
                    }
                    Asking asking = started.getBean(Asking.class);
                    started.close();
                    assertThat(asking.answers.drainTo(new ArrayList<>(), 100)).isEqualTo(50);
                });
    }

    static class Asking {
        final Channel<Integer> answers = Channel.unbounded();
        private final Requester<String, Integer> lengths;

        Asking(Requester<String, Integer> lengths) {
            this.lengths = lengths;
        }

        @ChannelListener("words")
        void ask(String word) throws InterruptedException {
            answers.send(lengths.request(word));
        }
    }

    @Test
    void customizerChangesRequestChannelsToo() {
        context.withBean(Measuring.class)
                .withBean(ChannelBuilderCustomizer.class, CustomizerOfRequests::new)
                .run(started -> assertThat(requests(started).capacity()).isEqualTo(3));
    }

    static class CustomizerOfRequests implements ChannelBuilderCustomizer {
        @Override
        public void customize(String name, Channel.Builder<?> builder) {}

        @Override
        public void customize(String name, RequestChannel.Builder<?, ?> builder) {
            builder.capacity(3);
        }
    }
}
