package dev.channels.differential;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.Overflow;
import dev.channels.oracle.OracleBroadcast;
import dev.channels.oracle.OracleChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The oracle and a channel that must behave as it does. Each call makes a new one. */
record Contestants(String name, Supplier<Subject> oracle, Supplier<Subject> real) {

    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final List<Integer> CAPACITIES = List.of(0, 1, 2, 3, 10, UNBOUNDED);

    /** No message is negative. */
    private static final Comparator<Integer> NO_MATTER = Comparator.comparing(message -> message < 0);

    /** Channels of every capacity and policy, with callbacks and without. */
    static Stream<Contestants> channels() {
        List<Contestants> all = new ArrayList<>();
        for (int capacity : CAPACITIES) {
            for (Overflow overflow : Overflow.values()) {
                Channel.Builder<Object> builder = builder(capacity, overflow);
                all.add(silent(capacity, overflow, "", builder::build));
                all.add(withCallbacks(capacity, overflow));
                // Where all messages are equal, priority is first in, first out; but what it drops is the newest.
                if (capacity > 0 && overflow != Overflow.DROP_OLDEST) {
                    Channel.Builder<Integer> equals =
                            builder(capacity, overflow).priority(NO_MATTER);
                    all.add(silent(capacity, overflow, " by priority", equals::build));
                }
            }
        }
        return all.stream();
    }

    static Stream<Contestants> broadcasts() {
        List<Contestants> all = new ArrayList<>();
        for (int capacity : List.of(1, 2, 3, 10)) {
            for (Overflow overflow : List.of(Overflow.BLOCK, Overflow.DROP_OLDEST)) {
                for (int replay = 0; replay <= Math.min(capacity, 2); replay++) {
                    all.add(broadcast(capacity, overflow, replay));
                }
            }
        }
        return all.stream();
    }

    private static Contestants silent(
            int capacity, Overflow overflow, String order, Supplier<? extends Channel<Integer>> channel) {
        return new Contestants(
                "channel of " + inWords(capacity) + ", " + overflow + order,
                () -> new ChannelSubject(
                        OracleChannel.of("channel", capacity, overflow, null, null), overflow, new Events()),
                () -> new ChannelSubject(channel.get(), overflow, new Events()));
    }

    private static Contestants withCallbacks(int capacity, Overflow overflow) {
        return new Contestants(
                "channel of " + inWords(capacity) + ", " + overflow + ", with callbacks",
                () -> {
                    Events events = new Events();
                    return new ChannelSubject(
                            OracleChannel.of("channel", capacity, overflow, events::onDropped, events),
                            overflow,
                            events);
                },
                () -> {
                    Events events = new Events();
                    Consumer<Integer> onDropped = events::onDropped;
                    ChannelInterceptor<Integer> interceptor = events;
                    return new ChannelSubject(
                            builder(capacity, overflow)
                                    .onDropped(onDropped)
                                    .interceptor(interceptor)
                                    .build(),
                            overflow,
                            events);
                });
    }

    private static Contestants broadcast(int capacity, Overflow overflow, int replay) {
        return new Contestants(
                "broadcast of " + capacity + ", " + overflow + ", replay " + replay,
                () -> new BroadcastSubject(OracleBroadcast.of("broadcast", capacity, overflow, replay), overflow),
                () -> new BroadcastSubject(
                        Broadcast.builder("broadcast")
                                .capacity(capacity)
                                .overflow(overflow)
                                .replay(replay)
                                .build(),
                        overflow));
    }

    private static Channel.Builder<Object> builder(int capacity, Overflow overflow) {
        Channel.Builder<Object> builder = Channel.builder("channel").overflow(overflow);
        return capacity == UNBOUNDED ? builder.unbounded() : builder.capacity(capacity);
    }

    private static String inWords(int capacity) {
        return capacity == UNBOUNDED ? "any number" : String.valueOf(capacity);
    }

    @Override
    public String toString() {
        return name;
    }
}
