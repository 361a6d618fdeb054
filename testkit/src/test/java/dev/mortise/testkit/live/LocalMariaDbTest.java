package dev.mortise.testkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class LocalMariaDbTest extends LocalServerScenario {
    LocalMariaDbTest() {
        super(LocalMariaDb.start());
    }

    @Override
    LocalServer start(LocalOptions options) {
        return LocalMariaDb.start(options);
    }

    @Test
    void isReadyForChangeCapture() throws SQLException {
        var own = server().database();
        assertEquals("1", text(own, "select @@global.log_bin"));
        assertEquals("ROW", text(own, "select @@global.binlog_format"));
        assertEquals("utf8mb4", text(own, "select @@global.character_set_server"));
        assertEquals("0", text(own, "select count(*) from mysql.global_priv where user = 'root'"));
        server().executeIn(own, "flush binary logs");
    }

    @Test
    void forbidsLocalFilesOnDemand() throws SQLException {
        assertEquals("1", text(server().database(), "select @@global.local_infile"));
        var options = LocalOptions.defaults().set("local_infile", "0");
        try (var strict = start(options);
                var connection = strict.connect();
                var rows =
                        connection.createStatement().executeQuery("select @@global.local_infile")) {
            rows.next();
            assertEquals(0, rows.getInt(1));
        }
    }
}
