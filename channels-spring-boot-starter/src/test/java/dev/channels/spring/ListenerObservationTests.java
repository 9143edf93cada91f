package dev.channels.spring;

import static dev.channels.spring.RetryTests.counters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.Sender;
import dev.channels.spring.autoconfigure.metrics.ChannelsMetricsAutoConfiguration;
import dev.channels.spring.autoconfigure.observation.ChannelsObservationAutoConfiguration;
import dev.channels.spring.autoconfigure.observation.MissingLibraryAutoConfiguration;
import dev.channels.spring.autoconfigure.observation.SenderContextAutoConfiguration;
import dev.channels.spring.observation.ChannelListenerContext;
import dev.channels.spring.observation.ChannelListenerObservationConvention;
import dev.channels.spring.observation.ChannelListenerObservationDocumentation;
import dev.channels.spring.observation.DefaultChannelListenerObservationConvention;
import dev.channels.spring.observation.ListenerObservations;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A message that a listener handles is one Observation, where that is switched on. */
class ListenerObservationTests {

    private final ApplicationContextRunner off = Channels.contextWithOrders()
            .withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    ObservationAutoConfiguration.class,
                    ChannelsMetricsAutoConfiguration.class,
                    ChannelsObservationAutoConfiguration.class,
                    SenderContextAutoConfiguration.class,
                    MissingLibraryAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class);
    private final ApplicationContextRunner context =
            off.withPropertyValues("channels.listener.observation-enabled=true");

    @Test
    void observationTakesThePlaceOfTheFunctionTimer() {
        context.withBean("careless", ListenerTests.Throwing.class).run(started -> {
            MeterRegistry meters = started.getBean(MeterRegistry.class);
            ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 6);
            await().until(() -> observed(meters) == 6);
            assertThat(meters.find("channels.listener").functionTimers()).isEmpty();
            Timer failed =
                    meters.get("channels.listener").tag("error", "IOException").timer();
            assertThat(failed.count()).isEqualTo(1);
            assertThat(failed.totalTime(TimeUnit.NANOSECONDS)).isPositive();
            assertThat(failed.getId().getTags())
                    .containsExactlyInAnyOrder(
                            Tag.of("channel", "orders"),
                            Tag.of("listener", "careless"),
                            Tag.of("error", "IOException"));
            assertThat(meters.get("channels.listener")
                            .tag("error", "none")
                            .timer()
                            .count())
                    .isEqualTo(2);
            assertThat(meters.find("channels.listener.max").timeGauge()).isNotNull();
        });
    }

    private static long observed(MeterRegistry meters) {
        return meters.find("channels.listener").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void functionTimerStaysUnlessObservationsAreSwitchedOn() {
        off.withBean("careless", ListenerTests.Throwing.class).run(started -> {
            MeterRegistry meters = started.getBean(MeterRegistry.class);
            started.getBean(ChannelRegistry.class).sender("orders").send(new Order(4));
            await().until(() -> meters.get("channels.listener")
                            .tag("error", "none")
                            .functionTimer()
                            .count()
                    == 1);
            assertThat(started).doesNotHaveBean(ListenerObservations.class);
            assertThat(meters.find("channels.listener").meters()).allMatch(FunctionTimer.class::isInstance);
        });
    }

    @Test
    void channelOfTheRegistryTakesItsTimerAlong() {
        context.run(started -> {
            MeterRegistry meters = started.getBean(MeterRegistry.class);
            ChannelRegistry registry = started.getBean(ChannelRegistry.class);
            Channel<Object> late = registry.create("late", builder -> builder.capacity(1));
            started.getBean(ChannelListenerRegistry.class).register("late-listener", "late", message -> {});
            late.send("message");
            await().until(() -> observed(meters) == 1);
            registry.close("late");
            assertThat(meters.getMeters())
                    .noneMatch(meter -> "late".equals(meter.getId().getTag("channel")));
        });
    }

    @Test
    void keysAreThoseThatAreDocumented() {
        ChannelListenerObservationDocumentation documentation = ChannelListenerObservationDocumentation.LISTENER;
        KeyValues written = new DefaultChannelListenerObservationConvention()
                .getLowCardinalityKeyValues(new ChannelListenerContext("orders", "shop.handle", "message"));
        assertThat(written.stream().map(KeyValue::getKey))
                .containsExactlyElementsOf(Stream.of(documentation.getLowCardinalityKeyNames())
                        .map(KeyName::asString)
                        .sorted()
                        .toList());
        assertThat(documentation.getDefaultConvention()).isEqualTo(DefaultChannelListenerObservationConvention.class);
    }

    @Test
    void conventionOfTheApplicationIsUsed() {
        context.withBean("careless", ListenerTests.Throwing.class)
                .withBean(ChannelListenerObservationConvention.class, OwnConvention::new)
                .run(started -> {
                    started.getBean(ChannelRegistry.class).sender("orders").send(new Order(4));
                    await().until(() -> started.getBean(MeterRegistry.class)
                                    .find("channels.listener")
                                    .tag("order", "4")
                                    .timer()
                            != null);
                });
    }

    private static final class OwnConvention implements ChannelListenerObservationConvention {
        @Override
        public KeyValues getLowCardinalityKeyValues(ChannelListenerContext context) {
            return KeyValues.of("order", String.valueOf(((Order) context.message()).number()));
        }
    }

    @Test
    void observationOfTheSenderIsTheParent() {
        Channel<Object> parents = Channel.unbounded();
        context.withBean("seeing", ParentSeeing.class, () -> new ParentSeeing(parents))
                .run(started -> {
                    ObservationRegistry registry = started.getBean(ObservationRegistry.class);
                    Sender<Order> orders =
                            started.getBean(ChannelRegistry.class).sender("orders");
                    Observation sending = Observation.start("sending", registry);
                    sending.scopedChecked(() -> orders.send(new Order(1)));
                    sending.stop();
                    orders.send(new Order(2));
                    assertThat(parents.receive()).isSameAs(sending);
                    assertThat(parents.receive()).isEqualTo("no parent");
                });
    }

    static class ParentSeeing implements ObservationHandler<ChannelListenerContext> {
        private final Channel<Object> parents;

        ParentSeeing(Channel<Object> parents) {
            this.parents = parents;
        }

        @ChannelListener("orders")
        void handle(Order order) {}

        @Override
        public void onStart(ChannelListenerContext context) {
            parents.trySend(context.getParentObservation() == null ? "no parent" : context.getParentObservation());
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ChannelListenerContext;
        }
    }

    @Test
    void traceGoesOnInTheListener() {
        SimpleTracer tracer = new SimpleTracer();
        Channel<String> traces = Channel.unbounded();
        context.withBean(
                        "tracing",
                        DefaultTracingObservationHandler.class,
                        () -> new DefaultTracingObservationHandler(tracer))
                .run(started -> {
                    started.getBean(ChannelListenerRegistry.class).register("tracing-listener", "orders", message -> {
                        traces.trySend(tracer.currentSpan().context().traceId());
                    });
                    ObservationRegistry registry = started.getBean(ObservationRegistry.class);
                    Sender<Order> orders =
                            started.getBean(ChannelRegistry.class).sender("orders");
                    Observation.createNotStarted("sending", registry).observeChecked(() -> orders.send(new Order(1)));
                    String trace = traces.receive();
                    await().until(() -> tracer.getSpans().stream()
                                    .filter(span -> span.getEndTimestamp().toEpochMilli() > 0)
                                    .count()
                            == 2);
                    List<SimpleSpan> spans = List.copyOf(tracer.getSpans());
                    assertThat(spans).extracting(SimpleSpan::getTraceId).containsOnly(trace);
                    assertThat(spans).extracting(SimpleSpan::getName).contains("orders process");
                });
    }

    @Test
    void handlerThatFailsCostsNoMessageAndNoWorker() {
        Channel<Object> handled = Channel.unbounded();
        context.withBean("failing", FailingHandler.class).run(started -> {
            started.getBean(ChannelListenerRegistry.class).register("plain", "orders", handled::trySend);
            ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 3);
            assertThat(handled.receive()).isEqualTo(new Order(0));
            assertThat(handled.receive()).isEqualTo(new Order(1));
            assertThat(handled.receive()).isEqualTo(new Order(2));
        });
    }

    static class FailingHandler implements ObservationHandler<ChannelListenerContext> {
        @Override
        public void onStop(ChannelListenerContext context) {
            throw new IllegalStateException("no room for this");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ChannelListenerContext;
        }
    }

    @Test
    void observationsBackOffForABeanOfTheSameKind() {
        ListenerObservations own = new ListenerObservations(ObservationRegistry::create, () -> null);
        context.withBean("own", ListenerObservations.class, () -> own)
                .run(started ->
                        assertThat(started).getBean(ListenerObservations.class).isSameAs(own));
    }

    @Test
    void switchingThemOnWithoutARegistryIsRefused() {
        Channels.contextWithOrders()
                .withConfiguration(AutoConfigurations.of(
                        ChannelsObservationAutoConfiguration.class, MissingLibraryAutoConfiguration.class))
                .withPropertyValues("channels.listener.observation-enabled=true")
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(ChannelConfigurationException.class, refused -> {
                            assertThat(refused).hasMessageContaining("channels.listener.observation-enabled");
                            assertThat(refused.action()).contains("spring-boot-starter-actuator");
                        }));
    }

    @Test
    void nothingIsObservedWithoutMicrometer() {
        Channels.contextWithOrders()
                .withConfiguration(AutoConfigurations.of(
                        ChannelsObservationAutoConfiguration.class, MissingLibraryAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(started -> assertThat(started).hasNotFailed().doesNotHaveBean("channelListenerObservations"));
    }

    @Test
    void observationThatCannotBeginCostsNoMessage() {
        Channel<Object> handled = Channel.unbounded();
        context.withBean("failing", FailingStart.class).run(started -> {
            started.getBean(ChannelListenerRegistry.class).register("plain", "orders", handled::trySend);
            ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 1);
            await().until(() -> counters(started).handled() + counters(started).failed() == 1);
            assertThat(handled.tryReceive()).isEqualTo(new Order(0));
        });
    }

    static class FailingStart extends FailingHandler {
        @Override
        public void onStart(ChannelListenerContext context) {
            throw new IllegalStateException("not now");
        }
    }
}
