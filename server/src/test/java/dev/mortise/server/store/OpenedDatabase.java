package dev.mortise.server.store;

import java.nio.file.Path;

/// A database with all tables and nothing in them, without a server around it.
public final class OpenedDatabase {
    private OpenedDatabase() {}

    /// @param url empty for SQLite in the folder
    public static Database at(Path home, String url) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        return DatabaseOpener.open(home, url);
    }

    /// With a project in it.
    public static void project(Database database, String name) {
        database.write(
                dsl ->
                        dsl.insertInto(Columns.table("project"))
                                .set(Columns.text("name"), name)
                                .set(Columns.text("title"), name)
                                .set(Columns.text("color"), "#1f6f8b")
                                .set(Columns.big("created_at"), 0L)
                                .execute());
    }
}
