package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A {@code sendTo} that cannot work is refused at the start. */
@ExtendWith(OutputCaptureExtension.class)
class FlowMistakeTests {

    private static void refuse(Class<?> application) {
        SpringApplication spring = new SpringApplication(application);
        spring.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> spring.run(
                        "--channels.definitions.orders.type=" + Channels.ORDER,
                        "--channels.definitions.paid.type=java.lang.Integer",
                        "--channels.definitions.lists.type=java.util.List<java.lang.String>"))
                .isInstanceOf(Exception.class);
    }

    @EnableAutoConfiguration
    static class Misspelt {
        @ChannelListener(value = "orders", sendTo = "piad")
        Integer handle(Order order) {
            return 1;
        }
    }

    @Test
    void channelThatDoesNotExistSuggestsTheNearest(CapturedOutput output) {
        refuse(Misspelt.class);
        assertThat(output)
                .contains("FlowMistakeTests$Misspelt.handle sends to channel 'piad', which does not exist.")
                .contains("There are these channels: lists, orders, paid. Write its name in sendTo");
    }

    @EnableAutoConfiguration
    static class NearlyRight {
        @ChannelListener(value = "orders", sendTo = "pais")
        Integer handle(Order order) {
            return 1;
        }
    }

    @Test
    void nameThatIsNearlyRightIsGuessed(CapturedOutput output) {
        refuse(NearlyRight.class);
        assertThat(output).contains("Did you mean 'paid'?");
    }

    @EnableAutoConfiguration
    static class Nothing {
        @ChannelListener(value = "orders", sendTo = "paid")
        void handle(Order order) {}
    }

    @Test
    void methodThatReturnsNothingIsRefused(CapturedOutput output) {
        refuse(Nothing.class);
        assertThat(output)
                .contains("Nothing.handle sends to channel 'paid', and returns nothing.")
                .contains("Return what is to be sent, or remove sendTo.");
    }

    @EnableAutoConfiguration
    static class WrongType {
        @ChannelListener(value = "orders", sendTo = "paid")
        String handle(Order order) {
            return "";
        }
    }

    @Test
    void typeThatTheTargetDoesNotCarryIsRefused(CapturedOutput output) {
        refuse(WrongType.class);
        assertThat(output)
                .contains("WrongType.handle returns a java.lang.String, and channel 'paid', to which it sends, carries"
                        + " java.lang.Integer.")
                .contains("Return a java.lang.Integer (or several, as a collection, stream or array), or change the"
                        + " type of the channel in 'channels.definitions.paid.type'.");
    }

    @EnableAutoConfiguration
    static class WrongItems {
        @ChannelListener(value = "orders", sendTo = "paid")
        List<String> handle(Order order) {
            return List.of();
        }
    }

    @Test
    void itemsThatTheTargetDoesNotCarryAreRefused(CapturedOutput output) {
        refuse(WrongItems.class);
        assertThat(output).contains("WrongItems.handle returns a java.util.List<java.lang.String>, and channel 'paid'");
    }

    @EnableAutoConfiguration
    static class WrongList {
        @ChannelListener(value = "orders", sendTo = "lists")
        List<Integer> handle(Order order) {
            return List.of();
        }
    }

    @Test
    void listOfSomethingElseIsRefused(CapturedOutput output) {
        refuse(WrongList.class);
        assertThat(output)
                .contains("WrongList.handle returns a java.util.List<java.lang.Integer>, and channel 'lists', to which"
                        + " it sends, carries java.util.List<java.lang.String>.");
    }

    @EnableAutoConfiguration
    static class Task {
        @ChannelListener(value = "orders", sendTo = "paid")
        FutureTask<Integer> handle(Order order) {
            return new FutureTask<>(order::number);
        }
    }

    @EnableAutoConfiguration
    static class Reactive {
        @ChannelListener(value = "orders", sendTo = "paid")
        Mono<Integer> handle(Order order) {
            return Mono.just(1);
        }
    }

    @EnableAutoConfiguration
    static class ReactiveStream {
        @ChannelListener("orders")
        Flux<Integer> handle(Order order) {
            return Flux.just(1);
        }
    }

    @EnableAutoConfiguration
    static class Publishing {
        @ChannelListener(value = "orders", sendTo = "paid")
        Flow.Publisher<Integer> handle(Order order) {
            return subscriber -> {};
        }
    }

    @Test
    void futuresAndPublishersAreRefused(CapturedOutput output) {
        refuse(Task.class);
        assertThat(output)
                .contains("Task.handle returns a java.util.concurrent.FutureTask, which nobody waits for.")
                .contains("Do the work in the method and return when it is done");
        refuse(Reactive.class);
        assertThat(output).contains("Reactive.handle returns a reactor.core.publisher.Mono, which nobody waits for.");
        refuse(ReactiveStream.class);
        assertThat(output).contains("returns a reactor.core.publisher.Flux, which nobody waits for.");
        refuse(Publishing.class);
        assertThat(output).contains("returns a java.util.concurrent.Flow$Publisher, which nobody waits for.");
    }
}
