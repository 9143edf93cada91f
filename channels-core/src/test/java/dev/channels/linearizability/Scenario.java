package dev.channels.linearizability;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;

/** Scenarios in words: {@code trySend 1 | tryReceive, trySend 2 | close}. A number is the argument. */
final class Scenario {

    private final Class<?> operations;

    Scenario(Class<?> operations) {
        this.operations = operations;
    }

    /** What happened before, and after a bar for each thread what they do at the same time. */
    ExecutionScenario of(String text) {
        List<List<Actor>> parts =
                Arrays.stream(text.split("\\|", -1)).map(this::calls).toList();
        return new ExecutionScenario(parts.getFirst(), parts.subList(1, parts.size()), List.of(), null);
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
