package dev.mortise.server.alert;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.document.FlowFollower;
import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

@Component
final class RuleStore implements FlowFollower {
    private static final Table<Record> RULE = table("alert_rule");
    private static final Field<String> ID = text("id");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> NAME = text("name");
    private static final Field<String> KIND = text("kind");
    private static final Field<String> FLOW = text("flow");
    private static final Field<String> SETTINGS = text("settings");
    private static final Field<String> CHANNELS = text("channels");
    private static final Field<String> SILENCE = text("silence");
    private static final Field<Integer> RECOVERY = whole("recovery");
    private static final Field<Integer> PAUSED = whole("paused");
    private static final Field<Integer> REVISION = whole("revision");
    private static final Field<Long> CREATED = big("created_at");

    private static final Table<Record> SEEN = table("rule_seen");
    private static final Field<String> OF = text("rule");
    private static final Field<String> WHAT = text("what");
    private static final Field<Long> AT = big("at");

    private static final Table<Record> MAINTENANCE = table("maintenance");
    private static final Field<Long> UNTIL = big("until");
    private static final Field<String> BY = text("by_whom");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private final Database database;

    RuleStore(Database database) {
        this.database = database;
    }

    /// Rules of the flow are its rules still.
    @Override
    public void renamed(DSLContext dsl, String project, String from, String to) {
        dsl.update(RULE)
                .set(FLOW, to)
                .set(REVISION, REVISION.plus(1))
                .where(PROJECT.eq(project))
                .and(FLOW.eq(from))
                .execute();
    }

    /// All of a project; they are few.
    List<Rule> list(String project) {
        return database.read(dsl -> list(dsl, project));
    }

    /// In the order in which they are told.
    List<Rule> list(DSLContext dsl, String project) {
        return dsl
                .selectFrom(RULE)
                .where(PROJECT.eq(project))
                .orderBy(NAME)
                .fetch(RuleStore::rule)
                .stream()
                .sorted(Comparator.comparing(Rule::kind))
                .toList();
    }

    /// Of all projects, those that are watched by the clock.
    List<Rule> watching() {
        return database.read(
                dsl ->
                        dsl.selectFrom(RULE)
                                .where(PAUSED.eq(0))
                                .and(KIND.in("late", "freshness", "quota"))
                                .orderBy(ID)
                                .fetch(RuleStore::rule));
    }

    Optional<Rule> find(String id) {
        return database.read(dsl -> find(dsl, id));
    }

    Optional<Rule> find(DSLContext dsl, String id) {
        return dsl.selectFrom(RULE).where(ID.eq(id)).fetchOptional(RuleStore::rule);
    }

    void add(DSLContext dsl, Rule rule) {
        dsl.insertInto(RULE).set(columns(rule)).set(ID, rule.id()).execute();
    }

    /// @return whether it was still as it was seen
    boolean change(DSLContext dsl, Rule rule) {
        return dsl.update(RULE)
                        .set(columns(rule))
                        .where(ID.eq(rule.id()))
                        .and(REVISION.eq(rule.revision() - 1))
                        .execute()
                == 1;
    }

    private static Map<Field<?>, Object> columns(Rule rule) {
        Map<Field<?>, Object> columns = new java.util.LinkedHashMap<>();
        columns.put(PROJECT, rule.project());
        columns.put(NAME, rule.name());
        columns.put(KIND, rule.kind().word());
        columns.put(FLOW, rule.flow());
        columns.put(SETTINGS, JSON.writeValueAsString(rule.settings()));
        columns.put(CHANNELS, JSON.writeValueAsString(rule.channels()));
        columns.put(SILENCE, rule.silence());
        columns.put(RECOVERY, rule.recovery() ? 1 : 0);
        columns.put(PAUSED, rule.paused() ? 1 : 0);
        columns.put(REVISION, rule.revision());
        columns.put(CREATED, rule.createdAt().toEpochMilli());
        return columns;
    }

    void remove(DSLContext dsl, String id) {
        dsl.deleteFrom(RULE).where(ID.eq(id)).execute();
    }

    /// Notes that a rule has looked at something.
    ///
    /// @return whether it had not before, on this server or another
    boolean see(DSLContext dsl, Rule rule, String what, Instant now) {
        return dsl.insertInto(SEEN)
                        .set(OF, rule.id())
                        .set(WHAT, what)
                        .set(AT, now.toEpochMilli())
                        .onConflict(OF, WHAT)
                        .doNothing()
                        .execute()
                == 1;
    }

    void forgetSeen(DSLContext dsl, Instant before) {
        dsl.deleteFrom(SEEN).where(AT.lt(before.toEpochMilli())).execute();
    }

    /// Until when nobody of a project is told; empty when they are.
    Optional<Instant> maintenance(DSLContext dsl, String project, Instant now) {
        return dsl.select(UNTIL)
                .from(MAINTENANCE)
                .where(PROJECT.eq(project))
                .and(UNTIL.gt(now.toEpochMilli()))
                .fetchOptional(UNTIL)
                .map(Instant::ofEpochMilli);
    }

    /// @param until in the past to end it
    void maintain(DSLContext dsl, String project, Instant until, String by) {
        dsl.insertInto(MAINTENANCE)
                .set(PROJECT, project)
                .set(UNTIL, until.toEpochMilli())
                .set(BY, by)
                .onConflict(PROJECT)
                .doUpdate()
                .set(UNTIL, until.toEpochMilli())
                .set(BY, by)
                .execute();
    }

    private static Rule rule(Record row) {
        return new Rule(
                row.get(ID),
                row.get(PROJECT),
                row.get(NAME),
                RuleKind.of(row.get(KIND)).orElseThrow(),
                row.get(FLOW),
                JSON.readValue(row.get(SETTINGS), MAP),
                JSON.readValue(row.get(CHANNELS), TEXTS),
                row.get(SILENCE),
                row.get(RECOVERY) == 1,
                row.get(PAUSED) == 1,
                row.get(REVISION),
                Instant.ofEpochMilli(row.get(CREATED)));
    }
}
