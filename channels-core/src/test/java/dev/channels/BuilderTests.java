package dev.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels are built step by step; the compiler finds out the type of the messages. */
class BuilderTests {

    @Test
    void theTypeOfTheMessagesIsFoundByTheCompiler() throws Exception {
        Channel<String> c = Channel.builder("names").capacity(3).build();

        c.send("Ada");
        String name = c.receive();
        assertThat(name).isEqualTo("Ada");
    }

    @Test
    void whatGetsDroppedMessagesNarrowsTheType() {
        List<String> dropped = new ArrayList<>();
        Channel.Builder<String> builder =
                Channel.builder("names").overflow(Overflow.DROP_LATEST).onDropped(dropped::add);

        Channel<String> channel = builder.capacity(0).build();

        assertThat(channel.trySend("Ada")).isFalse();
        assertThat(channel.sendAsync("Grace")).isCompleted();
        assertThat(dropped).containsExactly("Grace");
    }

    @Test
    void aConsumerOfASupertypeWillDo() {
        List<Object> dropped = new ArrayList<>();
        Consumer<Object> consumer = dropped::add;
        ChannelInterceptor<CharSequence> interceptor = new ChannelInterceptor<>() {};

        Channel<String> channel = Channel.builder("names")
                .onDropped(consumer)
                .<String>interceptor(interceptor)
                .unbounded()
                .build();

        assertThat(channel.trySend("Ada")).isTrue();
    }

    @Test
    void aChannelOfASubtypeMayBeBuilt() {
        Channel.Builder<Number> builder = Channel.builder("numbers").onDropped((Number number) -> {});

        Channel<Integer> integers = builder.capacity(1).build();
        Channel<Long> longs = builder.build();

        assertThat(integers.trySend(1)).isTrue();
        assertThat(longs.trySend(1L)).isTrue();
    }

    @Test
    void unlessToldOtherwiseItIsARendezvousWhoseSendersWait() throws Exception {
        Channel<String> channel = Channel.builder("names").build();

        assertThat(channel.capacity()).isZero();
        assertThat(channel.trySend("Ada")).isFalse();
        assertThat(channel.sendAsync("Ada")).isNotDone();
        assertThat(channel.receive()).isEqualTo("Ada");
    }

    @Test
    void everyMethodReturnsTheBuilder() {
        Channel.Builder<Object> builder = Channel.builder("names");

        assertThat(builder.capacity(1)).isSameAs(builder);
        assertThat(builder.unbounded()).isSameAs(builder);
        assertThat(builder.overflow(Overflow.FAIL)).isSameAs(builder);
        assertThat((Object) builder.onDropped(message -> {})).isSameAs(builder);
        assertThat((Object) builder.interceptor(new ChannelInterceptor<>() {})).isSameAs(builder);
        assertThat(builder.sendTimeout(Duration.ofSeconds(1))).isSameAs(builder);
        assertThat(builder.onSendWaited(nanos -> {})).isSameAs(builder);
        assertThat(builder.lifo()).isSameAs(builder);
        assertThat((Object) builder.priority(Comparator.comparingInt(Object::hashCode)))
                .isSameAs(builder);
    }

    @Test
    void everyMethodOfTheOtherBuildersReturnsItToo() {
        Broadcast.Builder<Object> broadcast = Broadcast.builder("prices");
        assertThat(broadcast.capacity(1)).isSameAs(broadcast);
        assertThat(broadcast.overflow(Overflow.BLOCK)).isSameAs(broadcast);
        assertThat(broadcast.replay(1)).isSameAs(broadcast);
        assertThat((Object) broadcast.interceptor(new ChannelInterceptor<>() {}))
                .isSameAs(broadcast);
        assertThat(broadcast.sendTimeout(Duration.ofSeconds(1))).isSameAs(broadcast);
        assertThat(broadcast.onSendWaited(nanos -> {})).isSameAs(broadcast);
        RequestChannel.Builder<String, Integer> request = RequestChannel.builder("lengths");
        assertThat(request.capacity(1)).isSameAs(request);
        assertThat(request.unbounded()).isSameAs(request);
        assertThat(request.interceptor(new ChannelInterceptor<>() {})).isSameAs(request);
        assertThat(request.requestTimeout(Duration.ofSeconds(1))).isSameAs(request);
        assertThat(request.onSendWaited(nanos -> {})).isSameAs(request);
        Watch.Builder<Object> watch = Watch.builder("latest");
        assertThat((Object) watch.initial(1)).isSameAs(watch);
    }

    @Test
    void priorityAndLifoTogetherAreRefusedWhenTheChannelIsBuilt() {
        Channel.Builder<Object> builder = Channel.builder("names").capacity(1);
        builder.lifo();
        builder.priority(Comparator.comparingInt(Object::hashCode));

        assertThatIllegalStateException().isThrownBy(builder::build);
    }

    @Test
    void aBuiltWatchHasNoValueUntilTheFirstIsSet() {
        Watch<String> watch = Watch.builder("latest").build();

        assertThat(watch.get()).isNull();
        watch.set("Ada");
        assertThat(watch.get()).isEqualTo("Ada");
    }

    @Test
    void aBuilderMayBuildManyTimes() {
        Channel.Builder<Object> builder = Channel.builder("names").capacity(1);
        Channel<String> first = builder.build();
        Channel<String> second = builder.build();
        Channel<Integer> third = builder.capacity(2).build();

        first.trySend("Ada");
        first.close();

        assertThat(second.isClosedForSend()).isFalse();
        assertThat(second.size()).isZero();
        assertThat(second.name()).isEqualTo(first.name()).isEqualTo("names");
        assertThat(second.capacity()).isOne();
        assertThat(third.capacity()).isEqualTo(2);
    }

    @Test
    void betweenCapacityAndUnboundedTheLastCallWins() {
        assertThat(Channel.builder("names").capacity(3).unbounded().build().capacity())
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(Channel.builder("names").unbounded().capacity(3).build().capacity())
                .isEqualTo(3);
        assertThat(Channel.builder("names").capacity(3).capacity(4).build().capacity())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void aNegativeCapacityIsRefused(int capacity) {
        Channel.Builder<Object> builder = Channel.builder("names");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.capacity(capacity));
        assertThatIllegalArgumentException().isThrownBy(() -> Channel.bounded(capacity));
    }

    @Test
    void aLargeCapacityCostsNothingUntilItIsUsed() {
        assertThat(Channel.bounded(Integer.MAX_VALUE - 1).capacity()).isEqualTo(Integer.MAX_VALUE - 1);
    }
}
