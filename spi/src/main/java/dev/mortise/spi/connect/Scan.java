package dev.mortise.spi.connect;

import java.util.List;
import java.util.Optional;

/// What of a dataset is wanted.
///
/// @param columns wanted columns, in the order wanted; empty means all
/// @param filter rows wanted; a connector that cannot push a filter down must filter by itself
/// @param incremental only what moved since a cursor
public record Scan(
        List<String> columns, Optional<Predicate> filter, Optional<Incremental> incremental) {

    public static final Scan ALL = new Scan(List.of(), Optional.empty(), Optional.empty());

    public Scan {
        columns = List.copyOf(columns);
    }

    public Scan where(Predicate predicate) {
        return new Scan(
                columns,
                Optional.of(filter.map(f -> Predicate.and(f, predicate)).orElse(predicate)),
                incremental);
    }
}
