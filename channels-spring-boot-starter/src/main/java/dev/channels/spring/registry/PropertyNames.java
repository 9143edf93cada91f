package dev.channels.spring.registry;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** How names of channels and listeners are written in properties. */
public final class PropertyNames {

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9-]+");

    private PropertyNames() {}

    /**
     * The name of the properties of something: in brackets where the name has more than small letters, digits and
     * hyphens.
     *
     * @param prefix such as {@code channels.listeners}
     * @param name such as {@code shop.handle}
     * @return such as {@code channels.listeners[shop.handle]}
     */
    public static String of(String prefix, String name) {
        return PLAIN.matcher(name).matches() ? prefix + "." + name : prefix + "[" + name + "]";
    }

    /**
     * Whether two names are the same to Spring Boot's relaxed binding: an environment variable can write neither hyphens
     * nor capitals.
     *
     * @param left one name
     * @param right the other name
     * @return whether they are equal but for hyphens and case
     */
    public static boolean areSame(String left, String right) {
        return uniform(left).equals(uniform(right));
    }

    /**
     * A name as an environment variable writes it, in small letters.
     *
     * @param name the name
     * @return the name without hyphens and capitals
     */
    public static String uniform(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Leaves out what environment variables only seem to say. One for {@code order-audit} comes as {@code orderaudit} too,
     * because it can write neither hyphens nor capitals; its value is bound to the full name already.
     *
     * @param byName what was bound, by name
     * @param <V> what that is
     * @return the same without the second names
     */
    public static <V> Map<String, V> withoutTwins(Map<String, V> byName) {
        Map<String, V> kept = new LinkedHashMap<>();
        for (Map.Entry<String, V> entry : byName.entrySet()) {
            if (!isTwin(entry.getKey(), byName.keySet())) {
                kept.put(entry.getKey(), entry.getValue());
            }
        }
        return kept;
    }

    private static boolean isTwin(String name, Set<String> names) {
        for (String other : names) {
            if (!other.equals(name) && name.equals(uniform(other))) {
                return true;
            }
        }
        return false;
    }
}
