package dev.mortise.server.alert;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.channel.Message;
import dev.mortise.server.document.FlowFollower;
import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

@Component
final class IncidentStore implements FlowFollower {
    private static final int OPEN_MAX = 1_000;

    private static final Table<Record> INCIDENT = table("incident");
    private static final Field<String> ID = text("id");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> RULE = text("rule");
    private static final Field<String> KIND = text("kind");
    private static final Field<String> SUBJECT = text("subject");
    private static final Field<String> OPEN_KEY = text("open_key");
    private static final Field<Long> OPENED = big("opened_at");
    private static final Field<Long> CLOSED = big("closed_at");
    private static final Field<Integer> TIMES = whole("times");
    private static final Field<Integer> TOLD_TIMES = whole("told_times");
    private static final Field<Long> TOLD = big("told_at");
    private static final Field<Long> ESCALATED = big("escalated_at");
    private static final Field<Long> SILENCED = big("silenced_until");
    private static final Field<String> FAULT = text("fault");
    private static final Field<String> MESSAGE = text("message");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;

    IncidentStore(Database database) {
        this.database = database;
    }

    private static String key(String rule, String subject) {
        return rule + "/" + subject;
    }

    /// @return whether it was opened; false when one of its rule and subject is open already
    boolean open(DSLContext dsl, Incident incident) {
        return dsl.insertInto(INCIDENT)
                        .set(ID, incident.id())
                        .set(PROJECT, incident.project())
                        .set(RULE, incident.rule())
                        .set(KIND, incident.kind().word())
                        .set(SUBJECT, incident.subject())
                        .set(OPEN_KEY, key(incident.rule(), incident.subject()))
                        .set(OPENED, incident.openedAt().toEpochMilli())
                        .set(TIMES, 1)
                        .set(TOLD_TIMES, 0)
                        .set(FAULT, incident.fault())
                        .set(MESSAGE, JSON.writeValueAsString(incident.message()))
                        .onConflict(OPEN_KEY)
                        .doNothing()
                        .execute()
                == 1;
    }

    /// Seen once more; the newest message is what is told next.
    void repeat(DSLContext dsl, String id, Message message) {
        dsl.update(INCIDENT)
                .set(TIMES, TIMES.plus(1))
                .set(MESSAGE, JSON.writeValueAsString(message))
                .where(ID.eq(id))
                .execute();
    }

    Optional<Incident> open(DSLContext dsl, String rule, String subject) {
        return dsl.selectFrom(INCIDENT)
                .where(OPEN_KEY.eq(key(rule, subject)))
                .fetchOptional(IncidentStore::incident);
    }

    /// @return whether it was open
    boolean close(DSLContext dsl, String id, Instant now) {
        return dsl.update(INCIDENT)
                        .set(CLOSED, now.toEpochMilli())
                        .set(OPEN_KEY, (String) null)
                        .where(ID.eq(id))
                        .and(CLOSED.isNull())
                        .execute()
                == 1;
    }

    /// @return whether nobody else was faster: what was told is still what we saw
    boolean told(DSLContext dsl, Incident incident, Instant now) {
        return dsl.update(INCIDENT)
                        .set(TOLD, now.toEpochMilli())
                        .set(TOLD_TIMES, incident.count())
                        .where(ID.eq(incident.id()))
                        .and(same(TOLD, incident.toldAt()))
                        .execute()
                == 1;
    }

    boolean escalated(DSLContext dsl, Incident incident, Instant now) {
        return dsl.update(INCIDENT)
                        .set(ESCALATED, now.toEpochMilli())
                        .where(ID.eq(incident.id()))
                        .and(ESCALATED.isNull())
                        .execute()
                == 1;
    }

    private static Condition same(Field<Long> field, @Nullable Instant value) {
        return value == null ? field.isNull() : field.eq(value.toEpochMilli());
    }

