package dev.mortise.server.project;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;

import dev.mortise.server.store.Database;
import dev.mortise.server.web.KnownProjects;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.springframework.stereotype.Component;

@Component
public final class ProjectStore implements KnownProjects {
    private static final Table<Record> PROJECT = table("project");
    private static final Field<String> NAME = text("name");
    private static final Field<String> TITLE = text("title");
    private static final Field<String> COLOR = text("color");
    private static final Field<Long> CREATED = big("created_at");

    private final Database database;

    ProjectStore(Database database) {
        this.database = database;
    }

    /// All of them, by name; projects are few.
    public List<Project> list() {
        return database.read(
                dsl -> dsl.selectFrom(PROJECT).orderBy(NAME).fetch(ProjectStore::project));
    }

    public Optional<Project> find(String name) {
        return database.read(
                dsl ->
                        dsl.selectFrom(PROJECT)
                                .where(NAME.eq(name))
                                .fetchOptional(ProjectStore::project));
    }

    @Override
    public boolean knows(String project) {
        return database.read(dsl -> dsl.fetchExists(PROJECT, NAME.eq(project)));
    }

    void add(DSLContext dsl, Project project) {
        dsl.insertInto(PROJECT)
                .set(NAME, project.name())
                .set(TITLE, project.title())
                .set(COLOR, project.color())
                .set(CREATED, project.createdAt().toEpochMilli())
                .execute();
    }

    void change(DSLContext dsl, Project project) {
        dsl.update(PROJECT)
                .set(TITLE, project.title())
                .set(COLOR, project.color())
                .where(NAME.eq(project.name()))
                .execute();
    }

    void remove(DSLContext dsl, String name) {
        dsl.deleteFrom(PROJECT).where(NAME.eq(name)).execute();
    }

    private static Project project(Record row) {
        return new Project(
                row.get(NAME),
                row.get(TITLE),
                row.get(COLOR),
                Instant.ofEpochMilli(row.get(CREATED)));
    }
}
