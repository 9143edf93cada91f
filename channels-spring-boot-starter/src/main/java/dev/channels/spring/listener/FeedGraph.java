package dev.channels.spring.listener;

import dev.channels.spring.ChannelListenerErrorHandler;
import dev.channels.spring.ChannelListenerRegistry;
import dev.channels.spring.ChannelRegistry;
import dev.channels.spring.registry.DefaultChannelRegistry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Which channels a listener can send to: that of its {@code sendTo}, its dead-letter channel, and those that its bean or
 * an error handler depends on, directly or through other beans. A listener whose bean holds the registry of channels can
 * send to all of them, and so can one that is no bean's.
 */
final class FeedGraph {

    private final ConfigurableListableBeanFactory beans;
    private final DefaultChannelRegistry channels;
    private final Set<String> channelRegistries;
    private final Set<String> listenerRegistries;
    private final List<String> errorHandlers;
    private final Map<String, Set<String>> reachable = new HashMap<>();

    FeedGraph(ConfigurableListableBeanFactory beans, DefaultChannelRegistry channels) {
        this.beans = beans;
        this.channels = channels;
        this.channelRegistries = Set.of(beans.getBeanNamesForType(ChannelRegistry.class, false, false));
        this.listenerRegistries = Set.of(beans.getBeanNamesForType(ChannelListenerRegistry.class, false, false));
        this.errorHandlers = List.of(beans.getBeanNamesForType(ChannelListenerErrorHandler.class, true, false));
    }

    /** What feeds what while these listeners are at work: for each channel, the channels they take from. */
    Feeds feeds(List<ListenerContainer> working, Collection<String> channels) {
        Map<String, Set<String>> sources = new HashMap<>();
        for (ListenerContainer container : working) {
            for (String channel : channels) {
                if (canSend(container, channel)) {
                    sources.computeIfAbsent(channel, name -> new HashSet<>())
                            .add(container.channel().name());
                }
            }
        }
        return new Feeds(sources);
    }

    private boolean canSend(ListenerContainer container, String channel) {
        String beanName = container.definition().beanName();
        return beanName == null
                || channel.equals(container.definition().sendTo())
                || channel.equals(container.channel().definition().deadLetter())
                || canSend(beanName, channel)
                || errorHandlers.stream().anyMatch(handler -> canSend(handler, channel));
    }

    private boolean canSend(String beanName, String channel) {
        Set<String> others = reachable.computeIfAbsent(beanName, this::reachableFrom);
        return others.contains(channel) || others.stream().anyMatch(channelRegistries::contains);
    }

    private Set<String> reachableFrom(String beanName) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(beanName, ScopedProxyUtils.getTargetBeanName(beanName)));
        while (!next.isEmpty()) {
            String bean = next.remove();
            // A declared channel depends on the registry that opened it: what is behind a channel does not count.
            String[] dependencies = channels.isDeclared(bean) ? new String[0] : beans.getDependenciesForBean(bean);
            for (String dependency : dependencies) {
                // Who can stop a listener cannot send to its channel: what is behind that registry does not count.
                if (!listenerRegistries.contains(dependency) && seen.add(dependency)) {
                    next.add(dependency);
                    next.add(ScopedProxyUtils.getTargetBeanName(dependency));
                }
            }
        }
        return seen;
    }

    /**
     * What feeds what at one moment.
     *
     * @param sources for each channel, those whose listeners can send to it
     */
    record Feeds(Map<String, Set<String>> sources) {

        /** Whether no listener at work can send to this channel. */
        boolean isUnfed(String channel) {
            return !sources.containsKey(channel);
        }

        /**
         * The channels that feed each other in a circle with this one, itself among them; empty if there is no circle,
         * or if something outside feeds it.
         */
        Set<String> circleOf(String channel) {
            Set<String> upstream = upstreamOf(channel);
            boolean closed = upstream.contains(channel)
                    && upstream.stream().allMatch(source -> upstreamOf(source).contains(channel));
            return closed ? upstream : Set.of();
        }

        private Set<String> upstreamOf(String channel) {
            Set<String> seen = new LinkedHashSet<>();
            Deque<String> next = new ArrayDeque<>(sources.getOrDefault(channel, Set.of()));
            while (!next.isEmpty()) {
                String source = next.remove();
                if (seen.add(source)) {
                    next.addAll(sources.getOrDefault(source, Set.of()));
                }
            }
            return seen;
        }
    }
}
