package dev.mortise.spi.digest;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The md5 of some columns of a row in their canonical encoding: long enough to stand for them.
public record Fingerprint(long high, long low) {
    /// Takes the fingerprints of rows. Used by one thread.
    public static final class Taker {
        private final CanonicalHash hash;
        private @Nullable Batch current;

        /// @param schema of the batches that will come
        public Taker(Schema schema, List<CanonicalColumn> columns) {
            this.hash = new CanonicalHash(schema, columns);
        }

        public Fingerprint of(Batch batch, int row) {
            if (current != batch) {
                hash.turnTo(batch);
                current = batch;
            }
            return new Fingerprint(hash.of(row), hash.low(row));
        }
    }

    /// Columns of a row in their canonical encoding, for people and tests.
    public static String encoding(List<CanonicalColumn> columns, Batch batch, int row) {
        return new CanonicalHash(batch.schema(), columns).text(batch, row);
    }
}
