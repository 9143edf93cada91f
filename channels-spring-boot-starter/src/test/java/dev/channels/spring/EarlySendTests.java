package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.EarlyBird;
import dev.channels.Channel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application that waits in a send for listeners that wait for the application says so. */
@ExtendWith(OutputCaptureExtension.class)
class EarlySendTests {

    private static final String BLOCKED = "has been blocked for 5 s in a send to channel";

    @Test
    void sendThatIsBlockedBeforeListenersStartIsReportedOnceWithItsPlaceAndAdviceAndLaterOnesAreNot(
            CapturedOutput output) throws Exception {
        CompletableFuture<ConfigurableApplicationContext> started = new CompletableFuture<>();
        Thread starting = Thread.ofPlatform()
                .name("starting")
                .start(() -> started.complete(start(Blocking.class, "--channels.definitions.orders.capacity=1")));
        await().atMost(Duration.ofSeconds(20)).until(() -> output.getOut().contains(BLOCKED));
        try (var context = start(Empty.class, "--channels.definitions.late.capacity=0")) {
            Channel<Integer> late = context.getBean(ChannelRegistry.class).channel("late");
            Thread waiting = Thread.startVirtualThread(() -> sendTo(late));
            await().until(() -> late.blockedSenders() == 1);
            TimeUnit.MILLISECONDS.sleep(5500);
            late.receive();
            waiting.join();
        }
        assertThat(output.getOut().split(BLOCKED, -1)).hasSize(2);
        assertThat(output)
                .containsPattern("WARN.*Thread starting " + BLOCKED
                        + " 'orders', at com\\.example\\.EarlyBird\\.init\\(EarlyBird\\.java:\\d+\\), and no listener has"
                        + " started yet: they start when all beans are there\\.")
                .contains(
                        "Send when the application has started, from an ApplicationRunner for instance, or use trySend"
                                + " or sendAsync, or give the channel more capacity");
        Blocking.orders.receive();
        started.get(10, TimeUnit.SECONDS).close();
        starting.join();
    }

    private static void sendTo(Channel<Integer> channel) {
        try {
            channel.send(1);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @EnableAutoConfiguration
    static class Blocking {
        static volatile Channel<Integer> orders;

        @Bean(initMethod = "init")
        EarlyBird bird(Channel<Integer> orders) {
            Blocking.orders = orders;
            return new EarlyBird(orders);
        }
    }

    @EnableAutoConfiguration
    static class Empty {}

    private static ConfigurableApplicationContext start(Class<?> application, String... arguments) {
        SpringApplication spring = new SpringApplication(application);
        spring.setWebApplicationType(WebApplicationType.NONE);
        return spring.run(arguments);
    }
}
