package dev.channels.benchmarks;

/** Who hands messages to whom. */
public sealed interface Shape {

    /**
     * What it needs.
     *
     * @return how many pipes
     */
    int pipes();

    /**
     * How many steps one message makes; time is given per step.
     *
     * @return the number
     */
    default int steps() {
        return 1;
    }

    /**
     * Many to many, over one pipe.
     *
     * @param senders how many send
     * @param receivers how many receive
     */
    record Transfer(int senders, int receivers) implements Shape {
        @Override
        public int pipes() {
            return 1;
        }
    }

    /** There and back, over two pipes. */
    record PingPong() implements Shape {
        @Override
        public int pipes() {
            return 2;
        }
    }

    /**
     * Everyone takes from the left and passes on to the right.
     *
     * @param length how many do so
     */
    record Chain(int length) implements Shape {
        @Override
        public int pipes() {
            return length + 1;
        }

        @Override
        public int steps() {
            return length;
        }
    }

    /**
     * One receives from many pipes, each with its own sender, whatever comes first.
     *
     * @param pipes how many
     */
    record SelectOver(int pipes) implements Shape {}
}
