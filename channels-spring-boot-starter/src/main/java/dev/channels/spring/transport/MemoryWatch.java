package dev.channels.spring.transport;

import dev.channels.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A watch in memory: one of ours, or a bean of the application. Its value is state, and only the newest counts. */
public final class MemoryWatch extends MemoryChannel {

    private final Watch<?> watch;
    private final List<WatchSource> listeners = new CopyOnWriteArrayList<>();

    /**
     * Makes a watch known to the rest of the starter.
     *
     * @param watch the watch
     */
    public MemoryWatch(Watch<?> watch) {
        super(watch, Measured.NOTHING);
        this.watch = watch;
    }

    @Override
    public Watch<?> bean() {
        return watch;
    }

    @Override
    public MessageSource subscribe() {
        WatchSource source = new WatchSource(watch.watcher(), listeners::remove);
        listeners.add(source);
        return source;
    }

    /** How many listeners have not seen the newest value. */
    @Override
    public int backlog() {
        return (int) listeners.stream().filter(WatchSource::isBehind).count();
    }

    @Override
    public void close() {
        watch.close();
    }

    /** Gives back the newest value once for each listener that has not seen it. */
    @Override
    public List<?> closeNow() {
        watch.close();
        List<Object> unseen = new ArrayList<>();
        listeners.forEach(listener -> listener.drainTo(unseen));
        return unseen;
    }
}
