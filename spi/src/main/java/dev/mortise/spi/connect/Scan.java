package dev.mortise.spi.connect;

import java.util.List;
import java.util.Optional;

/// What of a dataset is wanted.
///
/// @param columns wanted columns, in the order wanted; empty means all
/// @param filter rows wanted; a connector that cannot push a filter down must filter by itself
/// @param incremental only what moved since a cursor
/// @param rowsMax how many rows of a range anybody will look at: a hint, so that a system does no
///     more than it has to. A connector that cannot hand it on may give more.
public record Scan(
        List<String> columns,
        Optional<Predicate> filter,
        Optional<Incremental> incremental,
        long rowsMax) {
    /// Every row will be looked at.
    public static final long UNLIMITED = Long.MAX_VALUE;

    public static final Scan ALL = new Scan(List.of(), Optional.empty(), Optional.empty());

    public Scan {
        columns = List.copyOf(columns);
    }

    public Scan(
            List<String> columns, Optional<Predicate> filter, Optional<Incremental> incremental) {
        this(columns, filter, incremental, UNLIMITED);
    }

    public boolean limited() {
        return rowsMax != UNLIMITED;
    }

    /// The same for somebody who looks at the first rows only.
    public Scan first(long rows) {
        return new Scan(columns, filter, incremental, rows);
    }

    public Scan where(Predicate predicate) {
        return new Scan(
                columns,
                Optional.of(filter.map(f -> Predicate.and(f, predicate)).orElse(predicate)),
                incremental,
                rowsMax);
    }
}
