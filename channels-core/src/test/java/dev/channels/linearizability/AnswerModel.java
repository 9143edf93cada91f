package dev.channels.linearizability;

/** What becomes of one request that was received, for one thread. */
public final class AnswerModel {

    private boolean open = true;
    private boolean abandoned;
    private boolean cancelled;

    public boolean reply(int answer) {
        return end();
    }

    public boolean fail() {
        return end();
    }

    public boolean cancel() {
        if (end()) {
            abandoned = true;
            cancelled = true;
        }
        return cancelled;
    }

    public boolean isAbandoned() {
        return abandoned;
    }

    public void close() {
        // The request was received: it is answered.
    }

    public void closeNow() {
        abandoned |= end();
    }

    private boolean end() {
        boolean ended = open;
        open = false;
        return ended;
    }
}
