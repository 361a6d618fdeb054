package dev.mortise.server.calendar;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.calendar.WorkCalendar.Kind;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.SignedIn;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// `/api/calendars`: the days that differ from the week.
@RestController
class CalendarRoutes {
    private static final int DAYS_MAX = 3_000;
    private static final int TITLE_MAX = 100;
    private static final int NOTE_MAX = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Database database;
    private final CalendarStore calendars;
    private final AuditStore audit;

    CalendarRoutes(Database database, CalendarStore calendars, AuditStore audit) {
        this.database = database;
        this.calendars = calendars;
        this.audit = audit;
    }

    /// @param officialUntil where it is left out, what was said before holds
    record Body(
            @Nullable String name,
            @Nullable String title,
            @Nullable String note,
            @Nullable Map<String, String> days,
            @Nullable LocalDate officialUntil) {
        static Body of(WorkCalendar calendar) {
            Map<String, String> days = new TreeMap<>();
            calendar.days().forEach((date, kind) -> days.put(date.toString(), kind.word()));
            return new Body(
                    calendar.name(),
                    calendar.title(),
                    calendar.note(),
                    days,
                    calendar.officialUntil());
        }
    }

    record Line(String name) {}

    @SignedIn
    @GetMapping("/api/calendars")
    Page<Line> list() {
        return new Page<>(calendars.names().stream().map(Line::new).toList(), null);
    }

    @SignedIn
    @GetMapping("/api/calendars/{name}")
    ResponseEntity<Body> one(@PathVariable String name) {
        return shown(
                calendars
                        .find(name)
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                ProblemCode.NOT_FOUND,
                                                "no calendar is called '" + name + "'",
                                                "choose one from the list")));
    }

    @Needs(Role.ADMINISTRATOR)
    @PutMapping("/api/calendars/{name}")
    ResponseEntity<Body> save(
            @PathVariable String name,
            @RequestBody Body body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        WorkCalendar wanted = read(name, body);
        WorkCalendar saved =
                database.write(
                        dsl -> {
                            WorkCalendar before = calendars.find(dsl, name).orElse(null);
                            if (before != null) {
                                Version.demand(ifMatch, before.revision());
                            }
                            int revision = before == null ? 1 : before.revision() + 1;
                            WorkCalendar after =
                                    new WorkCalendar(
                                            name,
                                            wanted.title(),
                                            wanted.note(),
                                            wanted.days(),
                                            wanted.officialUntil() == null && before != null
                                                    ? before.officialUntil()
                                                    : wanted.officialUntil(),
                                            revision);
                            calendars.save(dsl, after);
                            audit.add(dsl, entry(caller, before, after));
                            return after;
                        });
        return shown(saved);
    }

    private static AuditEntry entry(
            Caller caller, @Nullable WorkCalendar before, WorkCalendar after) {
        return new AuditEntry(
                caller.login(),
                caller.ip(),
                "calendar.save",
                "",
                "calendars/" + after.name(),
                before == null ? null : "" + before.days(),
                "" + after.days());
    }

    private static ResponseEntity<Body> shown(WorkCalendar calendar) {
        return ResponseEntity.ok().eTag(Version.etag(calendar.revision())).body(Body.of(calendar));
    }

    private static WorkCalendar read(String name, Body body) {
        List<Problem> problems = new ArrayList<>();
        String title = requireNonNullElse(body.title(), name);
        String note = requireNonNullElse(body.note(), "");
        Map<String, String> said = requireNonNullElse(body.days(), Map.of());
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    invalid(
                            "a name expects 1 to 63 small letters, digits and '-', got '%s'"
                                    .formatted(name),
                            "write it like 'cn'"));
        }
        if (title.isBlank() || title.length() > TITLE_MAX || note.length() > NOTE_MAX) {
            problems.add(invalid("the title or the note is too long or empty", "shorten it"));
        }
        if (said.size() > DAYS_MAX) {
            problems.add(
                    invalid(
                            "a calendar holds at most %d days, got %d"
                                    .formatted(DAYS_MAX, said.size()),
                            "leave out years that are over"));
        }
        Map<LocalDate, Kind> days = new TreeMap<>();
        said.forEach((date, kind) -> day(date, kind, days, problems));
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return new WorkCalendar(name, title, note, days, body.officialUntil(), 0);
    }

    private static void day(
            String date, String kind, Map<LocalDate, Kind> days, List<Problem> problems) {
        try {
            days.put(LocalDate.parse(date), Kind.of(kind));
        } catch (DateTimeException | IllegalArgumentException _) {
            problems.add(
                    invalid(
                            "a day expects a date and holiday or workday, got '%s: %s'"
                                    .formatted(date, kind),
                            "write it like \"2026-10-01\": \"holiday\""));
        }
    }

    private static Problem invalid(String message, String fix) {
        return Problem.of(ProblemCode.VALUE_INVALID, message, fix);
    }
}
