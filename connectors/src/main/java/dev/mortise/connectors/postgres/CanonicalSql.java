package dev.mortise.connectors.postgres;

import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The canonical encoding of rows as SQL: each value as `V`, its length, `:` and its text, each
/// null as `N`. What the encoding cannot be said for in SQL makes the whole answer empty.
final class CanonicalSql {
    /// Ten times as fast as `to_char`. The text has no fraction, or one without zeros at its end;
    /// what is added after it is cut to six digits.
    private static final String FRACTION =
            "left(%1$s::text || case when %1$s::%2$s(0) = %1$s then '.000000' else '000000' end,"
                    + " %3$d)";

    /// Years that are written with four digits, and so times with 26 letters.
    private static final String FOUR_DIGITS = "%1$s >= '0001-01-01' and %1$s < '10000-01-01'";

    private static final String LONG_YEARS = "YYYY-MM-DD HH24:MI:SS.US";

    private final boolean utf8;

    /// @param utf8 whether the database itself is in UTF-8, so that lengths need no conversion
    private CanonicalSql(boolean utf8) {
        this.utf8 = utf8;
    }

    static CanonicalSql of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show server_encoding")) {
            row.next();
            return new CanonicalSql(row.getString(1).equals("UTF8"));
        }
    }

    boolean utf8() {
        return utf8;
    }

    /// The first half of a row's md5.
    Optional<String> hash(PostgresTable table, List<CanonicalColumn> columns) {
        return encoded(table, columns)
                .map(text -> "('x' || left(%s, 16))::bit(64)::bigint".formatted(md5(text)));
    }

    private String md5(String text) {
        return utf8 ? "md5(%s)".formatted(text) : "md5(convert_to(%s, 'UTF8'))".formatted(text);
    }

    /// The encoding of some columns of a row.
    private Optional<String> encoded(PostgresTable table, List<CanonicalColumn> columns) {
        List<String> cells = new ArrayList<>();
        for (CanonicalColumn wanted : columns) {
            Optional<String> cell =
                    table.find(wanted.name()).flatMap(column -> cell(column, wanted.type()));
            if (cell.isEmpty()) {
                return Optional.empty();
            }
            cells.add(cell.get());
        }
        return Optional.of(joined(cells));
    }

    /// Joined in halves: from left to right the first columns would be copied over and over.
    private static String joined(List<String> cells) {
        if (cells.size() == 1) {
            return cells.getFirst();
        }
        int middle = cells.size() / 2;
        return "(%s || %s)"
                .formatted(
                        joined(cells.subList(0, middle)),
                        joined(cells.subList(middle, cells.size())));
    }

    private Optional<String> cell(PostgresColumn column, Type type) {
        return text(column, type)
                .map(
                        text ->
                                "case %s%s else %s end"
                                        .formatted(
                                                nulls(column),
                                                quick(column, type),
                                                prefixed(text, fixedLength(type))));
    }

    private static String nulls(PostgresColumn column) {
        return "when " + Sql.name(column.name()) + " is null then 'N'";
    }

    /// A shorter way for nearly all values of a type.
    private static String quick(PostgresColumn column, Type type) {
        if (type != Scalar.TIMESTAMP && type != Scalar.TIMESTAMPTZ) {
            return "";
        }
        String local = local(column, type);
        return " when %s then 'V26:' || %s"
                .formatted(
                        FOUR_DIGITS.formatted(local), FRACTION.formatted(local, "timestamp", 26));
    }

    private String prefixed(String text, int fixed) {
        return fixed > 0
                ? "'V%d:' || %s".formatted(fixed, text)
                : "'V' || %s::text || (':' || %s)".formatted(length(text), text);
    }

    private static String local(PostgresColumn column, Type type) {
        String name = Sql.name(column.name());
        return type == Scalar.TIMESTAMPTZ ? "(" + name + " at time zone 'UTC')" : name;
    }

    private String length(String text) {
        return utf8
                ? "octet_length(" + text + ")"
                : "octet_length(convert_to(" + text + ", 'UTF8'))";
    }

    /// Length in bytes of every text of a type, or 0 when they differ.
    private static int fixedLength(Type type) {
        return switch (type) {
            case Decimal _ -> 0;
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL -> 1;
                        case FLOAT32 -> 8;
                        case FLOAT64 -> 16;
                        case TIME -> 15;
                        case UUID -> 36;
                        case INT8, INT16, INT32, INT64, UINT64, TEXT, BYTES, DATE -> 0;
                        case TIMESTAMP, TIMESTAMPTZ, JSON -> 0;
                    };
        };
    }

    /// The canonical text of a column's values as a type, where SQL can say it exactly.
    private static Optional<String> text(PostgresColumn column, Type type) {
        String name = Sql.name(column.name());
        return switch (type) {
            case Decimal(int _, int scale) ->
                    decimal(column, name, scale).map(number -> number + "::text");
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL -> when(column, Form.BOOL, name + "::int::text");
                        case INT8, INT16, INT32, INT64, UINT64 -> whole(column, name);
                        case FLOAT32 -> bits(column, Form.FLOAT4, "float4send", name);
                        case FLOAT64 -> bits(column, Form.FLOAT8, "float8send", name);
                        case TEXT -> characters(column, name);
                        case BYTES -> when(column, Form.BYTEA, "encode(" + name + ", 'hex')");
                        case DATE -> when(column, Form.DATE, name + "::text");
                        case TIME -> when(column, Form.TIME, time(name));
                        case TIMESTAMP, TIMESTAMPTZ -> stamp(column, scalar, local(column, scalar));
                        case UUID -> when(column, Form.UUID, name + "::text");
                        case JSON -> Optional.empty();
                    };
        };
    }

    private static Optional<String> when(PostgresColumn column, Form form, String sql) {
        return column.form() == form ? Optional.of(sql) : Optional.empty();
    }

    private static Optional<String> bits(
            PostgresColumn column, Form form, String send, String name) {
        return when(column, form, "encode(%s(%s), 'hex')".formatted(send, name));
    }

    private static Optional<String> whole(PostgresColumn column, String name) {
        return switch (column.form()) {
            case INT2, INT4, INT8, OID -> Optional.of(name + "::text");
            case NUMERIC ->
                    column.type() instanceof Decimal(int _, int scale) && scale == 0
                            ? Optional.of(name + "::text")
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// A numeric with exactly so many digits after the point.
    static Optional<String> decimal(PostgresColumn column, String name, int scale) {
        return switch (column.form()) {
            case INT2, INT4, INT8, OID ->
                    Optional.of("round(%s::numeric, %d)".formatted(name, scale));
            case NUMERIC -> numeric(column, name, scale);
            default -> Optional.empty();
        };
    }

    /// A column of the very scale prints it already; a smaller one is filled up; a larger one would
    /// have to be rounded, and is not said here.
    private static Optional<String> numeric(PostgresColumn column, String name, int scale) {
        int own = column.type() instanceof Decimal(int _, int s) ? s : scale + 1;
        if (own > scale) {
            return Optional.empty();
        }
        boolean declared = !column.type().equals(PostgresTypes.UNCONSTRAINED) && own == scale;
        return Optional.of(declared ? name : "round(%s, %d)".formatted(name, scale));
    }

    static Optional<String> characters(PostgresColumn column, String name) {
        return switch (column.form()) {
            case TEXT -> Optional.of(column.base().equals("text") ? name : name + "::text");
            case BPCHAR, CAST_TEXT -> Optional.of(name + "::text");
            case INT2, INT4, INT8, OID -> Optional.of(name + "::text");
            case UUID -> Optional.of(name + "::text");
            default -> Optional.empty();
        };
    }

    private static String time(String name) {
        return FRACTION.formatted(name, "time", 15);
    }

    private static Optional<String> stamp(PostgresColumn column, Scalar type, String local) {
        if (column.form() != Form.TIMESTAMP || column.type() != type) {
            return Optional.empty();
        }
        return Optional.of(
                "(case when isfinite(%1$s) then to_char(%1$s, '%2$s') else %1$s::text end)"
                        .formatted(local, LONG_YEARS));
    }
}
