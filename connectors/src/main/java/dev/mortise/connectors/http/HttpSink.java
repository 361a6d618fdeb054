package dev.mortise.connectors.http;

import dev.mortise.api.write.FilePart;
import dev.mortise.api.write.Write;
import dev.mortise.connectors.http.Resource.Column;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sends the rows of a step to one resource. An API has no transactions: each row is there as soon
/// as its call succeeds, at least once after a crash, and exactly once where the API honours the
/// Idempotency-Key. The [FileLedger] keeps what transactions would have kept.
final class HttpSink implements Sink {
    private final Api api;
    private final Endpoint endpoint;
    private final Resource resource;
    private final Target target;
    private final Path project;
    private final FileLedger ledger;
    private long epoch;

    /// @param project where files lie that rows name
    /// @param ledger where the task stands
    HttpSink(
            Api api,
            Endpoint endpoint,
            Resource resource,
            Target target,
            Path project,
            FileLedger ledger) {
        this.project = project;
        this.api = api;
        this.endpoint = endpoint;
        this.resource = resource;
        this.target = target;
        this.ledger = ledger;
    }

    @Override
    public SinkPlan plan() {
        List<Problem> problems = problems();
        List<Field> fields = new ArrayList<>();
        for (Field field : target.schema().fields()) {
            Optional<Column> pinned = pinned(field.name());
            fields.add(pinned.map(column -> field.typed(column.type())).orElse(field));
            if (pinned.isEmpty() && !resource.columns().isEmpty()) {
                problems.add(missing(field.name()));
            }
        }
        return new SinkPlan(new Schema(fields), List.of(), Map.of(), Map.of(), problems);
    }

    private Problem missing(String column) {
        List<String> known = resource.columns().stream().map(Column::name).toList();
        return Problem.of(
                ProblemCode.COLUMN_MISSING,
                "resource '%s' has no column '%s'".formatted(resource.name(), column),
                Nearest.fix(column, known));
    }

    private Optional<Column> pinned(String name) {
        return resource.columns().stream().filter(column -> column.name().equals(name)).findFirst();
    }

    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (resource.write().isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.ROLE_MISSING,
                            "resource '" + resource.name() + "' cannot be written to",
                            "describe how under 'write' of the resource"));
            return problems;
        }
        Write write = resource.write().get();
        switch (target.mode()) {
            case APPEND -> {}
            case UPSERT -> {
                if (!write.upserts()) {
                    problems.add(
                            unsupported(
                                    "upsert needs calls that replace a known row",
                                    "use 'method: PUT' or PATCH with the key in the path, or say"
                                            + " 'upserts: true' when the API does so by itself"));
                }
            }
            case REPLACE, MIRROR ->
                    problems.add(
                            unsupported(
                                    "an API cannot swap or delete rows in one step",
                                    "use 'mode: append' or 'mode: upsert'"));
        }
        problems.addAll(absent(write));
        write.files().forEach((column, file) -> unfit(column, file).ifPresent(problems::add));
        return problems;
    }

    /// Columns the calls are made of that do not arrive. A file that the resource lists among its
    /// columns may be left out, as any other value may.
    private List<Problem> absent(Write write) {
        Stream<String> files =
                write.files().keySet().stream().filter(column -> pinned(column).isEmpty());
        return Stream.concat(Stream.of(write.needed(), write.named()).flatMap(List::stream), files)
                .distinct()
                .filter(column -> !target.schema().has(column))
                .map(
                        column ->
                                Problem.of(
                                        ProblemCode.COLUMN_MISSING,
                                        "'write' of resource '%s' names column '%s', which does"
                                                        .formatted(resource.name(), column)
                                                + " not arrive",
                                        Nearest.fix(column, target.schema().names())))
                .toList();
    }

    private Optional<Problem> unfit(String column, FilePart file) {
        if (!target.schema().has(column)) {
            return Optional.empty();
        }
        Type arriving = target.schema().field(target.schema().indexOf(column)).type();
        Type type = pinned(column).map(Column::type).orElse(arriving);
        Scalar wanted = file.folder().isPresent() ? Scalar.TEXT : Scalar.BYTES;
        return type.equals(wanted)
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                ProblemCode.TYPE_UNSUPPORTED,
                                "column '%s' is sent as a file and expects type %s, got %s"
                                        .formatted(column, wanted.text(), type.text()),
                                file.folder().isPresent()
                                        ? "let it hold the path of a file below 'folder'"
                                        : "let it hold the bytes, or say the 'folder' of files"));
    }

    private Problem unsupported(String why, String fix) {
        String mode = target.mode().name().toLowerCase(java.util.Locale.ROOT);
        return Problem.of(
                ProblemCode.MODE_UNSUPPORTED,
                "mode '%s' does not work on '%s': %s".formatted(mode, resource.name(), why),
                fix);
    }

    @Override
    public boolean takesBack() {
        return false;
    }

    @Override
    public Claim claim() {
        List<Problem> problems = plan().problems();
        if (!problems.isEmpty()) {
            throw new ProblemException(problems.getFirst());
        }
        Claim claim = ledger.claim(target.fence());
        epoch = claim.epoch();
        return claim;
    }

    @Override
    public void begin(List<Range> parts) {
        ledger.begin(epoch, parts);
    }

    @Override
    public Lane lane() {
        Schema schema = plan().schema();
        List<Column> columns =
                schema.fields().stream()
                        .map(
                                field ->
                                        pinned(field.name())
                                                .orElse(
                                                        new Column(
                                                                field.name(),
                                                                field.type(),
                                                                List.of(field.name()))))
                        .toList();
        boolean ordered = target.mode() == WriteMode.UPSERT;
        HttpLane.Way way =
                new HttpLane.Way(
                        endpoint,
                        resource.write().orElseThrow(),
                        columns,
                        project,
                        target.task(),
                        ordered);
        return new HttpLane(api, way, ledger, epoch);
    }

    @Override
    public void finish(@Nullable String cursor) {
        ledger.finish(epoch, cursor);
    }

    @Override
    public void close() {}
}
