package dev.channels.benchmarks.spring;

import dev.channels.benchmarks.Spread;
import dev.channels.benchmarks.spring.Figure.Goal;
import dev.channels.benchmarks.spring.Figure.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What several JVMs found out about one workload.
 *
 * @param workload the workload
 * @param results what each JVM of each application found out; nothing where it failed
 */
record Rows(Workload workload, Map<Contestant, List<Map<String, Double>>> results) {

    static final List<String> COLUMNS =
            List.of("workload", "what", "who", "measured", "compared", "must", "aim", "reached");

    List<List<String>> all() {
        List<List<String>> rows = new ArrayList<>();
        for (Figure figure : workload.figures()) {
            for (Contestant contestant : workload.contestants()) {
                if (results.containsKey(contestant)) {
                    rows.add(row(figure, contestant));
                }
            }
        }
        return rows;
    }

    private List<String> row(Figure figure, Contestant contestant) {
        List<Double> found = found(figure, contestant);
        List<Double> others = found(figure, workload.base());
        boolean isBase = contestant == workload.base() && figure.sense() != Sense.ITSELF;
        List<String> row = new ArrayList<>(List.of(workload.name(), figure.what(), contestant.label()));
        if (found.isEmpty()) {
            row.addAll(List.of("failed", "", "", "", ""));
        } else if (isBase || (figure.sense() != Sense.ITSELF && others.isEmpty())) {
            row.addAll(List.of(figure.measured(found), "", "", "", ""));
        } else {
            Spread compared = figure.compared(found, others);
            Goal goal = contestant.isOurs() ? figure.goal() : Goal.NONE;
            row.addAll(List.of(
                    figure.measured(found),
                    figure.format(compared),
                    Goal.describe(goal.must()),
                    Goal.describe(goal.aim()),
                    goal.verdict(compared)));
        }
        return row;
    }

    private List<Double> found(Figure figure, Contestant contestant) {
        return results.getOrDefault(contestant, List.of()).stream()
                .filter(result -> result.containsKey(figure.result()))
                .map(result -> result.get(figure.result()))
                .toList();
    }
}
