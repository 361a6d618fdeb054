package dev.mortise.connectors.jdbc;

import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.type.Type;
import java.util.Optional;

/// How one database spells what every SQL connector needs: names, types and literals.
public interface Dialect {
    /// A name in quotes, whatever characters it holds.
    String quote(String name);

    /// The type of a column that we make for values of a type.
    ///
    /// @param key whether the column is to stand in a key, where some types are not allowed
    NativeType column(Type type, boolean key);

    /// SQL for a constant.
    ///
    /// @param text canonical text of a value of the type
    String literal(Type type, String text);

    /// SQL that is true for rows of the wanted hash buckets; empty when the system cannot compute
    /// it, and then the rows are filtered after reading.
    default Optional<String> buckets(Predicate.Buckets buckets) {
        return Optional.empty();
    }
}
