package dev.mortise.server.connection;

import dev.mortise.engine.sample.Sample;
import dev.mortise.server.web.ProblemBody;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows for a person to look at.
///
/// @param rows canonical texts; null for null. Long texts are cut off, with `…` at the end
/// @param sampledRows how many rows the profile covers
/// @param of `all` when there are no other rows, or `sample`
/// @param partial whether it was stopped before it was through
/// @param emptyBecause why there is no row: `no_rows`, `filtered`, `sampled` (none of the sampled
///     rows got through, others may), `rejected`, `stopped`; null when there is one
/// @param rejects the first rows that were set aside on the way
/// @param staleKey changes with anything the rows come from; empty where that is a dataset
public record Preview(
        List<Heading> columns,
        List<List<@Nullable String>> rows,
        List<Profile> profile,
        int sampledRows,
        String of,
        boolean partial,
        @Nullable String emptyBecause,
        List<Reject> rejects,
        long rejected,
        String staleKey) {
    public static final int ROWS = 100;
    public static final int ROWS_MAX = 1_000;

    /// Longer texts are cut off.
    private static final int TEXT_MAX = 4_000;

    /// A column.
    public record Heading(String name, String type) {}

    /// A row that was set aside.
    ///
    /// @param row as a JSON object of canonical texts
    public record Reject(ProblemBody.One problem, @Nullable String column, String row) {
        static Reject of(RejectedRow rejected) {
            return new Reject(
                    ProblemBody.One.of(rejected.problem()),
                    rejected.column(),
                    String.valueOf(clipped(rejected.row())));
        }
    }

    /// @param narrowed whether the dataset has rows that a filter or a cursor left out
    public static Preview of(Sample sample, boolean narrowed, String staleKey) {
        List<Heading> columns = new ArrayList<>();
        List<Profile> profile = new ArrayList<>();
        for (int i = 0; i < sample.schema().size(); i++) {
            Field field = sample.schema().field(i);
            columns.add(new Heading(field.name(), field.type().text()));
            profile.add(Profile.of(field, i, sample.batches()));
        }
        return new Preview(
                columns,
                texts(sample),
                profile,
                sample.rows(),
                sample.cut() || sample.stopped() ? "sample" : "all",
                sample.stopped(),
                emptyBecause(sample, narrowed),
                sample.rejects().stream().map(Reject::of).toList(),
                sample.rejected(),
                staleKey);
    }

    private static @Nullable String emptyBecause(Sample sample, boolean narrowed) {
        if (sample.rows() > 0) {
            return null;
        }
        if (sample.stopped()) {
            return "stopped";
        }
        if (sample.rejected() > 0) {
            return "rejected";
        }
        if (sample.read() == 0) {
            return narrowed ? "filtered" : "no_rows";
        }
        return sample.cut() ? "sampled" : "filtered";
    }

    private static List<List<@Nullable String>> texts(Sample sample) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (Batch batch : sample.batches()) {
            for (int row = 0; row < batch.rows(); row++) {
                rows.add(texts(batch, row));
            }
        }
        return rows;
    }

    private static List<@Nullable String> texts(Batch batch, int row) {
        @Nullable String[] texts = new String[batch.schema().size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] =
                    batch.column(i).isNull(row)
                            ? null
                            : clipped(Cell.text(batch.field(i).type(), batch.column(i), row));
        }
        return Arrays.asList(texts);
    }

    /// Without what nobody would read to the end.
    public static @Nullable String clipped(@Nullable String text) {
        return text == null || text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
    }
}
