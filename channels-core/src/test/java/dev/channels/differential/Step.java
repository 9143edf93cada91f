package dev.channels.differential;

import java.util.random.RandomGenerator;

/**
 * One step of a program.
 *
 * @param number what the operation makes of it: a message, a limit, which receiver, which future
 * @param interrupted whether the interrupt flag is set before
 */
record Step(Operation operation, int number, boolean interrupted) {

    static Step random(RandomGenerator random) {
        return new Step(Operation.random(random), random.nextInt(1_000), random.nextInt(20) == 0);
    }

    @Override
    public String toString() {
        return operation + " " + number + (interrupted ? ", interrupted" : "");
    }
}
