package dev.channels.spring.registry;

import java.util.Locale;
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
}
