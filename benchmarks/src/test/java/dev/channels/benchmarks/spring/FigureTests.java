package dev.channels.benchmarks.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.benchmarks.Spread;
import dev.channels.benchmarks.spring.Figure.Goal;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTests {

    @Test
    void ratiosAreTakenFromJvmToJvm() {
        Figure figure = Figure.ratio("nanos", "time", "ns", Goal.NONE);

        Spread compared = figure.compared(List.of(100.0, 300.0, 80.0), List.of(200.0, 100.0, 100.0));

        assertThat(figure.format(compared)).isEqualTo("×0.80 (0.50..3)");
    }

    @Test
    void whatIsAddedIsTakenFromJvmToJvm() {
        Figure figure = Figure.adds("millis", "time", "ms", Goal.NONE);

        Spread compared = figure.compared(List.of(1030.0, 1010.5), List.of(1000.0, 1000.0));

        assertThat(figure.format(compared)).isEqualTo("+20.3 (10.5..30)");
    }

    @Test
    void theMedianIsJudged() {
        Goal goal = Goal.atMost(1.0, 0.6);

        assertThat(goal.verdict(new Spread(0.6, 0.5, 2))).isEqualTo("aim");
        assertThat(goal.verdict(new Spread(0.61, 0.5, 2))).isEqualTo("yes");
        assertThat(goal.verdict(new Spread(1.01, 0.5, 2))).isEqualTo("**no**");
    }

    @Test
    void moreMayBeBetter() {
        Goal goal = Goal.atLeast(0.98, 1.0);

        assertThat(goal.verdict(new Spread(1.0, 0.9, 1.1))).isEqualTo("aim");
        assertThat(goal.verdict(new Spread(0.97, 0.9, 1.1))).isEqualTo("**no**");
    }

    @Test
    void whatHoldsAlwaysIsJudgedByTheWorst() {
        Goal goal = Goal.alwaysAtMost(0);

        assertThat(goal.verdict(new Spread(0, 0, 0))).isEqualTo("yes");
        assertThat(goal.verdict(new Spread(0, 0, 1))).isEqualTo("**no**");
    }

    @Test
    void numbersHaveThreeDigitsThatCount() {
        assertThat(List.of(0.0, 0.123, 12.34, 123.4, 12345.6, -0.5))
                .extracting(Figure::number)
                .containsExactly("0", "0.12", "12.3", "123", "12,346", "-0.50");
    }
}
