package dev.channels.elsewhere;

/** Go's {@code go}: the operations of a channel throw {@link InterruptedException}, and a {@link Runnable} cannot. */
final class Go {

    private Go() {}

    static Thread go(Work work) {
        return Thread.startVirtualThread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    interface Work {
        void run() throws Exception;
    }
}
