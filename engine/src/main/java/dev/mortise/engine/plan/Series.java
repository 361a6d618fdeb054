package dev.mortise.engine.plan;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Source;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Ranges as one source, each opened when the one before it is through.
public final class Series implements Source {
    private final Iterator<Range> ranges;
    private final Function<Range, Source> opening;
    private final Runnable closing;
    private @Nullable Source source;

    /// @param closing what is left to close after the last source
    public Series(List<Range> ranges, Function<Range, Source> opening, Runnable closing) {
        this.ranges = ranges.iterator();
        this.opening = opening;
        this.closing = closing;
    }

    @Override
    public @Nullable Batch next() {
        while (source != null || ranges.hasNext()) {
            Source now = source == null ? opening.apply(ranges.next()) : source;
            source = now;
            Batch batch = now.next();
            if (batch != null) {
                return batch;
            }
            now.close();
            source = null;
        }
        return null;
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
        closing.run();
    }
}
