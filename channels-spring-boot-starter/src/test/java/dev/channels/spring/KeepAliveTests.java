package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Workers are virtual threads, which keep no JVM up; so something else does while there are listeners. */
class KeepAliveTests {

    private static Optional<Thread> keeper() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("channels-keep-alive"))
                .findFirst();
    }

    @Test
    void threadKeepsTheJvmUpFromTheStartOfTheListenersToTheirEnd() {
        Channels.contextWithOrders()
                .withBean("careless", ListenerTests.Throwing.class)
                .run(started -> {
                    assertThat(keeper()).hasValueSatisfying(thread -> {
                        assertThat(thread.isAlive()).isTrue();
                        assertThat(thread.isDaemon()).isFalse();
                    });
                    started.close();
                    await().until(() -> keeper().isEmpty());
                });
    }

    @Test
    void nothingKeepsTheJvmUpWhereThatIsSwitchedOffOrThereIsNoListener() {
        Channels.contextWithOrders()
                .withPropertyValues("channels.listener.keep-alive=false")
                .withBean("careless", ListenerTests.Throwing.class)
                .run(started -> await().until(() -> keeper().isEmpty()));
        Channels.contextWithOrders().run(started -> {
            await().until(() -> keeper().isEmpty());
            started.getBean(ChannelListenerRegistry.class).register("late", "orders", order -> {});
            await().until(() -> keeper().isPresent());
        });
    }
}
