package dev.mortise.engine.run;

import dev.mortise.engine.plan.Pipeline;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The dead letters of one flow, one file a committed unit. A unit's file has a name that follows
/// from run, part and start, and is replaced whole: reading a unit again after a crash gives the
/// same letters once, not twice. Written and synced before the unit commits.
public final class DeadLetters {
    private final Path folder;
    private final String flow;
    private final String run;
    private final InstantSource clock;

    /// @param state the project's `.mortise` folder
    public DeadLetters(Path state, String flow, String run, InstantSource clock) {
        this.folder = state.resolve("dead").resolve(flow);
        this.flow = flow;
        this.run = run;
        this.clock = clock;
    }

    /// Forgets what an abandoned attempt of this run left for a step.
    void begin(String step) {
        for (Path file : files()) {
            if (file.getFileName().toString().startsWith(prefix(step))) {
                delete(file);
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
        Path file = folder.resolve(name + ".jsonl");
        if (unit.rejected().isEmpty()) {
            delete(file);
            return;
        }
        List<DeadLetter> letters = new ArrayList<>();
        for (Unit.Rejected rejected : unit.rejected()) {
            letters.add(letter(pipeline, rejected, shortId(name, letters.size())));
        }
        replace(file, letters);
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

    /// All letters of the flow, oldest file first.
    public List<DeadLetter> list() {
        List<DeadLetter> letters = new ArrayList<>();
        for (Path file : files()) {
            letters.addAll(read(file));
        }
        return letters;
    }

    /// Replaces letters by newer versions of themselves.
    public void update(Map<String, DeadLetter> byId) {
        for (Path file : files()) {
            List<DeadLetter> letters = read(file);
            if (letters.stream().anyMatch(letter -> byId.containsKey(letter.id()))) {
                replace(
                        file,
                        letters.stream()
                                .map(letter -> byId.getOrDefault(letter.id(), letter))
                                .toList());
            }
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
        } catch (IOException e) {
            throw failed("listing", folder, e);
        }
    }

    private static List<DeadLetter> read(Path file) {
        try {
            return Files.readAllLines(file).stream().map(DeadLetterJson::read).toList();
        } catch (IOException e) {
            throw failed("reading", file, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed("deleting", file, e);
        }
    }

    private static void replace(Path file, List<DeadLetter> letters) {
        StringBuilder lines = new StringBuilder();
        letters.forEach(letter -> lines.append(DeadLetterJson.write(letter)).append('\n'));
        try {
            KeptFile.replace(file, lines.toString());
        } catch (IOException e) {
            throw failed("writing", file, e);
        }
    }

    private static ProblemException failed(String act, Path file, IOException e) {
        return new ProblemException(
                new dev.mortise.spi.problem.Problem(
                        ProblemCode.IO_FAILED,
                        act + " dead letters: " + e.getMessage(),
                        file.toString(),
                        "free space or mend the rights of the folder, then run again: it resumes"),
                new UncheckedIOException(e));
    }
}
