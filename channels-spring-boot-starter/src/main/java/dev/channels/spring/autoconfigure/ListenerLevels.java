package dev.channels.spring.autoconfigure;

import dev.channels.spring.autoconfigure.ChannelsProperties.Definition;
import dev.channels.spring.autoconfigure.ChannelsProperties.Listener;
import dev.channels.spring.registry.PropertyNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a listener's properties are written. What is written nearest to it wins, and its annotation stands between the
 * first and the second.
 *
 * @param id the listener's id
 * @param channelName the name of its channel
 * @param own what is said for it alone
 * @param channel what is said for the listeners of its channel
 * @param all what is said for all listeners
 */
record ListenerLevels(String id, String channelName, Listener own, Listener channel, Listener all) {

    private static final Listener NOTHING = new Listener();

    static ListenerLevels of(String id, String channel, ChannelsProperties properties) {
        Definition definition = properties.getDefinitions().get(channel);
        return new ListenerLevels(
                id,
                channel,
                own(id, properties.getListeners()),
                definition == null ? NOTHING : definition.getListener(),
                properties.getDefaults().getListener());
    }

    private static Listener own(String id, Map<String, Listener> listeners) {
        for (Map.Entry<String, Listener> entry : listeners.entrySet()) {
            if (PropertyNames.areSame(entry.getKey(), id)) {
                return entry.getValue();
            }
        }
        return NOTHING;
    }

    /** The first that is there of what the levels say. */
    <V> @Nullable Setting<V> first(@Nullable V ofListener, @Nullable V ofChannel, @Nullable V ofAll) {
        return first(ofListener, null, ofChannel, ofAll);
    }

    /** The first that is there of what the levels say, and the annotation. */
    <V> @Nullable Setting<V> first(
            @Nullable V ofListener, @Nullable V ofAnnotation, @Nullable V ofChannel, @Nullable V ofAll) {
        if (ofListener != null) {
            return new Setting<>(ofListener, "'" + PropertyNames.of("channels.listeners", id) + "'");
        }
        if (ofAnnotation != null) {
            return new Setting<>(ofAnnotation, "@ChannelListener");
        }
        if (ofChannel != null) {
            return new Setting<>(ofChannel, "'" + PropertyNames.of("channels.definitions", channelName) + ".listener'");
        }
        return ofAll == null ? null : new Setting<>(ofAll, "'channels.defaults.listener'");
    }

    /** A value, and where it was said. */
    record Setting<V>(V value, String source) {

        /** The value, if it was said at all. */
        static <V> V valueOf(@Nullable Setting<V> setting, V otherwise) {
            return setting == null ? otherwise : setting.value;
        }
    }
}
