package dev.channels.benchmarks.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What runs in a JVM of its own: an application, and one task. Prints a line for each result. */
final class Child {

    private static final String MARK = "result ";

    private Child() {}

    /** The arguments with which a JVM is told what to do: for Spring with two hyphens, for the task without. */
    static List<String> arguments(Contestant contestant, Task task, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of(Child.class.getName(), contestant.name(), task.name()));
        arguments.addAll(settings);
        arguments.add("--spring.main.banner-mode=off");
        arguments.add("--logging.level.root=warn");
        if (!contestant.profiles().isEmpty()) {
            arguments.add("--spring.profiles.active=" + String.join(",", contestant.profiles()));
        }
        return arguments;
    }

    public static void main(String[] arguments) throws Exception {
        Contestant contestant = Contestant.valueOf(arguments[0]);
        List<String> forSpring = new ArrayList<>();
        Map<String, String> settings = new TreeMap<>();
        for (String argument : List.of(arguments).subList(2, arguments.length)) {
            int equals = argument.indexOf('=');
            if (argument.startsWith("--")) {
                forSpring.add(argument);
            } else {
                settings.put(argument.substring(0, equals), argument.substring(equals + 1));
            }
        }
        SpringApplication application = new SpringApplication(Class.forName(contestant.applicationClass()));
        try (ConfigurableApplicationContext context = application.run(forSpring.toArray(String[]::new))) {
            Task.valueOf(arguments[1])
                    .of(new Running(context, settings))
                    .forEach((name, result) -> System.out.println(MARK + name + "=" + result));
        }
        // Whatever an application has left running.
        System.exit(0);
    }

    /** Reads what was printed, among what others have printed. */
    static Map<String, Double> results(List<String> lines) {
        Map<String, Double> results = new TreeMap<>();
        for (String line : lines) {
            int equals = line.lastIndexOf('=');
            if (line.startsWith(MARK) && equals > 0) {
                results.put(line.substring(MARK.length(), equals), Double.valueOf(line.substring(equals + 1)));
            }
        }
        return results;
    }
}
