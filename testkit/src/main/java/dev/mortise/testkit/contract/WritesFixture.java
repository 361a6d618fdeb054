package dev.mortise.testkit.contract;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/// What the contracts of writing need to know about a system beside [ConnectorFixture].
public interface WritesFixture extends ConnectorFixture {
    /// The modes the system can do.
    default Set<WriteMode> modes() {
        return EnumSet.allOf(WriteMode.class);
    }

    /// A name that no other test uses as task, so that what one leaves is not found by the next.
    default Target target(String dataset, WriteMode mode) {
        List<String> key =
                mode == WriteMode.UPSERT || mode == WriteMode.MIRROR ? List.of("id") : List.of();
        return new Target("contract/" + dataset, dataset, sampleSchema(), mode, key, true);
    }

    /// The sample rows of some ids, in one batch.
    default Batch samples(long first, long end) {
        return Samples.batch(sampleSchema(), first, end);
    }

    /// Rows with the ids from `first` up to `end` and the other values of the ids 1,000 further.
    default Batch changed(long first, long end) {
        var rows =
                LongStream.range(first, end)
                        .mapToObj(
                                id -> {
                                    var row = Samples.row(sampleSchema(), id + 1_000);
                                    row.set(sampleSchema().indexOf("id"), Long.toString(id));
                                    return row;
                                })
                        .toList();
        return Rows.batch(sampleSchema(), rows);
    }
}