    /// What is open of a flow is closed under its new name.
    @Override
    public void renamed(DSLContext dsl, String project, String from, String to) {
        dsl.selectFrom(INCIDENT)
                .where(PROJECT.eq(project))
                .and(SUBJECT.eq(from))
                .and(KIND.ne(RuleKind.QUOTA.word()))
                .fetch()
                .forEach(row -> rename(dsl, row, to));
    }

    private void rename(DSLContext dsl, Record row, String to) {
        String key = row.get(OPEN_KEY) == null ? null : key(row.get(RULE), to);
        if (key != null) {
            // Left by a flow of that name which is gone.
            open(dsl, row.get(RULE), to)
                    .ifPresent(gone -> close(dsl, gone.id(), database.now(dsl)));
        }
        dsl.update(INCIDENT)
                .set(SUBJECT, to)
                .set(OPEN_KEY, key)
                .where(ID.eq(row.get(ID)))
                .execute();
    }

    void silence(DSLContext dsl, String id, Instant until) {
        dsl.update(INCIDENT).set(SILENCED, until.toEpochMilli()).where(ID.eq(id)).execute();
    }

    /// Whether a flow's failure is open, of which a channel knows.
    boolean isFailing(DSLContext dsl, String project, String subject) {
        return dsl.fetchExists(
                dsl.selectOne()
                        .from(INCIDENT)
                        .where(PROJECT.eq(project))
                        .and(SUBJECT.eq(subject))
                        .and(KIND.eq(RuleKind.FAILURE.word()))
                        .and(CLOSED.isNull())
                        .and(TOLD.isNotNull()));
    }

    /// Subjects with an open incident of some kinds.
    List<String> subjects(String project, RuleKind... kinds) {
        List<String> words = java.util.Arrays.stream(kinds).map(RuleKind::word).toList();
        return database.read(
                dsl ->
                        dsl.selectDistinct(SUBJECT)
                                .from(INCIDENT)
                                .where(PROJECT.eq(project))
                                .and(CLOSED.isNull())
                                .and(KIND.in(words))
                                .limit(OPEN_MAX)
                                .fetch(SUBJECT));
    }

    /// Of all projects, oldest first.
    List<Incident> open() {
        return database.read(
                dsl ->
                        dsl.selectFrom(INCIDENT)
                                .where(OPEN_KEY.isNotNull())
                                .orderBy(OPENED, ID)
                                .limit(OPEN_MAX)
                                .fetch(IncidentStore::incident));
    }

    /// Newest first.
    ///
    /// @param open null for both
    /// @param after the id of the last one seen
    List<Incident> list(String project, @Nullable Boolean open, @Nullable String after, int limit) {
        Condition which = PROJECT.eq(project);
        if (open != null) {
            which = which.and(open ? CLOSED.isNull() : CLOSED.isNotNull());
        }
        // Ids sort by the time they were made.
        Condition from = after == null ? DSL.noCondition() : ID.lt(after);
        Condition all = which.and(from);
        return database.read(
                dsl ->
                        dsl.selectFrom(INCIDENT)
                                .where(all)
                                .orderBy(ID.desc())
                                .limit(limit)
                                .fetch(IncidentStore::incident));
    }

    Optional<Incident> find(String id) {
        return database.read(
                dsl ->
                        dsl.selectFrom(INCIDENT)
                                .where(ID.eq(id))
                                .fetchOptional(IncidentStore::incident));
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static Incident incident(Record row) {
        return new Incident(
                row.get(ID),
                row.get(PROJECT),
                row.get(RULE),
                RuleKind.of(row.get(KIND)).orElseThrow(),
                row.get(SUBJECT),
                Instant.ofEpochMilli(row.get(OPENED)),
                time(row.get(CLOSED)),
                row.get(TIMES),
                row.get(TOLD_TIMES),
                time(row.get(TOLD)),
                time(row.get(ESCALATED)),
                time(row.get(SILENCED)),
                row.get(FAULT),
                JSON.readValue(row.get(MESSAGE), Message.class));
    }
}
