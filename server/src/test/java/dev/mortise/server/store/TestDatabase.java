package dev.mortise.server.store;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.testkit.live.LocalPostgres;
import java.nio.file.Path;
import java.sql.SQLException;

/// The database of a server that is not there, with a project and flows in it.
public final class TestDatabase {
    public static final String PROJECT = "sales";

    private TestDatabase() {}

    /// SQLite in a folder.
    public static Database sqlite(Path home) {
        return filled(DatabaseOpener.open(home, ""));
    }

    /// A database of its own in a running PostgreSQL.
    public static Database postgres(LocalPostgres server) throws SQLException {
        return filled(DatabaseOpener.open(Path.of(""), url(server)));
    }

    /// The address of a new database, as a server is told it.
    public static String url(LocalPostgres server) throws SQLException {
        return "postgres://%s:%s@%s:%d/%s"
                .formatted(
                        server.user(),
                        server.password(),
                        server.host(),
                        server.port(),
                        server.freshDatabase("mortise"));
    }

    private static Database filled(Database database) {
        database.write(
                dsl ->
                        dsl.insertInto(table("project"))
                                .set(text("name"), PROJECT)
                                .set(text("title"), PROJECT)
                                .set(text("color"), "#000000")
                                .set(big("created_at"), 0L)
                                .execute());
        for (String flow : new String[] {"a", "b", "c"}) {
            flow(database, flow, 1);
        }
        return database;
    }

    /// Adds a flow whose first revision is published.
    public static void flow(Database database, String name, int published) {
        database.write(
                dsl ->
                        dsl.insertInto(table("document"))
                                .set(text("project"), PROJECT)
                                .set(text("kind"), "flows")
                                .set(text("name"), name)
                                .set(text("title"), "")
                                .set(text("connector"), "")
                                .set(text("tags"), "")
                                .set(text("text"), "flow: " + name)
                                .set(whole("revision"), published)
                                .set(whole("published"), published)
                                .set(big("updated_at"), 0L)
                                .set(text("updated_by"), "test")
                                .execute());
    }
}
