package dev.mortise.server.reject;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.engine.run.DeadLetter;
import dev.mortise.engine.run.Replay;
import dev.mortise.server.reject.RejectDesk.Choice;
import dev.mortise.server.reject.RejectDesk.Place;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/projects/{project}/rejects` and `/api/projects/{project}/flows/{flow}/rejects`.
@RestController
@RequestMapping("/api/projects/{project}")
class RejectRoutes {
    private static final String ROWS = "/flows/{flow}/rejects";
    private static final String ALL = "all";

    private final RejectDesk desk;

    RejectRoutes(RejectDesk desk) {
        this.desk = desk;
    }

    /// A rejected row.
    record Item(
            String id,
            String run,
            String step,
            String stage,
            String cause,
            String code,
            String message,
            String fix,
            @Nullable String column,
            Map<String, @Nullable String> row,
            Map<String, String> types,
            @Nullable String raw,
            String state,
            int attempts,
            Instant at) {
        static Item of(DeadLetter letter) {
            return new Item(
                    letter.id(),
                    letter.run(),
                    letter.step(),
                    letter.stage(),
                    Cause.of(letter).key(),
                    letter.problem().code().name(),
                    letter.problem().message(),
                    letter.problem().fix(),
                    letter.column(),
                    letter.row(),
                    letter.types(),
                    letter.raw(),
                    letter.state().name().toLowerCase(Locale.ROOT),
                    letter.attempts(),
                    letter.at());
        }
    }

    record Group(
            String cause,
            String code,
            @Nullable String column,
            String step,
            int count,
            String example) {
        static Group of(Cause.Group group) {
            return new Group(
                    group.cause().key(),
                    group.cause().code(),
                    group.cause().column(),
                    group.cause().step(),
                    group.count(),
                    group.example().problem().message());
        }
    }

    record Listing(List<Group> groups, List<Item> items, @Nullable String next) {}

    record RowBody(Map<String, @Nullable String> row) {}

    record ReplayBody(
            @Nullable List<String> ids, @Nullable String cause, @Nullable Boolean dryRun) {}

    record ChoiceBody(@Nullable List<String> ids, @Nullable String cause) {}

    /// @param code null of a row that got through
    record Result(String id, boolean ok, @Nullable String code, @Nullable String message) {
        static Result of(DeadLetter letter) {
            boolean through = letter.state() == DeadLetter.State.REPLAYED;
            return new Result(
                    letter.id(),
                    through,
                    through ? null : letter.problem().code().name(),
                    through ? null : letter.problem().message());
        }
    }

    record Replayed(int written, int rejected, List<Result> results) {}

    record Discarded(int discarded) {}

    /// A flow some rows of which wait to be mended.
    record Waiting(String flow, int rows) {}

    @Needs(Role.VIEWER)
    @GetMapping("/rejects")
    Page<Waiting> waiting(@PathVariable String project) {
        List<Waiting> found =
                desk.waiting(project).stream()
                        .map(one -> new Waiting(one.flow(), one.rows()))
                        .toList();
        return new Page<>(found, null);
    }

    @Needs(Role.VIEWER)
    @GetMapping(ROWS)
    Listing list(
            @PathVariable String project,
            @PathVariable String flow,
            @RequestParam(defaultValue = "new") String state,
            @RequestParam(defaultValue = "") String cause,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        List<DeadLetter> letters = desk.list(new Place(project, flow), state(state));
        List<Group> groups = Cause.groups(letters).stream().map(Group::of).toList();
        int most = Page.limit(limit);
        String behind = Page.key(after);
        List<DeadLetter> own =
                letters.stream()
                        .filter(l -> cause.isEmpty() || Cause.of(l).key().equals(cause))
                        .toList();
        List<Item> rest =
                own.stream()
                        .skip(behind == null ? 0 : position(own, behind))
                        .limit(most + 1L)
                        .map(Item::of)
                        .toList();
        Page<Item> page = Page.of(rest, most, Item::id);
        return new Listing(groups, page.items(), page.next());
    }

    /// Behind the letter with an id; the beginning when it is gone.
    private static long position(List<DeadLetter> letters, String id) {
        for (int i = 0; i < letters.size(); i++) {
            if (letters.get(i).id().equals(id)) {
                return i + 1L;
            }
        }
        return 0;
    }

    private static DeadLetter.@Nullable State state(String word) {
        if (word.equals(ALL)) {
            return null;
        }
        try {
            return DeadLetter.State.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemException.of(
                                    ProblemCode.VALUE_INVALID,
                                    "a state expects new, replayed, discarded or all, got '%s'"
                                            .formatted(word),
                                    "choose one of them")
                            .problem(),
                    e);
        }
    }

    @Needs(Role.OPERATOR)
    @PatchMapping(ROWS + "/{id}")
    Item mend(
            @PathVariable String project,
            @PathVariable String flow,
            @PathVariable String id,
            @RequestBody RowBody body,
            Caller caller) {
        return Item.of(
                desk.mend(
                        new Place(project, flow),
                        id,
                        requireNonNullElse(body.row(), Map.of()),
                        caller));
    }

    @Needs(Role.OPERATOR)
    @PostMapping(ROWS + "/replay")
    Replayed replay(
            @PathVariable String project,
            @PathVariable String flow,
            @RequestBody ReplayBody body,
            Caller caller) {
        Replay.Outcome outcome =
                desk.replay(
                        new Place(project, flow),
                        new Choice(body.ids(), body.cause()),
                        Boolean.TRUE.equals(body.dryRun()),
                        caller);
        return new Replayed(
                outcome.written(),
                outcome.rejected(),
                outcome.letters().stream().map(Result::of).toList());
    }

    @Needs(Role.OPERATOR)
    @PostMapping(ROWS + "/discard")
    Discarded discard(
            @PathVariable String project,
            @PathVariable String flow,
            @RequestBody ChoiceBody body,
            Caller caller) {
        Choice choice = new Choice(body.ids(), body.cause());
        return new Discarded(desk.discard(new Place(project, flow), choice, caller));
    }
}
