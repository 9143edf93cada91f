package dev.channels.spring.listener;

import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import dev.channels.spring.transport.ChannelTransport;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.MapAccessor;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.expression.spel.support.StandardTypeLocator;

/** Reads a message's key: a property path, or SpEL with the message as root. */
final class KeyExpression {

    private static final Pattern PATH = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");

    private final Expression expression;
    private final StandardEvaluationContext context = new StandardEvaluationContext();

    private KeyExpression(Expression expression, @Nullable ClassLoader classLoader) {
        this.expression = expression;
        context.setTypeLocator(new StandardTypeLocator(classLoader));
        context.addPropertyAccessor(new MapAccessor(false));
    }

    /**
     * The key of a listener, if it can have one.
     *
     * @param text what the annotation says
     * @param channel what it listens to
     * @param signature what is called
     * @param batches whether it takes batches
     * @param classLoader where types are found
     */
    static KeyExpression of(
            String text,
            ChannelDefinition channel,
            ListenerSignature signature,
            boolean batches,
            @Nullable ClassLoader classLoader) {
        if (batches) {
            throw new ChannelConfigurationException(
                    signature + " has the key '" + text + "', and takes batches.",
                    "Give it one message at a time, or remove the key: a batch has messages of many keys.");
        }
        if (channel.kind() == ChannelKind.WATCH || channel.kind() == ChannelKind.REQUEST) {
            throw new ChannelConfigurationException(
                    signature + " has the key '" + text + "', and channel '" + channel.name() + "' is a "
                            + channel.kind().name().toLowerCase(Locale.ROOT) + " channel.",
                    "Order by key is for queues and broadcasts: remove the key.");
        }
        if (!channel.transport().equals(ChannelTransport.MEMORY)) {
            throw new ChannelConfigurationException(
                    signature + " has the key '" + text + "', and the messages of channel '" + channel.name()
                            + "' are at transport '" + channel.transport() + "'.",
                    "Order by key needs a channel in memory: remove the key, or the transport of the channel.");
        }
        return parse(text, signature.payload(channel), signature.toString(), classLoader);
    }

    /**
     * Reads the expression, and refuses what can be seen to fail for every message.
     *
     * @param text what the annotation says
     * @param payload the type of the messages, as far as it is known
     * @param where whose key it is, for people
     * @param classLoader where types are found
     */
    private static KeyExpression parse(
            String text, ResolvableType payload, String where, @Nullable ClassLoader classLoader) {
        boolean path = text.indexOf('#') < 0 && text.indexOf('(') < 0;
        if (path && !PATH.matcher(text).matches()) {
            throw new ChannelConfigurationException(
                    where + " has the key '" + text + "', which is no property path.",
                    "Write the name of a property of the message, such as customer or customer.id,"
                            + " or an expression that begins with #root, such as #root.customer?.id.");
        }
        try {
            SpelExpression parsed = new SpelExpressionParser().parseRaw(text);
            new KeyCheck(text, payload, where, path).check(parsed.getAST());
            return new KeyExpression(parsed, classLoader);
        } catch (ParseException unreadable) {
            throw new ChannelConfigurationException(
                    where + " has the key '" + text + "', which cannot be read: " + unreadable.getSimpleMessage() + ".",
                    "Write the name of a property of the message, or an expression in the Spring Expression Language.");
        }
    }

    @Nullable Object read(Object message) {
        return expression.getValue(context, message);
    }
}
