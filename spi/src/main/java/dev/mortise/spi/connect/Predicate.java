package dev.mortise.spi.connect;

import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.DigestForm;
import java.util.List;
import java.util.Set;

/// A filter on rows that every connector understands: no expressions, only columns against
/// constants. Literals are canonical text ([dev.mortise.spi.batch.Cell]) of the column's type.
/// Three-valued logic as in SQL: a row is kept when the predicate is true.
public sealed interface Predicate {
    enum Op {
        EQUAL("="),
        UNEQUAL("<>"),
        LESS("<"),
        LESS_EQUAL("<="),
        GREATER(">"),
        GREATER_EQUAL(">=");

        private final String sql;

        Op(String sql) {
            this.sql = sql;
        }

        public String sql() {
            return sql;
        }
    }

    record Compare(String column, Op op, String literal) implements Predicate {}

    record In(String column, List<String> literals) implements Predicate {}

    record IsNull(String column) implements Predicate {}

    record Not(Predicate of) implements Predicate {}

    record And(List<Predicate> all) implements Predicate {}

    record Or(List<Predicate> any) implements Predicate {}

    /// Rows whose key falls into one of some hash buckets, as [Digests] counts them.
    ///
    /// @param key the key columns and the types in which they are hashed
    /// @param count how many buckets there are
    record Buckets(DigestForm form, List<CanonicalColumn> key, int count, Set<Integer> wanted)
            implements Predicate {}

    static Predicate and(Predicate... all) {
        return new And(List.of(all));
    }
}
