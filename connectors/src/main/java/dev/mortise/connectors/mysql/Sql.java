package dev.mortise.connectors.mysql;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
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

    /// Canonical texts as literals of the server.
    static final class Literals {
        private Literals() {}

        /// @throws dev.mortise.spi.problem.ProblemException CAST_FAILED when the text is none of
        /// the     type's
        static String literal(Type type, String text) {
            Column parsed = Column.of(type, 1);
            Cell.parse(type, text, parsed, 0);
            String exact = Cell.text(type, parsed, 0);
            return switch (type) {
                case Decimal _ -> exact;
                case Scalar scalar -> literal(scalar, exact);
            };
        }

        private static String literal(Scalar type, String exact) {
            return switch (type) {
                case BOOL -> exact.equals("true") ? "1" : "0";
                case INT8, INT16, INT32, INT64, UINT64 -> exact;
                case FLOAT32 -> Double.toString((double) Float.parseFloat(exact));
                case FLOAT64 -> Double.toString(Double.parseDouble(exact));
                case TEXT, JSON, UUID -> Sql.text(exact);
                case BYTES -> Sql.hex(exact);
                case DATE -> "date'" + exact + "'";
                case TIME -> "time'" + exact + "'";
                case TIMESTAMP -> "timestamp'" + exact + "'";
                // The session is in UTC.
                case TIMESTAMPTZ -> "timestamp'" + exact.replace("Z", "") + "'";
            };
        }
    }
}
