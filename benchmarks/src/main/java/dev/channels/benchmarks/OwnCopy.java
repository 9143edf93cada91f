package dev.channels.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * Gives a peer its own copy of the classes in {@code .peers}. All peers run the same loops; if they shared the classes
 * they would share what the JIT knows about them, and calls it can inline for one peer alone would be slow for each.
 */
final class OwnCopy extends ClassLoader {

    private static final String COPIED = OwnCopy.class.getPackageName() + ".peers.";

    private OwnCopy() {
        super("own copy", OwnCopy.class.getClassLoader());
    }

    @SuppressWarnings("unchecked")
    static Peer of(PeerName name) {
        try {
            Class<?> peers = new OwnCopy().loadClass(COPIED + "Peers");
            return ((Function<PeerName, Peer>) peers.getConstructor().newInstance()).apply(name);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(COPIED)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }
}
