package dev.mortise.engine.operator;

import dev.mortise.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a step wants of DuckDB for each row, and the statements for it. They take the SQL that
/// gives the arriving rows in their types and names.
///
/// @param from the name under which expressions may qualify the arriving columns
/// @param condition rows for which it is not true are left out
/// @param place the step's place in its document
record Program(String from, List<Formula> formulas, Optional<String> condition, String place) {
    Program {
        formulas = List.copyOf(formulas);
    }

    /// An expression that DuckDB has accepted.
    ///
    /// @param sql as the author wrote it
    /// @param result what DuckDB says it gives
    /// @param field the column it fills
    record Formula(String sql, ResultType result, Field field) {
        /// In parentheses, closed on a line of their own: the text may end in a comment.
        static String enclosed(String sql) {
            return "(" + sql + "\n)";
        }

        String value() {
            return enclosed(sql);
        }
    }

    /// All formulas, for the rows that meet the condition.
    String all(String rows) {
        StringBuilder packed = new StringBuilder("select " + Names.quoted(Names.ROW));
        StringBuilder values = new StringBuilder(packed);
        for (int i = 0; i < formulas.size(); i++) {
            packed.append(", ").append(formulas.get(i).result().packed("v" + i));
            values.append(", ").append(formulas.get(i).value()).append(" as v").append(i);
        }
        return packed + " from (" + values + source(rows) + where() + ") as computed";
    }

    /// One formula, for every row: its row is known to meet the condition or to fail in it.
    String alone(String rows, int formula) {
        return "select %s, %s from (select %s, %s as v%s) as computed"
                .formatted(
                        Names.quoted(Names.ROW),
                        formulas.get(formula).result().packed("v"),
                        Names.quoted(Names.ROW),
                        formulas.get(formula).value(),
                        source(rows));
    }

    /// The numbers of the rows of which something may fail.
    String suspects(String rows) {
        List<String> tried = new ArrayList<>();
        condition.ifPresent(c -> tried.add(tried(Formula.enclosed(c))));
        for (Formula formula : formulas) {
            tried.add(tried(formula.result().packed(formula.value())));
        }
        String any = tried.stream().collect(Collectors.joining(" or "));
        return "select " + Names.quoted(Names.ROW) + source(rows) + " where " + any;
    }

    private static String tried(String value) {
        return "try(" + value + ") is null";
    }

    private String source(String rows) {
        return " from (" + rows + ") as " + Names.quoted(from);
    }

    private String where() {
        return condition.map(c -> " where " + Formula.enclosed(c)).orElse("");
    }
}
