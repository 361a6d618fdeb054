package dev.mortise.engine.run;

import dev.mortise.engine.operator.Cast;
import dev.mortise.engine.operator.RowOperator;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends dead letters of one write step down the road again, each from the step that had set it
/// aside. All that get through commit in one transaction under a task of their own, so that a crash
/// in the middle neither loses nor repeats one.
public final class Replay {
    private final Pipeline pipeline;
    private final DeadLetters letters;

    public Replay(Pipeline pipeline, DeadLetters letters) {
        this.pipeline = pipeline;
        this.letters = letters;
    }

    /// What became of the letters.
    ///
    /// @param letters as they are now; of a rehearsal, as they would be
    public record Outcome(int written, int rejected, List<DeadLetter> letters) {
        public Outcome {
            letters = List.copyOf(letters);
        }
    }

    /// @param chosen letters of this pipeline's step, as they should be now; those that are no
    ///     longer new are passed over, for their rows are in the target or given up
    public Outcome run(List<DeadLetter> chosen) {
        List<DeadLetter> wanted =
                chosen.stream().filter(l -> l.state() == DeadLetter.State.NEW).toList();
        if (wanted.isEmpty()) {
            return new Outcome(0, 0, List.of());
        }
        try (Sink sink = pipeline.connector().sink(target("#replay"))) {
            Claim claim = sink.claim();
            Range range = new Range(0, bounds(wanted));
            boolean written =
                    claim.parts().stream().anyMatch(p -> p.done() && p.range().equals(range));
            Map<String, DeadLetter> after =
                    written ? all(wanted, DeadLetter.State.REPLAYED) : write(sink, range, wanted);
            letters.update(after);
            sink.finish(null);
            return count(after);
        }
    }

    /// What would become of the letters: they go down the road and into the target, and the target
    /// takes them back. A target that cannot is left alone; then only the road is tried.
    public Outcome rehearse(List<DeadLetter> chosen) {
        List<DeadLetter> wanted =
                chosen.stream().filter(l -> l.state() == DeadLetter.State.NEW).toList();
        if (wanted.isEmpty()) {
            return new Outcome(0, 0, List.of());
        }
        try (Sink sink = pipeline.connector().sink(target("#rehearsal"))) {
            return sink.takesBack() ? count(rehearsed(sink, wanted)) : count(walked(wanted));
        }
    }

    private Map<String, DeadLetter> rehearsed(Sink sink, List<DeadLetter> wanted) {
        sink.claim();
        sink.begin(List.of(new Range(0, bounds(wanted))));
        try (Lane lane = sink.lane()) {
            Map<String, DeadLetter> after = each(wanted, lane::write);
            lane.abort();
            sink.finish(null);
            return after;
        }
    }

    private Map<String, DeadLetter> walked(List<DeadLetter> wanted) {
        return each(wanted, (batch, _) -> batch.rows());
    }

    private Target target(String suffix) {
        Target target = pipeline.target();
        WriteMode mode =
                switch (target.mode()) {
                    case APPEND, REPLACE -> WriteMode.APPEND;
                    case UPSERT, MIRROR -> WriteMode.UPSERT;
                };
        return new Target(
                target.task() + suffix,
                target.dataset(),
                target.schema(),
                mode,
                target.key(),
                false);
    }

    private static String bounds(List<DeadLetter> wanted) {
        List<String> ids = wanted.stream().map(DeadLetter::id).sorted().toList();
        return ids.size() + " letters, hash " + Integer.toHexString(ids.hashCode());
    }

    private static Map<String, DeadLetter> all(List<DeadLetter> wanted, DeadLetter.State state) {
        Map<String, DeadLetter> after = new LinkedHashMap<>();
        wanted.forEach(l -> after.put(l.id(), l.in(state, l.attempts() + 1)));
        return after;
    }

    private Map<String, DeadLetter> write(Sink sink, Range range, List<DeadLetter> wanted) {
        sink.begin(List.of(range));
        try (Lane lane = sink.lane()) {
            Map<String, DeadLetter> after = each(wanted, lane::write);
            lane.commit(range, null, 0);
            return after;
        }
    }

    /// Where a batch of one row ends up.
    private interface End {
        int write(Batch batch, Rejects rejects);
    }

    private Map<String, DeadLetter> each(List<DeadLetter> wanted, End end) {
        Map<String, DeadLetter> after = new LinkedHashMap<>();
        List<RowOperator> operators =
                pipeline.rows().stream().map(row -> row.open().get()).toList();
        try {
            for (DeadLetter letter : wanted) {
                after.put(letter.id(), one(end, operators, letter));
            }
        } finally {
            Closing.all(operators);
        }
        return after;
    }

    private DeadLetter one(End end, List<RowOperator> operators, DeadLetter letter) {
        List<RejectedRow> again = new ArrayList<>();
        try {
            Batch batch = through(batch(letter), operators, letter, again);
            if (batch != null) {
                end.write(batch, again::add);
            }
        } catch (ProblemException e) {
            if (e.problem().fault() != dev.mortise.spi.problem.Fault.ROW) {
                throw e;
            }
            again.add(new RejectedRow(e.problem(), null, ""));
        }
        int tried = letter.attempts() + 1;
        return again.isEmpty()
                ? letter.in(DeadLetter.State.REPLAYED, tried)
                : letter.because(again.getFirst().problem(), tried);
    }

    private @Nullable Batch through(
            Batch entering,
            List<RowOperator> operators,
            DeadLetter letter,
            List<RejectedRow> again) {
        int stage = pipeline.steps().indexOf(letter.stage());
        Batch batch = entering;
        for (int i = Math.max(stage - 1, 0); i < operators.size() && batch != null; i++) {
            batch = operators.get(i).apply(batch, again::add);
        }
        if (batch == null || !again.isEmpty()) {
            return null;
        }
        Batch last = batch;
        return Cast.between(last.schema(), pipeline.sink().schema())
                .map(cast -> cast.apply(last, again::add))
                .orElse(last);
    }

    private static Batch batch(DeadLetter letter) {
        if (letter.raw() != null) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.ROW_MALFORMED,
                            "this row could not be taken apart when it was read",
                            letter.id(),
                            "mend it in the source and run the flow again, or discard it"));
        }
        List<Field> fields = new ArrayList<>();
        letter.types().forEach((name, type) -> fields.add(Field.of(name, Type.parse(type))));
        Schema schema = new Schema(fields);
        Column[] columns = Batch.columns(schema, 1);
        for (int i = 0; i < columns.length; i++) {
            set(schema.field(i), letter.row().get(schema.field(i).name()), columns[i]);
        }
        return new Batch(schema, columns, 1);
    }

    private static void set(Field field, @Nullable String text, Column column) {
        if (text == null) {
            column.setNull(0);
            return;
        }
        try {
            Cell.parse(field.type(), text, column, 0);
        } catch (ProblemException e) {
            throw e.at("column '" + field.name() + "'");
        }
    }

    private static Outcome count(Map<String, DeadLetter> after) {
        long written =
                after.values().stream()
                        .filter(letter -> letter.state() == DeadLetter.State.REPLAYED)
                        .count();
        return new Outcome(
                (int) written, after.size() - (int) written, List.copyOf(after.values()));
    }
}
