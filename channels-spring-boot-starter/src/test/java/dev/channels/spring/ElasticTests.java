package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import dev.channels.Channel;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Workers come when they are needed, go when they are not, and cost nothing while they wait. */
class ElasticTests {

    static class Stuck {
        final CountDownLatch release = new CountDownLatch(1);

        @ChannelListener(value = "orders", concurrency = "2-16")
        void handle(Order order) throws InterruptedException {
            release.await();
        }
    }

    static class StuckByKey extends Stuck {
        @Override
        @ChannelListener(value = "orders", concurrency = "2-16", key = "number")
        void handle(Order order) throws InterruptedException {
            super.handle(order);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Stuck.class, StuckByKey.class})
    void maximumIsReachedWithinASecondThoughOnlyOneMessageWaitsAtATime(Class<? extends Stuck> bean) {
        Channels.contextWithOrders()
                .withPropertyValues("channels.definitions.orders.capacity=0")
                .withBean("stuck", bean)
                .run(started -> {
                    Channel<Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    Thread producer = Thread.startVirtualThread(() -> ListenerTests.sendAll(orders, 0, 17));
                    await().pollInterval(Duration.ofMillis(10)).until(() -> orders.blockedSenders() == 1);
                    ListenerContainer container = started.getBean(DefaultChannelListenerRegistry.class)
                            .all()
                            .getFirst();
                    await().atMost(Duration.ofSeconds(1)).until(() -> container.busyWorkers() == 16);
                    assertThat(container.currentWorkers()).isEqualTo(16);
                    started.getBean(Stuck.class).release.countDown();
                    producer.join();
                });
    }

    static class Idle {
        @ChannelListener(value = "0", concurrency = "${workers}")
        @ChannelListener(value = "1", concurrency = "${workers}")
        @ChannelListener(value = "2", concurrency = "${workers}")
        @ChannelListener(value = "3", concurrency = "${workers}")
        @ChannelListener(value = "4", concurrency = "${workers}")
        @ChannelListener(value = "5", concurrency = "${workers}")
        @ChannelListener(value = "6", concurrency = "${workers}")
        @ChannelListener(value = "7", concurrency = "${workers}")
        @ChannelListener(value = "8", concurrency = "${workers}", key = "#root.hashCode()")
        @ChannelListener(value = "9", concurrency = "${workers}", key = "#root.hashCode()")
        void handle(Object message) {}
    }

    @ParameterizedTest
    @CsvSource({"16, 160", "16-32, 160"})
    void tenIdleListenersCostNoProcessorAndLessThanAMegabyte(String workers, int expected) {
        ApplicationContextRunner context = Channels.context()
                .withPropertyValues("workers=" + workers, "channels.defaults.listener.auto-startup=false")
                .withBean("idle", Idle.class);
        for (int number = 0; number < 10; number++) {
            context = context.withPropertyValues("channels.definitions." + number + ".capacity=10");
        }
        context.run(started -> {
            var containers =
                    started.getBean(DefaultChannelListenerRegistry.class).all();
            long before = usedHeap();
            containers.forEach(ListenerContainer::start);
            await().until(() -> containers.stream()
                            .mapToInt(ListenerContainer::currentWorkers)
                            .sum()
                    == expected);
            await().until(() -> containers.stream()
                    .allMatch(container -> container.channel().channel().stats().blockedReceivers() > 0));
            assertThat(usedHeap() - before).isLessThan(1_000_000);

            // The compiler may still be busy with what ran before; who does not idle never leaves it a quiet second.
            await().atMost(Duration.ofMinutes(1))
                    .until(ElasticTests::processorTimeOfASecond, spent -> spent.compareTo(Duration.ofMillis(100)) < 0);
        });
    }

    private static Duration processorTimeOfASecond() throws InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long before = system.getProcessCpuTime();
        Thread.sleep(1000);
        return Duration.ofNanos(system.getProcessCpuTime() - before);
    }

    private static long usedHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
