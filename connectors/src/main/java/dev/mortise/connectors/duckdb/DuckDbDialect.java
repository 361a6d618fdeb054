package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.jdbc.Dialect;
import dev.mortise.connectors.jdbc.NativeType;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.Optional;
import java.util.stream.Collectors;

/// DuckDB holds every type of ours without loss.
final class DuckDbDialect implements Dialect {
    static final DuckDbDialect INSTANCE = new DuckDbDialect();

    private DuckDbDialect() {}

    @Override
    public String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    @Override
    public NativeType column(Type type, boolean key) {
        return NativeType.of(sql(type), type);
    }

    static String sql(Type type) {
        return switch (type) {
            case Decimal decimal -> decimal.text();
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL -> "boolean";
                        case INT8 -> "tinyint";
                        case INT16 -> "smallint";
                        case INT32 -> "integer";
                        case INT64 -> "bigint";
                        case UINT64 -> "ubigint";
                        case FLOAT32 -> "float";
                        case FLOAT64 -> "double";
                        case TEXT -> "varchar";
                        case BYTES -> "blob";
                        case DATE -> "date";
                        case TIME -> "time";
                        case TIMESTAMP -> "timestamp";
                        case TIMESTAMPTZ -> "timestamptz";
                        case UUID -> "uuid";
                        case JSON -> "json";
                    };
        };
    }

    @Override
    public String literal(Type type, String value) {
        return type == Scalar.BYTES
                ? "unhex(" + text(value) + ")"
                : "cast(" + text(value) + " as " + sql(type) + ")";
    }

    @Override
    public Optional<String> buckets(Predicate.Buckets buckets) {
        return Optional.of(buckets)
                .filter(some -> some.form().equals(DigestForm.CANONICAL))
                .flatMap(some -> DuckDbDigests.bucket(some.key(), some.count()))
                .map(bucket -> bucket + " in " + numbers(buckets));
    }

    private static String numbers(Predicate.Buckets buckets) {
        return buckets.wanted().isEmpty()
                ? "(-1)"
                : buckets.wanted().stream()
                        .sorted()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
