package dev.channels.spring.autoconfigure;

import dev.channels.Overflow;
import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import dev.channels.spring.transport.ChannelTransport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a channel of each kind can have, and what it needs. */
final class KindRules {

    private static final String NO_ANSWERS = "only a request channel has answers: write 'kind: request', or remove it";
    private static final String NOTHING_IS_ASKED =
            "only a request channel is asked: write 'kind: request', or remove it";
    private static final String NOTHING_WAITS =
            "a watch holds one value, the latest, and setting it never waits: remove it";

    /** For each kind the keys that it cannot have, and why. */
    private static final Map<ChannelKind, Map<String, String>> UNFIT = Map.of(
            ChannelKind.QUEUE, ordered("reply-type", NO_ANSWERS, "request-timeout", NOTHING_IS_ASKED),
            ChannelKind.BROADCAST, ordered("reply-type", NO_ANSWERS, "request-timeout", NOTHING_IS_ASKED),
            ChannelKind.WATCH,
                    ordered(
                            "capacity",
                            NOTHING_WAITS,
                            "overflow",
                            NOTHING_WAITS,
                            "send-timeout",
                            NOTHING_WAITS,
                            "time-in-queue",
                            NOTHING_WAITS,
                            "dead-letter",
                            "a value that a listener fails on is followed by the next: remove it",
                            "reply-type",
                            NO_ANSWERS,
                            "request-timeout",
                            NOTHING_IS_ASKED),
            ChannelKind.REQUEST,
                    ordered(
                            "overflow",
                            "who asks always waits: remove it, and limit the wait with 'request-timeout'",
                            "send-timeout",
                            "who asks waits for the answer too: write 'request-timeout' instead",
                            "dead-letter",
                            "who asked gets the failure: remove it"));

    private final Origins origins;

    KindRules(Origins origins) {
        this.origins = origins;
    }

    private static Map<String, String> ordered(String... keysAndReasons) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (int index = 0; index < keysAndReasons.length; index += 2) {
            reasons.put(keysAndReasons[index], keysAndReasons[index + 1]);
        }
        return reasons;
    }

    /** A default that a kind cannot have is meant for the others. */
    static int defaultCapacity(ChannelKind kind, ChannelsProperties.Defaults defaults) {
        int common = defaults.getCapacity().messages();
        return switch (kind) {
            case QUEUE, REQUEST -> common;
            case BROADCAST -> Math.max(common, 1);
            case WATCH -> 1;
        };
    }

    /** A default that a kind cannot have is meant for the others. */
    static Overflow defaultOverflow(ChannelKind kind, ChannelsProperties.Defaults defaults) {
        boolean fits = switch (kind) {
            case QUEUE -> true;
            case BROADCAST -> isFitForBroadcast(defaults.getOverflow());
            case WATCH, REQUEST -> false;
        };
        return fits ? defaults.getOverflow() : Overflow.BLOCK;
    }

    private static boolean isFitForBroadcast(Overflow overflow) {
        return overflow == Overflow.BLOCK || overflow == Overflow.DROP_OLDEST;
    }

    void check(ChannelDefinition channel) {
        for (Map.Entry<String, String> unfit :
                UNFIT.getOrDefault(channel.kind(), Map.of()).entrySet()) {
            refuse(channel, unfit.getKey(), unfit.getValue());
        }
        switch (channel.kind()) {
            case QUEUE -> {}
            case BROADCAST -> checkBroadcast(channel);
            case WATCH -> checkWatch(channel);
            case REQUEST -> checkRequest(channel);
        }
        if (channel.sendTimeout() != null && channel.overflow() != Overflow.BLOCK) {
            throw new ChannelConfigurationException(
                    describe(channel) + " cannot have send-timeout" + at(channel, "send-timeout") + ": with overflow "
                            + written(channel.overflow()) + " no send waits.",
                    "Remove it, or write 'overflow: block'.");
        }
        checkTime(channel, "send-timeout", channel.sendTimeout());
        checkTime(channel, "request-timeout", channel.requestTimeout());
    }

    private void refuse(ChannelDefinition channel, String key, String why) {
        if (origins.contain(channel.name(), key)) {
            throw new ChannelConfigurationException(
                    describe(channel) + " cannot have " + key + at(channel, key) + ".",
                    Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".");
        }
    }

    private void checkBroadcast(ChannelDefinition broadcast) {
        if (broadcast.capacity() < 1) {
            throw new ChannelConfigurationException(
                    describe(broadcast) + " has no capacity" + at(broadcast, "capacity") + ".",
                    "Give each subscription room for at least one message: capacity 1 or more.");
        }
        if (!isFitForBroadcast(broadcast.overflow())) {
            throw new ChannelConfigurationException(
                    describe(broadcast) + " cannot have overflow " + written(broadcast.overflow())
                            + at(broadcast, "overflow") + ".",
                    "Write 'block', so that senders wait for the slowest subscription, or 'drop-oldest'.");
        }
    }

    private void checkWatch(ChannelDefinition watch) {
        if (!watch.transport().equals(ChannelTransport.MEMORY)) {
            throw new ChannelConfigurationException(
                    describe(watch) + " cannot have the transport '" + watch.transport() + "'" + at(watch, "transport")
                            + ": its value is in this process.",
                    "Write 'transport: memory', or make it a broadcast.");
        }
    }

    private void checkRequest(ChannelDefinition request) {
        if (request.replyType() == null) {
            throw lacking(request, "reply-type", "answers");
        }
        if (request.elementType() == null) {
            throw lacking(request, "type", "questions");
        }
    }

    private static ChannelConfigurationException lacking(ChannelDefinition request, String key, String what) {
        return new ChannelConfigurationException(
                describe(request) + " has no " + key + ".",
                "Write the Java type of its " + what + " in '"
                        + PropertyNames.of("channels.definitions", request.name()) + "." + key + "'.");
    }

    private void checkTime(ChannelDefinition channel, String key, @Nullable Duration time) {
        if (time != null && !time.isPositive()) {
            throw new ChannelConfigurationException(
                    describe(channel) + " has the " + key + " " + time + at(channel, key)
                            + ", which is no time to wait.",
                    "Write a time such as 5s, or remove it to wait for ever.");
        }
    }

    private String at(ChannelDefinition channel, String key) {
        return origins.describe(channel.name(), key);
    }

    private static String describe(ChannelDefinition channel) {
        String kind = channel.kind() == ChannelKind.REQUEST ? "request channel" : written(channel.kind());
        return "The " + kind + " '" + channel.name() + "'";
    }

    private static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
