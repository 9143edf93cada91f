package dev.channels;

/** A receiver of instants that come by themselves. */
final class Timer<T> implements Receives<T> {

    private final Receiving<T> receiving;

    Timer(Schedule schedule) {
        this.receiving = new Receiving<>(new TimerOutlet(schedule), null);
    }

    @Override
    public Receiving<T> receiving() {
        return receiving;
    }

    @Override
    public String toString() {
        return receiving.outlet().toString();
    }
}
