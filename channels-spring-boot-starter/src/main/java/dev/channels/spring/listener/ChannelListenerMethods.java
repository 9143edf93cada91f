package dev.channels.spring.listener;

import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.ChannelListener;
import dev.channels.spring.ChannelListeners;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.registry.RegisteredChannel;
import dev.channels.spring.registry.Suggestion;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.annotation.RepeatableContainers;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** Finds the methods with {@link ChannelListener} and makes listeners of them, once all beans are there. */
public final class ChannelListenerMethods implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(ChannelListenerMethods.class);

    private static final RepeatableContainers REPEATED =
            RepeatableContainers.explicitRepeatable(ChannelListener.class, ChannelListeners.class);

    private final ConfigurableListableBeanFactory beans;
    private final DefaultChannelRegistry channels;
    private final DefaultChannelListenerRegistry listeners;
    private final ListenerSettings settings;

    /**
     * Creates the finder.
     *
     * @param beans where to look
     * @param listeners where to add what was found
     */
    public ChannelListenerMethods(ConfigurableListableBeanFactory beans, DefaultChannelListenerRegistry listeners) {
        this.beans = beans;
        this.channels = listeners.channels();
        this.listeners = listeners;
        this.settings = listeners.settings();
    }

    @Override
    public void afterSingletonsInstantiated() {
        channels.complete();
        for (String beanName : beans.getBeanNamesForType(Object.class)) {
            if (!ScopedProxyUtils.isScopedTarget(beanName)) {
                Class<?> type = targetClass(beanName);
                if (type != null && mayHaveListeners(type)) {
                    addListeners(beanName, type);
                }
            }
        }
    }

    /** Spring's own beans are many, and have none. Told apart from an application's as for {@code @EventListener}. */
    private static boolean mayHaveListeners(Class<?> type) {
        return AnnotationUtils.isCandidateClass(type, ChannelListener.class)
                && (!type.getName().startsWith("org.springframework.")
                        || AnnotatedElementUtils.isAnnotated(ClassUtils.getUserClass(type), Component.class));
    }

    private void addListeners(String beanName, Class<?> type) {
        for (Map.Entry<Method, Set<ChannelListener>> found :
                annotatedMethods(type).entrySet()) {
            for (ChannelListener annotation : found.getValue()) {
                addListener(beanName, new ListenerSignature(type, found.getKey()), annotation);
            }
        }
    }

    /** What is behind the bean's proxy; a scoped one knows its target by name only. */
    private @Nullable Class<?> targetClass(String beanName) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, beanName);
        if (type == null || !ScopedObject.class.isAssignableFrom(type)) {
            return type;
        }
        Class<?> target = AutoProxyUtils.determineTargetClass(beans, ScopedProxyUtils.getTargetBeanName(beanName));
        return target == null ? type : target;
    }

    private static Map<Method, Set<ChannelListener>> annotatedMethods(Class<?> type) {
        try {
            return MethodIntrospector.selectMethods(
                    type, (MethodIntrospector.MetadataLookup<Set<ChannelListener>>) method -> {
                        Set<ChannelListener> found = annotationsOf(method);
                        return found.isEmpty() ? null : found;
                    });
        } catch (LinkageError missing) {
            // A bean whose methods speak of classes that are not there works as long as nobody calls them.
            logger.debug("The methods of {} cannot be looked at", type.getName(), missing);
            return Map.of();
        }
    }

    /** The method's own, or else those of the method that it overrides. */
    private static Set<ChannelListener> annotationsOf(Method method) {
        Set<ChannelListener> own = annotationsOf(method, SearchStrategy.DIRECT);
        return own.isEmpty() ? annotationsOf(method, SearchStrategy.TYPE_HIERARCHY) : own;
    }

    private static Set<ChannelListener> annotationsOf(Method method, SearchStrategy where) {
        Set<ChannelListener> found = new LinkedHashSet<>();
        for (MergedAnnotation<?> annotation : MergedAnnotations.from(method, where, REPEATED)) {
            if (annotation.getType() == ChannelListener.class) {
                found.add((ChannelListener) annotation.synthesize());
            }
        }
        return found;
    }

    private void addListener(String beanName, ListenerSignature signature, ChannelListener annotation) {
        String channel = resolve(annotation.value());
        if (!channels.contains(channel)) {
            throw new ChannelConfigurationException(
                    signature + " listens to channel '" + channel + "', which does not exist.",
                    Suggestion.of(channel, channels.names(), "channels")
                            + " Write its name in @ChannelListener, or declare it under 'channels.definitions'.");
        }
        RegisteredChannel registered = channels.require(channel);
        ChannelDefinition definition = registered.definition();
        signature.validate(definition);
        refuseSecondAnswerer(signature, registered);
        String id = idOf(beanName, signature, resolve(annotation.id()));
        try {
            BatchSettings batch =
                    settings.batch(id, channel, resolve(annotation.batchSize()), resolve(annotation.linger()));
            boolean batches = signature.takesBatches(definition, batch);
            String sendTo = resolve(annotation.sendTo());
            String key = resolve(annotation.key());
            MessageHandler handler = handler(registered, beanName, signature, sendTo);
            listeners.add(new ListenerDefinition(
                    id,
                    channel,
                    beanName,
                    signature.toString(),
                    batches ? new BatchHandler(handler, signature.batchElementClass()) : handler,
                    listeners.concurrency(id, registered, resolve(annotation.concurrency())),
                    listeners.autoStartup(id, registered, resolve(annotation.autoStartup())),
                    settings.idleTimeout(id, channel),
                    settings.failure(id, channel),
                    batches ? batch : null,
                    key.isEmpty()
                            ? null
                            : KeyExpression.of(key, definition, signature, batches, beans.getBeanClassLoader()),
                    settings.keyBuffer(id, channel),
                    sendTo.isEmpty() ? null : sendTo));
        } catch (IllegalArgumentException invalid) {
            throw new ChannelConfigurationException(
                    "The listener " + signature + " on channel '" + channel + "' cannot run: " + invalid.getMessage()
                            + ".",
                    "Correct it there. The properties of this listener are under '"
                            + PropertyNames.of("channels.listeners", id) + "'.");
        }
    }

    private MessageHandler handler(
            RegisteredChannel channel, String beanName, ListenerSignature signature, String sendTo) {
        ListenerMethod method = ListenerMethod.of(beanName, beans.getBean(beanName), signature);
        boolean answers = channel.definition().kind() == ChannelKind.REQUEST;
        if (answers && !sendTo.isEmpty()) {
            throw new ChannelConfigurationException(
                    signature + " sends to channel '" + sendTo + "', and answers on the request channel '"
                            + channel.name() + "' with what it returns.",
                    "Remove sendTo, and send through an injected Sender if there is more to send.");
        }
        if (answers) {
            return new RequestSignature(signature).handler(method);
        }
        if (sendTo.isEmpty()) {
            signature.warnOfLostResult();
            return method;
        }
        if (!channels.contains(sendTo)) {
            throw new ChannelConfigurationException(
                    signature + " sends to channel '" + sendTo + "', which does not exist.",
                    Suggestion.of(sendTo, channels.names(), "channels")
                            + " Write its name in sendTo, or declare it under 'channels.definitions'.");
        }
        RegisteredChannel target = channels.require(sendTo);
        ChannelKind kind = target.definition().kind();
        if (kind == ChannelKind.WATCH || kind == ChannelKind.REQUEST) {
            throw new ChannelConfigurationException(
                    signature + " sends to channel '" + sendTo + "', which is a "
                            + kind.name().toLowerCase(Locale.ROOT) + " channel.",
                    "Send to a queue or a broadcast, or call the injected "
                            + (kind == ChannelKind.WATCH ? "Watch" : "Requester") + " in the method.");
        }
        return Forwarding.of(signature, method, target);
    }

    private void refuseSecondAnswerer(ListenerSignature signature, RegisteredChannel channel) {
        ListenerContainer first = listeners.answererOf(channel);
        if (first != null) {
            throw new ChannelConfigurationException(
                    signature + " listens to the request channel '" + channel.name() + "', and so does "
                            + (first.definition().beanName() == null
                                    ? "the registered listener '" + first.id() + "'"
                                    : first.definition().description())
                            + ": a question has one who answers.",
                    "Remove one of the two. To answer more at once, give the listener more concurrency.");
        }
    }

    private String idOf(String beanName, ListenerSignature signature, String explicit) {
        if (StringUtils.hasText(explicit)) {
            return explicit;
        }
        String base = beanName + "." + signature.method().getName();
        String id = base;
        for (int number = 2; listeners.ids().contains(id); number++) {
            id = base + "-" + number;
        }
        return id;
    }

    private String resolve(String attribute) {
        String resolved = beans.resolveEmbeddedValue(attribute);
        return resolved == null ? "" : resolved.strip();
    }
}
