package dev.mortise.server.design;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.connection.Preview;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Role;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/api/projects/{project}/flows/…`: questions about a flow that is being written. Nothing is
/// saved and nothing is changed anywhere.
@RestController
@RequestMapping("/api/projects/{project}/flows")
class DesignRoutes {
    private final CheckDesk checks;
    private final PreviewDesk previews;
    private final EvaluateDesk evaluations;
    private final ProposeDesk proposals;

    DesignRoutes(
            CheckDesk checks,
            PreviewDesk previews,
            EvaluateDesk evaluations,
            ProposeDesk proposals) {
        this.checks = checks;
        this.previews = previews;
        this.evaluations = evaluations;
        this.proposals = proposals;
    }

    /// A flow's text, saved or not.
    record FlowBody(@Nullable String name, @Nullable String text) {}

    /// @param previewId by which it can be cancelled
    record PreviewBody(
            @Nullable String name,
            @Nullable String text,
            @Nullable String step,
            @Nullable Integer limit,
            @Nullable String previewId,
            @Nullable Map<String, Pins.Pin> pins) {}

    record EvaluateBody(
            @Nullable String name,
            @Nullable String text,
            @Nullable String step,
            @Nullable Map<String, String> expressions,
            @Nullable Map<String, String> targetTypes,
            @Nullable Integer limit,
            @Nullable Map<String, Pins.Pin> pins) {}

    /// One of the two.
    record EndBody(@Nullable String step, @Nullable String dataset) {}

    record ProposeBody(
            @Nullable String name,
            @Nullable String text,
            @Nullable EndBody source,
            @Nullable EndBody target,
            @Nullable Map<String, Pins.Pin> pins) {}

    /// Checking asks live systems. Whoever may not write a flow may have the saved one checked, and
    /// no other: what is asked is what its author wanted to be asked.
    @Needs(Role.VIEWER)
    @PostMapping("/check")
    Checked check(@PathVariable String project, @RequestBody FlowBody body, Caller caller) {
        return checks.check(
                project, text(body.name()), text(body.text()), caller.may(Role.DEVELOPER, project));
    }

    @Needs(Role.DEVELOPER)
    @PostMapping("/preview")
    Preview preview(@PathVariable String project, @RequestBody PreviewBody body) {
        int rows = Math.clamp(requireNonNullElse(body.limit(), Preview.ROWS), 1, Preview.ROWS_MAX);
        PreviewDesk.Wanted wanted =
                new PreviewDesk.Wanted(
                        text(body.name()),
                        text(body.text()),
                        text(body.step()),
                        rows,
                        text(body.previewId()));
        return previews.preview(project, wanted, Pins.batches(body.pins()));
    }

    @Needs(Role.DEVELOPER)
    @PostMapping("/evaluate")
    Evaluated evaluate(@PathVariable String project, @RequestBody EvaluateBody body) {
        int rows = Math.clamp(requireNonNullElse(body.limit(), 5), 1, EvaluateDesk.ROWS_MAX);
        EvaluateDesk.Wanted wanted =
                new EvaluateDesk.Wanted(
                        text(body.name()),
                        text(body.text()),
                        text(body.step()),
                        requireNonNullElse(body.expressions(), Map.of()),
                        requireNonNullElse(body.targetTypes(), Map.of()),
                        rows);
        return evaluations.evaluate(project, wanted, Pins.batches(body.pins()));
    }

    @Needs(Role.DEVELOPER)
    @PostMapping("/propose")
    Proposed propose(@PathVariable String project, @RequestBody ProposeBody body) {
        EndBody source = requireNonNullElse(body.source(), new EndBody(null, null));
        EndBody target = requireNonNullElse(body.target(), new EndBody(null, null));
        ProposeDesk.Wanted wanted =
                new ProposeDesk.Wanted(
                        text(body.name()),
                        text(body.text()),
                        text(source.step()),
                        text(source.dataset()),
                        text(target.dataset()));
        return proposals.propose(project, wanted, Pins.batches(body.pins()));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
