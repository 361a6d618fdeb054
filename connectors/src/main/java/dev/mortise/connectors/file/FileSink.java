package dev.mortise.connectors.file;

import dev.mortise.connectors.file.FileFormat.Kind;
import dev.mortise.connectors.file.FileLedger.Publishing;
import dev.mortise.connectors.file.FileLedger.State;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes one file. Rows are staged in hidden files beside it; [#finish] puts them together in one
/// more and renames that to the target, so readers see the old file or the new one.
final class FileSink implements Sink {
    private final Output output;
    private final FileLedger ledger;
    private final AtomicInteger lanes = new AtomicInteger();
    private long epoch;

    FileSink(Output output) {
        this.output = output;
        this.ledger =
                new FileLedger(output.folder(), output.target().task(), output.target().dataset());
    }

    @Override
    public SinkPlan plan() {
        Map<String, String> nativeTypes = new LinkedHashMap<>();
        Map<String, Loss> losses = new LinkedHashMap<>();
        for (Field field : output.schema().fields()) {
            nativeTypes.put(field.name(), output.nativeType(field.type()));
            Loss loss = output.loss(field.type());
            if (loss.kind() != Loss.Kind.LOSSLESS) {
                losses.put(field.name(), loss);
            }
        }
        List<String> statements =
                output.existing().isPresent()
                        ? List.of()
                        : List.of("create file '" + output.target().dataset() + "'");
        return new SinkPlan(output.schema(), statements, nativeTypes, losses, problems());
    }

    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        WriteMode mode = output.target().mode();
        if (mode == WriteMode.UPSERT || mode == WriteMode.MIRROR) {
            problems.add(
                    unsupported(
                            "files have no keys, so they take append and replace",
                            "write with 'mode: replace', or write to a table"));
        }
        if (mode == WriteMode.APPEND && output.existing().isPresent()) {
            appendProblems(problems);
        }
        boolean packed = output.kind() == Kind.XLSX || output.kind() == Kind.PARQUET;
        if (packed && output.format().gz()) {
            problems.add(
                    unsupported(
                            "a file of that kind is compressed inside",
                            "leave '.gz' out of the name"));
        }
        return problems;
    }

    private void appendProblems(List<Problem> problems) {
        if (output.kind() == Kind.XLSX || (output.kind() == Kind.JSON && output.format().gz())) {
            problems.add(
                    unsupported(
                            "rows cannot be added to a file of that kind",
                            "write with 'mode: replace', or to a file a run: put '{run}' into"
                                    + " the name"));
        }
        List<String> there = output.columns();
        for (String name : output.target().schema().names()) {
            if (!there.isEmpty() && !there.contains(name)) {
                problems.add(
                        new Problem(
                                ProblemCode.COLUMN_MISSING,
                                "expected a column '" + name + "', the file has none",
                                output.target().dataset(),
                                Nearest.fix(name, there)));
            }
        }
    }

    private Problem unsupported(String message, String fix) {
        return new Problem(ProblemCode.MODE_UNSUPPORTED, message, output.target().dataset(), fix);
    }

    @Override
    public boolean takesBack() {
        return false;
    }

    @Override
    public Claim claim() {
        problems().stream()
                .findFirst()
                .ifPresent(
                        problem -> {
                            throw new dev.mortise.spi.problem.ProblemException(problem);
                        });
        try {
            Files.createDirectories(output.folder());
        } catch (IOException e) {
            throw Folder.problem("making the folder", output.target().dataset(), e);
        }
        Claim claim = ledger.claim(output.target().fence());
        epoch = claim.epoch();
        return claim;
    }

    @Override
    public void begin(List<Range> parts) {
        ledger.begin(epoch, parts);
        sweep();
    }

    @Override
    public Lane lane() {
        String stem = ledger.stem() + "." + epoch + "." + lanes.incrementAndGet();
        return new FileLane(output.staging(stem), ledger, epoch, output.target().dataset());
    }

    @Override
    public void finish(@Nullable String cursor) {
        State state =
                ledger.locked(
                        now -> {
                            ledger.check(now, epoch);
                            return now;
                        });
        Publishing publishing = state.publishing();
        if (publishing == null && state.begun()) {
            publishing = assemble(state);
        }
        Publishing last = publishing;
        ledger.locked(
                now -> {
                    ledger.check(now, epoch);
                    publish(now, last, cursor);
                    return now;
                });
        sweep();
    }

    /// Puts the finished file together. Nobody reads it yet, so this needs no lock.
    private Publishing assemble(State state) {
        String from = ledger.stem() + "." + epoch + ".final";
        Path path = output.folder().resolve(from);
        try {
            Files.deleteIfExists(path);
            new Publication(output, path).assemble(state.segments());
            return new Publishing(from, output.published(epoch));
        } catch (IOException e) {
            throw Folder.problem("putting the file together", output.target().dataset(), e);
        }
    }

    /// Says in the ledger what will be renamed, renames it, and says that it is done. After a crash
    /// in between the finished file is either still there, and is renamed, or it has been.
    private void publish(State state, @Nullable Publishing publishing, @Nullable String cursor)
            throws IOException {
        if (publishing != null) {
            ledger.write(with(state, publishing, state.cursor(), true));
            Path from = output.folder().resolve(publishing.from());
            if (Files.exists(from)) {
                Files.move(
                        from,
                        output.folder().resolve(publishing.to()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                Folder.sync(output.folder());
            }
        }
        ledger.write(with(state, null, cursor == null ? state.cursor() : cursor, false));
    }

    private static State with(
            State state, @Nullable Publishing publishing, @Nullable String cursor, boolean begun) {
        return new State(
                state.task(),
                state.epoch(),
                cursor,
                begun,
                publishing,
                begun ? state.parts() : List.of(),
                begun ? state.segments() : List.of());
    }

    /// Removes what earlier runs left: staged rows that no ledger names any more.
    private void sweep() {
        String prefix = ledger.stem() + ".";
        try (Stream<Path> files = Files.list(output.folder())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
                if (!rest.isEmpty() && Character.isDigit(rest.charAt(0))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw Folder.problem("removing staged rows", output.target().dataset(), e);
        }
    }

    @Override
    public void close() {
        // Lanes are closed by those who opened them; staged rows stay for a run that resumes.
    }
}
