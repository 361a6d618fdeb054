package dev.mortise.server.schedule;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.calendar.CalendarStore;
import dev.mortise.server.calendar.WorkCalendar;
import dev.mortise.server.document.DocumentKind;
import dev.mortise.server.document.DocumentStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Changes schedules: each change is one transaction with its audit entry.
@Component
public final class ScheduleDesk {
    static final Predicate<LocalDate> EVERY_DAY = _ -> true;

    private final Database database;
    private final ScheduleStore schedules;
    private final CalendarStore calendars;
    private final DocumentStore documents;
    private final AuditStore audit;

    ScheduleDesk(
            Database database,
            ScheduleStore schedules,
            CalendarStore calendars,
            DocumentStore documents,
            AuditStore audit) {
        this.database = database;
        this.schedules = schedules;
        this.calendars = calendars;
        this.documents = documents;
        this.audit = audit;
    }

    /// The years of some times for which no official list of the calendar's days is out yet.
    List<Integer> openYears(@Nullable String calendar, List<LocalDate> dates) {
        Optional<WorkCalendar> found =
                calendar == null ? Optional.empty() : calendars.find(calendar);
        return found.map(
                        known ->
                                dates.stream()
                                        .filter(known::isOpen)
                                        .map(LocalDate::getYear)
                                        .distinct()
                                        .sorted()
                                        .toList())
                .orElse(List.of());
    }

    /// The days that count for a schedule.
    Predicate<LocalDate> days(DSLContext dsl, @Nullable String calendar) {
        return calendar == null
                ? EVERY_DAY
                : calendars
                        .find(dsl, calendar)
                        .<Predicate<LocalDate>>map(found -> found)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                ScheduleRules.invalid(
                                                        "calendar",
                                                        "no calendar is called '" + calendar + "'",
                                                        "choose one from the list")));
    }

    Predicate<LocalDate> days(@Nullable String calendar) {
        return database.read(dsl -> days(dsl, calendar));
    }

    /// Whether a flow was deleted since somebody wanted to follow it.
    boolean isGone(Schedule.FlowName flow) {
        return documents.find(flow.project(), DocumentKind.FLOWS, flow.flow()).isEmpty();
    }

    Schedule demand(String project, String id) {
        return schedules
                .find(project, id)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.NOT_FOUND,
                                        "there is no schedule '" + id + "'",
                                        "choose one from the list"));
    }

    /// Lets a published flow run by itself at times, once for all that were missed.
    public Schedule add(Schedule.FlowName flow, String cron, String zone, Caller caller) {
        return add(
                new Schedule(
                        Ids.next(),
                        flow.project(),
                        flow.flow(),
                        cron,
                        zone,
                        null,
                        List.of(),
                        Schedule.Missed.ONCE,
                        0,
                        0,
                        Schedule.Concurrency.SKIP,
                        false,
                        null,
                        null,
                        Instant.EPOCH,
                        0),
                caller);
    }

    /// Whether anything lets a flow run by itself, as far as one page of schedules tells.
    public boolean knows(Schedule.FlowName flow) {
        return schedules.list(flow.project(), null, Page.LIMIT_MAX).stream()
                .anyMatch(one -> one.flow().equals(flow.flow()));
    }

    /// @param wanted of revision 0
    Schedule add(Schedule wanted, Caller caller) {
        demandFlows(wanted, caller);
        return database.write(dsl -> saved(dsl, wanted, null, caller));
    }

    /// @param ifMatch the version it is based on
    Schedule change(Schedule wanted, @Nullable String ifMatch, Caller caller) {
        demandFlows(wanted, caller);
        return database.write(
                dsl -> {
                    Schedule before =
                            schedules.find(dsl, wanted.id()).orElseThrow(() -> gone(wanted.id()));
                    Version.demand(ifMatch, before.revision());
                    return saved(dsl, wanted, before, caller);
                });
    }

    private static ProblemException gone(String id) {
        return ProblemException.of(
                ProblemCode.NOT_FOUND, "there is no schedule '" + id + "'", "make a new one");
    }

    /// What fired before this change fires no more; the next time is the first one after it.
    private Schedule saved(
            DSLContext dsl, Schedule wanted, @Nullable Schedule before, Caller caller) {
        Map<Schedule.FlowName, List<Schedule.FlowName>> others =
                new HashMap<>(schedules.dependencies(dsl));
        others.remove(new Schedule.FlowName(wanted.project(), wanted.flow()));
        ScheduleRules.demand(wanted, others);
        Instant now = database.now(dsl);
        Instant next = FirePlan.next(wanted, days(dsl, wanted.calendar()), now);
        int revision = before == null ? 1 : before.revision() + 1;
        Schedule after = wanted.at(next, before == null ? null : before.lastFire(), now, revision);
        schedules.save(dsl, after);
        audit.add(
                dsl,
                entry(
                        caller,
                        before == null ? "schedule.add" : "schedule.save",
                        after,
                        before == null ? null : before.toString(),
                        after.toString()));
        return after;
    }

    private void demandFlows(Schedule wanted, Caller caller) {
        List<Schedule.FlowName> named = new ArrayList<>(wanted.dependsOn());
        named.add(new Schedule.FlowName(wanted.project(), wanted.flow()));
        List<Problem> problems = new ArrayList<>();
        for (Schedule.FlowName flow : named) {
            boolean there =
                    caller.may(Role.VIEWER, flow.project())
                            && documents
                                    .find(flow.project(), DocumentKind.FLOWS, flow.flow())
                                    .isPresent();
            if (!there) {
                problems.add(
                        new Problem(
                                ProblemCode.FLOW_UNKNOWN,
                                "no flow is called '%s'".formatted(flow.text()),
                                "flow",
                                "choose one from the list"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    void remove(Schedule schedule, @Nullable String ifMatch, Caller caller) {
        Version.demand(ifMatch, schedule.revision());
        database.write(
                dsl -> {
                    schedules.remove(dsl, schedule.id());
                    audit.add(
                            dsl,
                            entry(caller, "schedule.remove", schedule, schedule.toString(), null));
                    return null;
                });
    }

    private static AuditEntry entry(
            Caller caller,
            String action,
            Schedule schedule,
            @Nullable String before,
            @Nullable String after) {
        return new AuditEntry(
                caller.login(),
                caller.ip(),
                action,
                schedule.project(),
                "schedules/" + schedule.id(),
                before,
                after);
    }
}
