package dev.mortise.engine.operator;

import dev.mortise.spi.type.Field;

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
