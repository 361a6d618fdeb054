package dev.mortise.engine.run;

import dev.mortise.spi.problem.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A row that could not be written, with all it takes to mend and replay it.
///
/// @param id unique within the flow: run, part and number
/// @param step the write step it was on its way to
/// @param stage the step that set it aside; replay enters there
/// @param column the column to blame; null when no single one is
/// @param types the columns of the row as that step met it, with their types
/// @param row canonical texts by column; for a row that could not be taken apart `raw` holds it
/// @param raw the text of a row that could not be taken apart; null otherwise
public record DeadLetter(
        String id,
        String flow,
        String run,
        String step,
        String stage,
        Problem problem,
        @Nullable String column,
        Map<String, String> types,
        Map<String, @Nullable String> row,
        @Nullable String raw,
        State state,
        int attempts,
        Instant at) {

    public enum State {
        NEW,
        REPLAYED,
        DISCARDED
    }

    public DeadLetter {
        types = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(types));
        row = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(row));
    }

    public DeadLetter in(State now, int tried) {
        return new DeadLetter(
                id, flow, run, step, stage, problem, column, types, row, raw, now, tried, at);
    }

    /// The same letter, refused once more.
    public DeadLetter because(Problem other, int tried) {
        return new DeadLetter(
                id, flow, run, step, stage, other, column, types, row, raw, State.NEW, tried, at);
    }

    public DeadLetter with(Map<String, @Nullable String> mended) {
        return new DeadLetter(
                id, flow, run, step, stage, problem, column, types, mended, raw, state, attempts,
                at);
    }
}
