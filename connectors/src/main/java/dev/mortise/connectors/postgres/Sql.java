package dev.mortise.connectors.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

/// Quotes what goes into a statement.
final class Sql {
    private Sql() {}

    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String names(Collection<String> names) {
        return names.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    /// A string literal; sessions have `standard_conforming_strings` on.
    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
