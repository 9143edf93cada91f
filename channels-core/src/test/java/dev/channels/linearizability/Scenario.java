package dev.channels.linearizability;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;

/** Scenarios in words: the calls of one thread are separated by commas, a number is the argument. */
final class Scenario {

    private final Class<?> operations;

    Scenario(Class<?> operations) {
        this.operations = operations;
    }

    /** What the threads do at the same time, after what happened before. */
    ExecutionScenario of(String before, String... threads) {
        List<List<Actor>> parallel = new ArrayList<>();
        for (String thread : threads) {
            parallel.add(calls(thread));
        }
        return new ExecutionScenario(calls(before), parallel, List.of(), null);
    }

    private List<Actor> calls(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(call -> !call.isEmpty())
                .map(this::call)
                .toList();
    }

    private Actor call(String text) {
        String[] words = text.split(" ", -1);
        return words.length == 1
                ? new Actor(method(words[0]), List.of())
                : new Actor(method(words[0], int.class), List.of(Integer.parseInt(words[1])));
    }

    private Method method(String name, Class<?>... arguments) {
        try {
            return operations.getMethod(name, arguments);
        } catch (NoSuchMethodException unknown) {
            throw new AssertionError(unknown);
        }
    }
}
