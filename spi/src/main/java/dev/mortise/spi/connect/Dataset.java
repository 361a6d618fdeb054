package dev.mortise.spi.connect;

import dev.mortise.spi.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table, view, file or endpoint as its system describes it.
///
/// @param name as written after the connection's name: `sales.orders`, `orders.csv`
/// @param key the columns of the primary key, or else of a unique key without nulls; may be empty
/// @param rowsEstimated from statistics, not by counting; -1 when unknown
/// @param references names of the datasets its foreign keys point to
/// @param comment what the system's catalogue says about it; null where it says nothing
public record Dataset(
        String name,
        Schema schema,
        List<String> key,
        long rowsEstimated,
        List<String> references,
        @Nullable String comment) {
    public Dataset {
        key = List.copyOf(key);
        references = List.copyOf(references);
    }

    public static Dataset of(String name, Schema schema, List<String> key) {
        return new Dataset(name, schema, key, -1, List.of(), null);
    }
}
