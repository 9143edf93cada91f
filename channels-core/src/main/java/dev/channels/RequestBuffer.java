package dev.channels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests in the order of arrival. Any of them may give up, so each is found at once, also in an {@link Envelope}. */
final class RequestBuffer implements Buffer {

    private static final int KEPT = 128;

    private LinkedHashMap<Object, Object> sealedByRequest = new LinkedHashMap<>();
    private int peak;

    @Override
    public void add(Object sealed) {
        sealedByRequest.put(sealed instanceof Envelope<?> envelope ? envelope.message() : sealed, sealed);
        peak = Math.max(peak, size());
    }

    @Override
    public @Nullable Object poll() {
        Map.Entry<Object, Object> oldest = sealedByRequest.pollFirstEntry();
        shrink();
        return oldest == null ? null : oldest.getValue();
    }

    @Override
    public @Nullable Object peek() {
        Map.Entry<Object, Object> oldest = sealedByRequest.firstEntry();
        return oldest == null ? null : oldest.getValue();
    }

    @Override
    public Object replace(Object sealed) {
        Object oldest = poll();
        if (oldest == null) {
            return sealed;
        }
        add(sealed);
        return oldest;
    }

    @Override
    public boolean remove(Object request) {
        boolean removed = sealedByRequest.remove(request) != null;
        shrink();
        return removed;
    }

    /** Gives back the memory of a burst. */
    private void shrink() {
        if (peak > KEPT && size() < peak / 4) {
            peak = size();
            sealedByRequest = new LinkedHashMap<>(sealedByRequest);
        }
    }

    @Override
    public int size() {
        return sealedByRequest.size();
    }

    @Override
    public List<Object> clear() {
        List<Object> all = List.copyOf(sealedByRequest.values());
        sealedByRequest = new LinkedHashMap<>();
        peak = 0;
        return all;
    }
}
