package dev.mortise.engine.run;

import dev.mortise.engine.plan.Pipeline;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The dead letters of one flow, one bundle a committed unit. A unit's bundle has a name that
/// follows from run, part and start, and is replaced whole: reading a unit again after a crash
/// gives the same letters once, not twice. Durable before the unit commits.
public final class DeadLetters {
    private final DeadLetterShelf shelf;
    private final String flow;
    private final String run;
    private final InstantSource clock;

    /// In files.
    ///
    /// @param state the project's `.mortise` folder
    public DeadLetters(Path state, String flow, String run, InstantSource clock) {
        this(DeadLetterShelf.files(state), flow, run, clock);
    }

    public DeadLetters(DeadLetterShelf shelf, String flow, String run, InstantSource clock) {
        this.shelf = shelf;
        this.flow = flow;
        this.run = run;
        this.clock = clock;
    }

    /// Forgets what an abandoned attempt of this run left for a step.
    void begin(String step) {
        for (String name : shelf.names(flow)) {
            if (name.startsWith(prefix(step))) {
                shelf.delete(flow, name);
            }
        }
    }

    private String prefix(String step) {
        return step + "." + run + ".";
    }

    /// Records the rejected rows of a unit, or removes what an earlier reading of it recorded.
    void write(Pipeline pipeline, Unit unit) {
        String name =
                prefix(pipeline.step())
                        + unit.range().part()
                        + "."
                        + Integer.toHexString(unit.range().bounds().hashCode());
        if (unit.rejected().isEmpty()) {
            shelf.delete(flow, name);
            return;
        }
        List<DeadLetter> letters = new ArrayList<>();
        for (Unit.Rejected rejected : unit.rejected()) {
            letters.add(letter(pipeline, rejected, shortId(name, letters.size())));
        }
        shelf.replace(flow, name, letters);
    }

    /// Short enough to type: the random end of the run's name, a hash of the unit, a number.
    private String shortId(String unit, int number) {
        String end = run.substring(run.lastIndexOf('-') + 1);
        return "%s-%08x-%d".formatted(end, unit.hashCode(), number);
    }

    private DeadLetter letter(Pipeline pipeline, Unit.Rejected rejected, String id) {
        RejectedRow row = rejected.row();
        Map<String, @Nullable String> values = DeadLetterJson.parseRow(row.row());
        return new DeadLetter(
                id,
                flow,
                run,
                pipeline.step(),
                stage(pipeline, rejected.stage()),
                row.problem(),
                row.column(),
                types(pipeline, rejected.stage()),
                values == null ? Map.of() : values,
                values == null ? row.row() : null,
                DeadLetter.State.NEW,
                1,
                clock.instant());
    }

    private static String stage(Pipeline pipeline, int stage) {
        List<String> steps = pipeline.steps();
        return steps.get(Math.min(stage, steps.size() - 1));
    }

    /// The types of a row as the stage met it.
    private static Map<String, String> types(Pipeline pipeline, int stage) {
        int rows = pipeline.rows().size();
        Schema schema;
        if (stage <= 1) {
            schema = pipeline.head().schema();
        } else if (stage <= rows + 1) {
            schema = pipeline.rows().get(stage - 2).schema();
        } else {
            schema = pipeline.sink().schema();
        }
        Map<String, String> types = new LinkedHashMap<>();
        for (Field field : schema.fields()) {
            types.put(field.name(), field.type().text());
        }
        return types;
    }

    /// All letters of the flow, by bundle.
    public List<DeadLetter> list() {
        return shelf.read(flow).values().stream().flatMap(List::stream).toList();
    }

    /// Replaces letters by newer versions of themselves.
    public void update(Map<String, DeadLetter> byId) {
        shelf.read(flow)
                .forEach(
                        (name, letters) -> {
                            if (letters.stream().anyMatch(one -> byId.containsKey(one.id()))) {
                                shelf.replace(flow, name, newer(letters, byId));
                            }
                        });
    }

    private static List<DeadLetter> newer(List<DeadLetter> letters, Map<String, DeadLetter> byId) {
        return letters.stream().map(one -> byId.getOrDefault(one.id(), one)).toList();
    }
}
