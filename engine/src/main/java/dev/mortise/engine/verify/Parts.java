package dev.mortise.engine.verify;

import dev.mortise.spi.connect.Range;
import dev.mortise.spi.digest.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A side opened to be digested.
interface Parts extends AutoCloseable {
    /// Ranges that together hold each row once.
    List<Range> split(long rowsMax);

    /// How many parts may be digested side by side.
    int threads();

    /// Digests a part that came from here or from an earlier process.
    void digest(Range part, Reached reached);

    /// Hears how far a part is done.
    @FunctionalInterface
    interface Reached {
        /// @param rest what is left of the part; null when it is done
        /// @param more digests of the rows since it was last told, one a bucket
        /// @param setAside rows since then that the flow sets aside
        void at(@Nullable Range rest, List<Digest> more, long setAside);
    }

    @Override
    void close();
}
