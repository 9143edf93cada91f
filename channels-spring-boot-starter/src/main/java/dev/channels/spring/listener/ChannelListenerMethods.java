package dev.channels.spring.listener;

import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.ChannelListener;
import dev.channels.spring.ChannelListeners;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.registry.RegisteredChannel;
import dev.channels.spring.registry.Suggestion;
import dev.channels.spring.transport.ChannelKind;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.StringUtils;

/** Finds the methods with {@link ChannelListener} and makes listeners of them, once all beans are there. */
public final class ChannelListenerMethods implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(ChannelListenerMethods.class);

    private final ConfigurableListableBeanFactory beans;
    private final DefaultChannelRegistry channels;
    private final DefaultChannelListenerRegistry listeners;
    private final ListenerSettings settings;

    /**
     * Creates the finder.
     *
     * @param beans where to look
     * @param channels what there is to listen to
     * @param listeners where to add what was found
     * @param settings what the properties say
     */
    public ChannelListenerMethods(
            ConfigurableListableBeanFactory beans,
            DefaultChannelRegistry channels,
            DefaultChannelListenerRegistry listeners,
            ListenerSettings settings) {
        this.beans = beans;
        this.channels = channels;
        this.listeners = listeners;
        this.settings = settings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        channels.complete();
        for (String beanName : beans.getBeanNamesForType(Object.class)) {
            if (!ScopedProxyUtils.isScopedTarget(beanName)) {
                Class<?> type = AutoProxyUtils.determineTargetClass(beans, beanName);
                if (type != null && AnnotationUtils.isCandidateClass(type, ChannelListener.class)) {
                    annotatedMethods(type)
                            .forEach((method, annotations) -> annotations.forEach(annotation ->
                                    addListener(beanName, new ListenerSignature(type, method), annotation)));
                }
            }
        }
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
        Set<ChannelListener> own = AnnotatedElementUtils.getMergedRepeatableAnnotations(
                method, ChannelListener.class, ChannelListeners.class);
        return own.isEmpty()
                ? AnnotatedElementUtils.findMergedRepeatableAnnotations(
                        method, ChannelListener.class, ChannelListeners.class)
                : own;
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
        signature.validate(registered.definition());
        refuseSecondAnswerer(signature, registered);
        String id = idOf(beanName, signature, resolve(annotation.id()));
        try {
            listeners.add(new ListenerDefinition(
                    id,
                    channel,
                    beanName,
                    signature.toString(),
                    handler(registered, invocation(beanName, signature), signature),
                    listeners.concurrency(id, registered, resolve(annotation.concurrency())),
                    settings.autoStartup(id, channel, resolve(annotation.autoStartup())),
                    settings.idleTimeout(id, channel)));
        } catch (IllegalArgumentException invalid) {
            throw new ChannelConfigurationException(
                    "The listener " + signature + " on channel '" + channel + "' cannot run: " + invalid.getMessage()
                            + ".",
                    "Correct it there. The properties of this listener are under '"
                            + PropertyNames.of("channels.listeners", id) + "'.");
        }
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

    private static MessageHandler handler(
            RegisteredChannel channel, ListenerMethod method, ListenerSignature signature) {
        return channel.definition().kind() == ChannelKind.REQUEST
                ? new RequestSignature(signature).handler(method)
                : method;
    }

    private ListenerMethod invocation(String beanName, ListenerSignature signature) {
        Object bean = beans.getBean(beanName);
        try {
            Method invocable = AopUtils.selectInvocableMethod(signature.method(), bean.getClass());
            return new ListenerMethod(bean, invocable, signature.parameterClass());
        } catch (IllegalStateException hidden) {
            throw new ChannelConfigurationException(
                    signature + " cannot be called through the proxy of bean '" + beanName + "'.",
                    "Declare the method in an interface of the bean, or use class-based proxies"
                            + " (spring.aop.proxy-target-class=true).");
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
