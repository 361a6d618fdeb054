package dev.mortise.connectors.mysql;

import java.util.List;
import java.util.stream.Collectors;

/// Names and literals as they stand in a statement.
final class Sql {
    private Sql() {}

    static String name(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    static String names(List<String> names) {
        return names.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    static String names(String alias, List<String> names) {
        return names.stream().map(n -> alias + "." + name(n)).collect(Collectors.joining(", "));
    }

    /// Text in quotes. Our sessions keep backslash escapes on.
    static String text(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'").replace("\0", "\\0") + '\'';
    }

    /// Bytes as a hexadecimal literal; the empty one has no `0x` form, hence the quotes.
    static String hex(String digits) {
        return "x'" + digits + '\'';
    }
}
