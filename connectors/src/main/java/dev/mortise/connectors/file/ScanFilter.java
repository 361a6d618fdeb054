package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Times;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Predicate.Op;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a scan keeps of a file: its filter and the lower bound of its cursor as one predicate.
final class ScanFilter {
    private ScanFilter() {}

    static Optional<Predicate> of(Scan scan, Schema schema) {
        Optional<Predicate> lower =
                scan.incremental().flatMap(incremental -> lower(incremental, schema));
        return lower.isEmpty() ? scan.filter() : scan.where(lower.get()).filter();
    }

    /// Keeps what is larger than a value of the only column.
    static RowFilter above(Schema schema, String literal) {
        return new RowFilter(
                schema, new Predicate.Compare(schema.field(0).name(), Op.GREATER, literal));
    }

    private static Optional<Predicate> lower(Incremental incremental, Schema schema) {
        int place = schema.indexOf(incremental.by());
        if (place < 0) {
            throw ProblemException.of(
                    ProblemCode.COLUMN_MISSING,
                    "no column '" + incremental.by() + "' to read incrementally by",
                    Nearest.fix(incremental.by(), schema.names()));
        }
        Type type = schema.field(place).type();
        return incremental.after().map(after -> from(type, after, incremental));
    }

    private static Predicate from(Type type, String after, Incremental incremental) {
        String bound = lookedBack(type, after, incremental);
        return new Predicate.Compare(incremental.by(), Op.GREATER_EQUAL, bound);
    }

    private static String lookedBack(Type type, String after, Incremental incremental) {
        long back = incremental.lookback().toNanos() / 1_000;
        if (back == 0) {
            return after;
        }
        return switch (type) {
            case Scalar.DATE -> {
                long days = Math.ceilDiv(back, Times.MICROS_A_DAY);
                yield Times.dateText(Times.parseDate(after) - Math.toIntExact(days));
            }
            case Scalar.TIMESTAMP -> Times.timestampText(Times.parseTimestamp(after) - back);
            case Scalar.TIMESTAMPTZ -> Times.instantText(Times.parseInstant(after) - back);
            default -> after;
        };
    }

    /// The columns a predicate looks at.
    static List<String> columns(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Compare compare -> List.of(compare.column());
            case Predicate.In in -> List.of(in.column());
            case Predicate.IsNull isNull -> List.of(isNull.column());
            case Predicate.Not not -> columns(not.of());
            case Predicate.And and -> columns(and.all());
            case Predicate.Or or -> columns(or.any());
            case Predicate.Buckets buckets ->
                    buckets.key().stream().map(column -> column.name()).toList();
        };
    }

    private static List<String> columns(List<Predicate> predicates) {
        List<String> columns = new ArrayList<>();
        predicates.forEach(predicate -> columns.addAll(columns(predicate)));
        return columns;
    }
}
