package dev.channels.linearizability;

/** Two places for a message, which nobody tells apart. */
public final class CrossingModel {

    private int messages;

    public boolean sendToEither(int message) {
        if (messages == 2) {
            return false;
        }
        messages++;
        return true;
    }

    public boolean receiveFromEither() {
        if (messages == 0) {
            return false;
        }
        messages--;
        return true;
    }

    public boolean receiveFromEitherInTheOtherOrder() {
        return receiveFromEither();
    }
}
