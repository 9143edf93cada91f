package dev.channels.benchmarks;

import java.io.PrintStream;
import java.util.Collections;
import java.util.List;

/** A Markdown table. Rows are printed when they are known: much time may lie between them. */
public final class Table {

    private final PrintStream out;
    private final int columns;

    /**
     * Prints the head of the table.
     *
     * @param out where to
     * @param header the names of the columns
     */
    public Table(PrintStream out, List<String> header) {
        this.out = out;
        this.columns = header.size();
        row(header);
        row(Collections.nCopies(columns, "---"));
    }

    /**
     * Prints a row.
     *
     * @param cells one for each column
     */
    public void row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException("%d columns, not %s".formatted(columns, cells));
        }
        out.println("| " + String.join(" | ", cells) + " |");
        out.flush();
    }
}
