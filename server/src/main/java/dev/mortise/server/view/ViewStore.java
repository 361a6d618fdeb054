package dev.mortise.server.view;

import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.store.Database;
import java.util.LinkedHashMap;
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

/// Saved views.
@Component
final class ViewStore {
    /// Of one answer: more than a menu shows.
    private static final int LISTED_MAX = 500;

    private static final Table<Record> VIEW = table("saved_view");
    private static final Field<String> ID = text("id");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> LIST = text("list");
    private static final Field<String> OWNER = text("owner");
    private static final Field<String> OWNER_NAME = text("owner_name");
    private static final Field<String> NAME = text("name");
    private static final Field<String> FILTERS = text("filters");
    private static final Field<Integer> SHARED = whole("shared");
    private static final Field<Integer> REVISION = whole("revision");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final Database database;

    ViewStore(Database database) {
        this.database = database;
    }

    /// Those of a person and those everybody sees, by their names.
    List<View> list(String project, String list, String person) {
        return database.read(
                dsl ->
                        dsl.selectFrom(VIEW)
                                .where(PROJECT.eq(project))
                                .and(LIST.eq(list))
                                .and(OWNER.eq(person).or(SHARED.eq(1)))
                                .orderBy(NAME, ID)
                                .limit(LISTED_MAX)
                                .fetch(ViewStore::view));
    }

    Optional<View> find(DSLContext dsl, String project, String id) {
        return dsl.selectFrom(VIEW)
                .where(ID.eq(id))
                .and(PROJECT.eq(project))
                .fetchOptional(ViewStore::view);
    }

    /// Another of the same person and list under that name.
    boolean isTaken(DSLContext dsl, View view) {
        return dsl.fetchExists(
                dsl.selectOne()
                        .from(VIEW)
                        .where(PROJECT.eq(view.project()))
                        .and(LIST.eq(view.list()))
                        .and(OWNER.eq(view.owner()))
                        .and(NAME.eq(view.name()))
                        .and(ID.ne(view.id())));
    }

    int count(DSLContext dsl, View like) {
        return dsl.fetchCount(
                dsl.selectOne()
                        .from(VIEW)
                        .where(PROJECT.eq(like.project()))
                        .and(LIST.eq(like.list()))
                        .and(OWNER.eq(like.owner())));
    }

    void save(DSLContext dsl, View view) {
        Map<Field<?>, Object> values = new LinkedHashMap<>();
        values.put(NAME, view.name());
        values.put(FILTERS, JSON.writeValueAsString(view.filters()));
        values.put(SHARED, view.shared() ? 1 : 0);
        values.put(REVISION, view.revision());
        if (view.revision() > 1) {
            dsl.update(VIEW).set(values).where(ID.eq(view.id())).execute();
            return;
        }
        dsl.insertInto(VIEW)
                .set(ID, view.id())
                .set(PROJECT, view.project())
                .set(LIST, view.list())
                .set(OWNER, view.owner())
                .set(OWNER_NAME, view.ownerName())
                .set(values)
                .execute();
    }

    void remove(DSLContext dsl, View view) {
        dsl.deleteFrom(VIEW).where(ID.eq(view.id())).execute();
    }

    private static View view(Record row) {
        return new View(
                row.get(ID),
                row.get(PROJECT),
                row.get(LIST),
                row.get(OWNER),
                row.get(OWNER_NAME),
                row.get(NAME),
                JSON.readValue(row.get(FILTERS), TEXTS),
                row.get(SHARED) == 1,
                row.get(REVISION));
    }
}
