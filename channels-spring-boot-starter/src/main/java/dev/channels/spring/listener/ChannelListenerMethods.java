package dev.channels.spring.listener;

import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.ChannelListener;
import dev.channels.spring.ChannelListeners;
import dev.channels.spring.registry.ApplicationChannels;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.Suggestion;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
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

    private final ConfigurableListableBeanFactory beans;
    private final ApplicationChannels applicationChannels;
    private final DefaultChannelRegistry channels;
    private final DefaultChannelListenerRegistry listeners;
    private final ListenerSettings settings;

    /**
     * Creates the finder.
     *
     * @param beans where to look
     * @param applicationChannels completes the registry first
     * @param channels what there is to listen to
     * @param listeners where to add what was found
     * @param settings what the properties say
     */
    public ChannelListenerMethods(
            ConfigurableListableBeanFactory beans,
            ApplicationChannels applicationChannels,
            DefaultChannelRegistry channels,
            DefaultChannelListenerRegistry listeners,
            ListenerSettings settings) {
        this.beans = beans;
        this.applicationChannels = applicationChannels;
        this.channels = channels;
        this.listeners = listeners;
        this.settings = settings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        applicationChannels.register();
        for (String beanName : beans.getBeanNamesForType(Object.class)) {
            if (!ScopedProxyUtils.isScopedTarget(beanName)) {
                Class<?> type = AutoProxyUtils.determineTargetClass(beans, beanName);
                if (type != null && AnnotationUtils.isCandidateClass(type, ChannelListener.class)) {
                    addListenersOf(beanName, type);
                }
            }
        }
    }

    private void addListenersOf(String beanName, Class<?> type) {
        Map<Method, Set<ChannelListener>> methods = MethodIntrospector.selectMethods(
                type, (MethodIntrospector.MetadataLookup<Set<ChannelListener>>) method -> {
                    Set<ChannelListener> found = AnnotatedElementUtils.findMergedRepeatableAnnotations(
                            method, ChannelListener.class, ChannelListeners.class);
                    return found.isEmpty() ? null : found;
                });
        methods.forEach((method, annotations) -> annotations.forEach(
                annotation -> addListener(beanName, new ListenerSignature(type, method), annotation)));
    }

    private void addListener(String beanName, ListenerSignature signature, ChannelListener annotation) {
        String channel = resolve(annotation.value());
        if (!channels.contains(channel)) {
            throw new ChannelConfigurationException(
                    signature + " listens to channel '" + channel + "', which does not exist.",
                    Suggestion.of(channel, channels.names(), "channels")
                            + " Write its name in @ChannelListener, or declare it under 'channels.definitions'.");
        }
        signature.validate(channels.require(channel).definition());
        String id = idOf(beanName, signature, resolve(annotation.id()));
        try {
            listeners.add(new ListenerDefinition(
                    id,
                    channel,
                    beanName,
                    signature.toString(),
                    invocation(beanName, signature),
                    settings.concurrency(id, channel, resolve(annotation.concurrency())),
                    settings.autoStartup(id, channel, resolve(annotation.autoStartup())),
                    settings.idleTimeout(id, channel)));
        } catch (IllegalArgumentException invalid) {
            throw new ChannelConfigurationException(
                    "The listener " + signature + " on channel '" + channel + "' cannot be: " + invalid.getMessage()
                            + ".",
                    "Correct its @ChannelListener, or the properties under 'channels.listeners." + id + "'.");
        }
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
