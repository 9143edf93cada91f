package dev.channels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A channel as its users see it. What makes it work is made when it is first used: until then it is its settings. */
final class StandardChannel<T> implements Channel<T>, Sends<T>, Receives<T> {

    private static final VarHandle WORKS;

    static {
        try {
            WORKS = MethodHandles.lookup().findVarHandle(StandardChannel.class, "works", Works.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final ChannelSettings<T> settings;
    private volatile @Nullable Works<T> works;

    StandardChannel(ChannelSettings<T> settings) {
        this.settings = settings;
    }

    private record Works<T>(Engine engine, Sending<T> sending, Receiving<T> receiving, Handles<T> handles) {

        static <T> Works<T> of(ChannelSettings<T> settings) {
            Engine engine = settings.engine();
            Sending<T> sending = new Sending<>(
                    settings.name(),
                    engine.inlet(),
                    settings.overflow(),
                    settings.onDropped(),
                    settings.interceptor(),
                    settings.sendWait());
            Receiving<T> receiving = new Receiving<>(engine.outlet(), settings.interceptor());
            return new Works<>(engine, sending, receiving, new Handles<>(engine, sending, receiving));
        }
    }

    private Works<T> works() {
        Works<T> known = works;
        return known != null ? known : firstWorks();
    }

    private Works<T> firstWorks() {
        WORKS.compareAndSet(this, null, Works.of(settings));
        return Objects.requireNonNull(works);
    }

    @Override
    public Sending<T> sending() {
        return works().sending;
    }

    @Override
    public Receiving<T> receiving() {
        return works().receiving;
    }

    @Override
    public Permit<T> reserve() throws InterruptedException {
        if (settings.capacity() == 0) {
            throw new UnsupportedOperationException("Channel '" + name() + "' has capacity 0: no room to reserve");
        }
        return works().sending.reserve();
    }

    @Override
    public SenderHandle<T> newSender() {
        return works().handles.newSender();
    }

    @Override
    public ReceiverHandle<T> newReceiver() {
        return works().handles.newReceiver();
    }

    @Override
    public void close() {
        works().engine.close(null);
    }

    @Override
    public void close(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        works().engine.close(cause);
    }

    @Override
    public List<T> closeNow() {
        return closeNowWith(null);
    }

    @Override
    public List<T> closeNow(Throwable cause) {
        return closeNowWith(Objects.requireNonNull(cause, "cause"));
    }

    private List<T> closeNowWith(@Nullable Throwable cause) {
        Works<T> present = works();
        return present.engine.closeNow(cause, false).stream()
                .map(present.receiving::message)
                .toList();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public int capacity() {
        return settings.capacity();
    }

    @Override
    public int size() {
        Works<T> known = works;
        return known == null ? 0 : known.engine.size();
    }

    @Override
    public int blockedSenders() {
        Works<T> known = works;
        return known == null ? 0 : known.engine.blockedSenders();
    }

    @Override
    public int blockedReceivers() {
        Works<T> known = works;
        return known == null ? 0 : known.engine.blockedReceivers();
    }

    @Override
    public ChannelStats stats() {
        Works<T> known = works;
        return known == null
                ? new ChannelStats(name(), capacity(), 0, 0, 0, 0, 0, 0, 0, false)
                : known.engine.stats(name(), capacity());
    }

    @Override
    public List<Waiter> waiters() {
        Works<T> known = works;
        return known == null ? List.of() : known.engine.waiters();
    }

    @Override
    public String toString() {
        return Description.of("Channel", stats());
    }
}
