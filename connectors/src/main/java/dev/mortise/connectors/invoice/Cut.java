package dev.mortise.connectors.invoice;

import dev.mortise.spi.batch.Times;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Predicate.Op;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a scan takes of a dataset: which columns, and which rows by its filter and cursor.
///
/// @param wanted the columns asked for, in that order
/// @param read those and the ones that the filter looks at
record Cut(Schema wanted, Schema read, Optional<Predicate> filter) {
    /// @throws ProblemException COLUMN_MISSING when the scan names a column there is none of
    static Cut of(Scan scan, Schema all, String dataset) {
        Optional<Predicate> lower = scan.incremental().flatMap(moved -> lower(moved, all, dataset));
        Optional<Predicate> filter = lower.map(scan::where).orElse(scan).filter();
        List<String> wanted = scan.columns().isEmpty() ? all.names() : scan.columns();
        return of(wanted, filter, all, dataset);
    }

    /// The cut of one column under the same filter.
    Cut only(String column, Schema all, String dataset) {
        return of(List.of(column), filter, all, dataset);
    }

    private static Cut of(
            List<String> wanted, Optional<Predicate> filter, Schema all, String dataset) {
        Set<String> read = new LinkedHashSet<>(wanted);
        filter.ifPresent(predicate -> columns(predicate).forEach(read::add));
        for (String name : read) {
            if (!all.has(name)) {
                throw missing(name, all, dataset);
            }
        }
        return new Cut(all.project(wanted), all.project(List.copyOf(read)), filter);
    }

    private static ProblemException missing(String name, Schema all, String dataset) {
        return ProblemException.of(
                        ProblemCode.COLUMN_MISSING,
                        "no column '" + name + "' in the dataset",
                        Nearest.fix(name, all.names()))
                .at(dataset);
    }

    private static Optional<Predicate> lower(Incremental moved, Schema all, String dataset) {
        if (!all.has(moved.by())) {
            throw missing(moved.by(), all, dataset);
        }
        Type type = all.field(all.indexOf(moved.by())).type();
        return moved.after()
                .map(
                        after ->
                                new Predicate.Compare(
                                        moved.by(), Op.GREATER_EQUAL, back(type, after, moved)));
    }

    /// The cursor moved back by the lookback; a day is looked back for a part of one.
    private static String back(Type type, String after, Incremental moved) {
        long micros = moved.lookback().toNanos() / 1_000;
        if (micros == 0) {
            return after;
        }
        return switch (type) {
            case Scalar.DATE -> {
                long days = Math.ceilDiv(micros, Times.MICROS_A_DAY);
                yield Times.dateText(Times.parseDate(after) - Math.toIntExact(days));
            }
            case Scalar.TIMESTAMPTZ -> Times.instantText(Times.parseInstant(after) - micros);
            default -> after;
        };
    }

    private static Stream<String> columns(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Compare compare -> Stream.of(compare.column());
            case Predicate.In in -> Stream.of(in.column());
            case Predicate.IsNull isNull -> Stream.of(isNull.column());
            case Predicate.Not not -> columns(not.of());
            case Predicate.And and -> and.all().stream().flatMap(Cut::columns);
            case Predicate.Or or -> or.any().stream().flatMap(Cut::columns);
            case Predicate.Buckets buckets -> buckets.key().stream().map(column -> column.name());
        };
    }
}
