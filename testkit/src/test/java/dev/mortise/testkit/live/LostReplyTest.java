package dev.mortise.testkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("live")
final class LostReplyTest {
    private static final long SEED = 7;

    @Test
    void commitsInPostgresThoughTheClientSeesAnError() throws SQLException {
        losesTheReplyToCommit(LocalServers.postgres());
    }

    @Test
    void commitsInMariaDbThoughTheClientSeesAnError() throws SQLException {
        losesTheReplyToCommit(LocalServers.mariaDb());
    }

    private static void losesTheReplyToCommit(LocalServer server) throws SQLException {
        var database = server.freshDatabase("lost_reply");
        server.executeIn(database, "create table t(n int)");
        try (var proxy = FaultProxy.to(server, SEED)) {
            var url = server.jdbcUrl(database).replace(":" + server.port(), ":" + proxy.port());
            try (var connection =
                            DriverManager.getConnection(url, server.user(), server.password());
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("insert into t values (1)");
                proxy.set(new Fault.LoseReply("COMMIT"));
                assertThrows(SQLException.class, connection::commit);
            }
            assertEquals(1, proxy.fired());
        }
        try (var connection = server.connect(database);
                var rows = connection.createStatement().executeQuery("select count(*) from t")) {
            assertTrue(rows.next());
            assertEquals(1, rows.getInt(1));
        }
    }
}
