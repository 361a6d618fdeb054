package dev.mortise.connectors.postgres;

import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Rows hashed by `hash_record_extended`, several times as fast as md5 of a text. It hashes each
/// column as the type's equality asks, which sees too little of some types, so those go in as their
/// bytes, or with what is missing beside them: in it -0.0 is 0.0, a numeric has no sign, times and
/// bigints are folded to 32 bits, and `[[1],2]` is `[[1,2]]` in jsonb. It also only adds columns
/// up, so that values which changed places between rows would leave a sum of such hashes as it
/// was; hence the hash over it.
final class OwnSql {
    private OwnSql() {}

    static Optional<String> hash(PostgresTable table, List<CanonicalColumn> columns) {
        return record(table, columns)
                .map(record -> "hashint4extended(0, hash_record_extended(" + record + ", 0))");
    }

    private static Optional<String> record(PostgresTable table, List<CanonicalColumn> columns) {
        List<String> values = new ArrayList<>();
        for (CanonicalColumn wanted : columns) {
            Optional<String> value =
                    table.find(wanted.name()).flatMap(column -> value(column, wanted.type()));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of("row(" + String.join(", ", values) + ")");
    }

    /// How json columns are kept, for that shows in their bytes; empty when a column has no form.
    static Optional<String> shape(PostgresTable table, List<CanonicalColumn> columns) {
        return record(table, columns)
                .map(
                        _ ->
                                columns.stream()
                                        .filter(wanted -> wanted.type() == Scalar.JSON)
                                        .flatMap(wanted -> table.find(wanted.name()).stream())
                                        .map(c -> c.form() == Form.JSON ? "-text" : "-binary")
                                        .collect(Collectors.joining()));
    }

    /// One or more values, none of which is null but where the column is.
    private static Optional<String> value(PostgresColumn column, Type type) {
        String name = Sql.name(column.name());
        return switch (type) {
            case Decimal(int _, int scale) ->
                    CanonicalSql.decimal(column, name, scale).map(number -> signed(column, number));
            case Scalar scalar -> value(column, scalar, name);
        };
    }

    /// With its sign beside it; infinity, whose hash is that of nothing, has one of its own.
    private static String signed(PostgresColumn column, String numeric) {
        String sign = "(%s < 0)::integer".formatted(numeric);
        boolean finite = !column.type().equals(PostgresTypes.UNCONSTRAINED);
        return "%1$s, %2$s%3$s"
                .formatted(
                        numeric,
                        sign,
                        finite ? "" : " + 2 * (%s = 'Infinity')::integer".formatted(numeric));
    }

    private static Optional<String> value(PostgresColumn column, Scalar type, String name) {
        return switch (type) {
            case BOOL -> when(column, Form.BOOL, name + "::boolean");
            case INT8, INT16, INT32 -> small(column, name);
            case INT64 -> large(column, name);
            case FLOAT32 -> when(column, Form.FLOAT4, "float4send(" + name + ")");
            case FLOAT64 -> when(column, Form.FLOAT8, "float8send(" + name + ")");
            case TEXT -> CanonicalSql.characters(column, name).map(text -> text + " collate \"C\"");
            case BYTES -> when(column, Form.BYTEA, name + "::bytea");
            case DATE -> when(column, Form.DATE, name + "::date");
            case TIME -> when(column, Form.TIME, "time_send(" + name + ")");
            case TIMESTAMP -> stamp(column, type, "timestamp_send(" + name + ")");
            case TIMESTAMPTZ -> stamp(column, type, "timestamptz_send(" + name + ")");
            case UUID -> when(column, Form.UUID, name + "::uuid");
            case JSON -> json(column, name);
            case UINT64 -> Optional.empty();
        };
    }

    private static Optional<String> when(PostgresColumn column, Form form, String sql) {
        return column.form() == form ? Optional.of(sql) : Optional.empty();
    }

    private static Optional<String> small(PostgresColumn column, String name) {
        return switch (column.form()) {
            case INT2, INT4 -> Optional.of(name + "::integer");
            default -> Optional.empty();
        };
    }

    /// With its upper half beside it, a bigint is told from others that fold to the same number.
    private static Optional<String> large(PostgresColumn column, String name) {
        return switch (column.form()) {
            case INT2, INT4, INT8, OID ->
                    Optional.of("%1$s::bigint, %1$s::bigint >> 32".formatted(name));
            default -> Optional.empty();
        };
    }

    private static Optional<String> stamp(PostgresColumn column, Scalar type, String sql) {
        return column.type() == type ? when(column, Form.TIMESTAMP, sql) : Optional.empty();
    }

    private static Optional<String> json(PostgresColumn column, String name) {
        return switch (column.form()) {
            case JSON -> Optional.of(name + "::text collate \"C\"");
            case JSONB -> Optional.of("jsonb_send(" + name + ")");
            case CAST_JSON -> Optional.of("jsonb_send(" + column.selected() + ")");
            default -> Optional.empty();
        };
    }
}
