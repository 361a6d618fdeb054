package dev.mortise.testkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every local server has to do, whatever its make.
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LocalServerScenario {
    private final LocalServer server;

    LocalServerScenario(LocalServer server) {
        this.server = server;
    }

    abstract LocalServer start(LocalOptions options);

    @BeforeAll
    void createTable() throws SQLException {
        server.execute("create table kept(id int primary key, word varchar(20))");
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Test
    void answersQueriesInItsOwnDatabases() throws SQLException {
        var first = server.freshDatabase("answers");
        var second = server.freshDatabase("answers");
        server.executeIn(first, "create table t(w varchar(20))", "insert into t values ('榫接 🪵')");
        server.executeIn(second, "create table t(w varchar(20))");
        assertEquals("榫接 🪵", text(first, "select min(w) from t"));
        assertEquals("0", text(second, "select count(*) from t"));
        server.dropDatabase(second);
        assertThrows(SQLException.class, () -> server.connect(second));
    }

    @Test
    void keepsCommittedRowsWhenKilled() throws SQLException {
        server.execute("insert into kept values (1, 'before')");
        var port = server.port();
        var before = server.pids();
        server.kill9();
        assertEquals(0, server.pids().size());
        before.forEach(LocalServerScenario::assertGone);
        assertThrows(SQLException.class, server::connect);
        server.restart();
        assertEquals(port, server.port());
        assertEquals("before", text(server.database(), "select word from kept where id = 1"));
    }

    @Test
    void refusesAWrongPassword() {
        var url = server.jdbcUrl(server.database());
        assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(url, server.user(), "wrong").close());
        assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(url, "root", server.password()).close());
    }

    @Test
    void leavesNothingBehindWhenClosed() {
        var other = start(LocalOptions.defaults());
        var pids = other.pids();
        var folder = other.folder.root();
        assertFalse(pids.isEmpty());
        other.close();
        pids.forEach(LocalServerScenario::assertGone);
        assertFalse(Files.exists(folder));
    }

    @Test
    void startsAgainInAKeptFolder() throws Exception {
        var folder = Files.createTempDirectory("kept-");
        try {
            var options = LocalOptions.defaults().keepIn(folder.resolve("server"));
            makeReachable(folder);
            try (var first = start(options)) {
                first.createDatabase("shop");
                first.executeIn("shop", "create table t(n int)", "insert into t values (42)");
            }
            try (var second = start(options);
                    var connection = second.connect("shop");
                    var rows = connection.createStatement().executeQuery("select n from t")) {
                assertTrue(rows.next());
                assertEquals(42, rows.getInt(1));
            }
        } finally {
            ServerFolder.delete(folder);
        }
    }

    @Test
    void explainsASettingTheServerRefuses() {
        var options = LocalOptions.defaults().set("nonsense", "1");
        var failure = assertThrows(LocalServerException.class, () -> start(options).close());
        var text = String.valueOf(failure.getMessage());
        assertTrue(text.contains("nonsense"), text);
    }

    LocalServer server() {
        return server;
    }

    String text(String database, String sql) throws SQLException {
        try (var connection = server.connect(database);
                var rows = connection.createStatement().executeQuery(sql)) {
            assertTrue(rows.next(), sql);
            return rows.getString(1);
        }
    }

    private static void makeReachable(Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void assertGone(long pid) {
        assertFalse(ServerProcess.runs(pid), "process " + pid + " still runs");
    }
}
