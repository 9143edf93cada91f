package dev.channels.spring.autoconfigure.jackson;

import dev.channels.Monitored;
import dev.channels.OneShot;
import dev.channels.Permit;
import dev.channels.Receiver;
import dev.channels.Request;
import dev.channels.Requester;
import dev.channels.Sender;
import dev.channels.Watcher;
import java.io.Serial;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;

/** Refuses to make JSON of a channel: to walk through one is to receive its messages. */
final class ChannelsJacksonModule extends SimpleModule {

    @Serial
    private static final long serialVersionUID = 1L;

    ChannelsJacksonModule() {
        super("channels");
        for (Class<?> type : List.of(
                Sender.class,
                Receiver.class,
                Monitored.class,
                Watcher.class,
                Requester.class,
                Request.class,
                OneShot.class,
                Permit.class)) {
            addSerializer(type, new Refusing<>());
        }
    }

    private static final class Refusing<T> extends ValueSerializer<T> {

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            context.reportBadDefinition(
                    value.getClass(),
                    "A " + kindOf(value)
                            + " is where messages pass, it is no data; to make JSON of it would be to receive"
                            + " them. Return what you want to show: its stats(), or messages that you took from it"
                            + " with drainTo(list, max) or tryReceive(timeout).");
        }

        private static String kindOf(Object value) {
            return Stream.of(ClassUtils.getAllInterfaces(value))
                    .filter(type -> type.getPackage().equals(Sender.class.getPackage()))
                    .filter(type -> Modifier.isPublic(type.getModifiers()))
                    .map(Class::getSimpleName)
                    .findFirst()
                    .orElse("channel");
        }

        @Override
        public void serializeWithType(
                T value, JsonGenerator generator, SerializationContext context, TypeSerializer typeSerializer) {
            serialize(value, generator, context);
        }
    }
}
