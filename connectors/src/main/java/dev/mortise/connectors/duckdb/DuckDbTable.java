package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.jdbc.TableName;
import dev.mortise.spi.connect.Dataset;
import java.util.List;
import java.util.Set;

/// What the catalogue says about a table.
///
/// @param defaults columns that fill themselves
/// @param rules what rows must keep, beyond the types
/// @param ddl the statement that made it
/// @param indexes the statements that made its indexes
/// @param view whether it cannot be written to
record DuckDbTable(
        TableName name,
        Dataset dataset,
        Set<String> defaults,
        List<Rule> rules,
        String ddl,
        List<String> indexes,
        boolean view) {
    enum Kind {
        KEY,
        NOT_NULL,
        CHECK,
        REFERENCE
    }

    /// @param columns the columns concerned
    /// @param text the condition of a check; the table of a reference
    /// @param referenced the columns referenced
    record Rule(Kind kind, List<String> columns, String text, List<String> referenced) {}

    List<Rule> rules(Kind kind) {
        return rules.stream().filter(rule -> rule.kind() == kind).toList();
    }

    /// Whether a unique index stands on exactly these columns.
    boolean unique(List<String> columns) {
        return rules(Kind.KEY).stream()
                .anyMatch(rule -> Set.copyOf(rule.columns()).equals(Set.copyOf(columns)));
    }
}
