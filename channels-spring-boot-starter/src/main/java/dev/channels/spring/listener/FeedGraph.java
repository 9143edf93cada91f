package dev.channels.spring.listener;

import dev.channels.spring.registry.DefaultChannelRegistry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Which channels a listener can send to: those that its bean depends on, directly or through other beans. A bean that
 * holds the registry can send to all of them.
 */
final class FeedGraph {

    private final Map<String, Set<String>> fedBy = new HashMap<>();

    /** Looks at the listeners that are still at work, and at the channels that are not closed yet. */
    FeedGraph(ConfigurableListableBeanFactory beans, Collection<ListenerContainer> working, Set<String> channels) {
        Set<String> registries = Set.of(beans.getBeanNamesForType(DefaultChannelRegistry.class, false, false));
        for (ListenerContainer container : working) {
            String beanName = container.definition().beanName();
            Set<String> reachable = beanName == null ? Set.of() : reachableFrom(beanName, beans);
            boolean all = reachable.stream().anyMatch(registries::contains);
            for (String channel : channels) {
                if (all || reachable.contains(channel)) {
                    fedBy.computeIfAbsent(channel, name -> new HashSet<>())
                            .add(container.channel().name());
                }
            }
        }
    }

    private static Set<String> reachableFrom(String beanName, ConfigurableListableBeanFactory beans) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(Set.of(beanName));
        while (!next.isEmpty()) {
            for (String dependency : beans.getDependenciesForBean(next.remove())) {
                if (seen.add(dependency)) {
                    next.add(dependency);
                }
            }
        }
        return seen;
    }

    /** The channels whose messages can lead to a message in this one, by any number of steps. */
    private Set<String> upstreamOf(String channel) {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>(fedBy.getOrDefault(channel, Set.of()));
        while (!next.isEmpty()) {
            String source = next.remove();
            if (seen.add(source)) {
                next.addAll(fedBy.getOrDefault(source, Set.of()));
            }
        }
        return seen;
    }

    /** Whether no listener at work can send to this channel. */
    boolean isUnfed(String channel) {
        return !fedBy.containsKey(channel);
    }

    /**
     * The channels that feed each other in a circle with this one, itself among them; empty if there is no circle, or if
     * something outside feeds it.
     */
    Set<String> circleOf(String channel) {
        Set<String> upstream = upstreamOf(channel);
        boolean closed = upstream.contains(channel)
                && upstream.stream().allMatch(source -> upstreamOf(source).contains(channel));
        return closed ? upstream : Set.of();
    }
}
