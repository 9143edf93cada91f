package dev.channels.benchmarks;

import java.io.PrintStream;
import java.util.Collections;
import java.util.List;

/** A Markdown table. Rows are printed when they are known: much time may lie between them. */
final class Table {

    private final PrintStream out;
    private final int columns;

    Table(PrintStream out, List<String> header) {
        this.out = out;
        this.columns = header.size();
        row(header);
        row(Collections.nCopies(columns, "---"));
    }

    void row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException("%d columns, not %s".formatted(columns, cells));
        }
        out.println("| " + String.join(" | ", cells) + " |");
        out.flush();
    }
}
