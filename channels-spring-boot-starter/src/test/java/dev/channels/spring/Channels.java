package dev.channels.spring;

import dev.channels.spring.autoconfigure.ChannelListenersAutoConfiguration;
import dev.channels.spring.autoconfigure.ChannelsAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Contexts to test with. */
final class Channels {

    static final String ORDER = "dev.channels.spring.Order";

    private Channels() {}

    /** A context with this starter and nothing else. */
    static ApplicationContextRunner context() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LifecycleAutoConfiguration.class,
                        ChannelsAutoConfiguration.class,
                        ChannelListenersAutoConfiguration.class));
    }

    /** The same with a channel {@code orders} of {@link Order} that holds 100. */
    static ApplicationContextRunner contextWithOrders() {
        return context()
                .withPropertyValues(
                        "channels.definitions.orders.type=" + ORDER, "channels.definitions.orders.capacity=100");
    }
}
