package dev.mortise.server.connection;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.engine.plan.CursorCandidates;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/projects/{project}/connections/…`: trying a connection, and what lies behind it.
@RestController
@RequestMapping("/api/projects/{project}")
class ConnectionRoutes {
    private final ConnectionDesk desk;
    private final Samplings samplings;

    ConnectionRoutes(ConnectionDesk desk, Samplings samplings) {
        this.desk = desk;
        this.samplings = samplings;
    }

    record TextBody(@Nullable String name, @Nullable String text) {}

    /// @param filled whether the system gives it a value where none is written
    /// @param loss what reading the column loses; null when nothing
    record ColumnBody(
            String name,
            String type,
            @Nullable String nativeType,
            boolean nullable,
            boolean filled,
            @Nullable String comment,
            boolean key,
            @Nullable String loss) {
        static ColumnBody of(Dataset dataset, Field field) {
            String reason = field.loss().reason();
            return new ColumnBody(
                    field.name(),
                    field.type().text(),
                    field.nativeType(),
                    field.nullable(),
                    field.filled(),
                    field.comment(),
                    dataset.key().contains(field.name()),
                    reason.isEmpty() ? null : reason);
        }
    }

    record DatasetBody(
            String name,
            @Nullable String comment,
            @Nullable Long rowsEstimate,
            List<ColumnBody> columns,
            List<String> key,
            List<String> cursorCandidates,
            List<String> references) {
        static DatasetBody of(Dataset dataset) {
            return new DatasetBody(
                    dataset.name(),
                    dataset.comment(),
                    dataset.rowsEstimated() < 0 ? null : dataset.rowsEstimated(),
                    dataset.schema().fields().stream()
                            .map(field -> ColumnBody.of(dataset, field))
                            .toList(),
                    dataset.key(),
                    CursorCandidates.of(dataset),
                    dataset.references());
        }
    }

    @Needs(Role.DEVELOPER)
    @PostMapping("/connections/test")
    Trial test(@PathVariable String project, @RequestBody TextBody body, Caller caller) {
        String name = requireNonNullElse(body.name(), "");
        return desk.test(project, name, requireNonNullElse(body.text(), ""), caller);
    }

    @Needs(Role.VIEWER)
    @GetMapping("/connections/{connection}/datasets")
    Page<ConnectionDesk.Line> datasets(
            @PathVariable String project,
            @PathVariable String connection,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Page.limit(limit);
        List<ConnectionDesk.Line> lines =
                desk.datasets(project, connection, query, Page.key(after), most + 1);
        return Page.of(lines, most, ConnectionDesk.Line::name);
    }

    @Needs(Role.VIEWER)
    @GetMapping("/connections/{connection}/datasets/{dataset}")
    DatasetBody dataset(
            @PathVariable String project,
            @PathVariable String connection,
            @PathVariable String dataset) {
        return DatasetBody.of(desk.dataset(project, connection, dataset));
    }

    @Needs(Role.DEVELOPER)
    @GetMapping("/connections/{connection}/datasets/{dataset}/preview")
    Preview preview(
            @PathVariable String project,
            @PathVariable String connection,
            @PathVariable String dataset,
            @RequestParam(name = "preview_id", defaultValue = "") String previewId,
            @RequestParam(required = false) @Nullable Integer limit) {
        int rows = Math.clamp(requireNonNullElse(limit, Preview.ROWS), 1, Preview.ROWS_MAX);
        return desk.preview(project, connection, dataset, previewId, rows);
    }

    @Needs(Role.DEVELOPER)
    @DeleteMapping("/previews/{preview}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable String project, @PathVariable String preview) {
        samplings.cancel(project, preview);
    }
}
