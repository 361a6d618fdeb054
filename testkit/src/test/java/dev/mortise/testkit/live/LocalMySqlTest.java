package dev.mortise.testkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class LocalMySqlTest extends LocalServerScenario {
    LocalMySqlTest() {
        super(LocalMySql.start());
    }

    @Override
    LocalServer start(LocalOptions options) {
        return LocalMySql.start(options);
    }

    @Test
    void isReadyForChangeCapture() throws SQLException {
        var own = server().database();
        assertEquals("1", text(own, "select @@global.log_bin"));
        assertEquals("ROW", text(own, "select @@global.binlog_format"));
        assertEquals("ON", text(own, "select @@global.gtid_mode"));
        assertEquals("utf8mb4", text(own, "select @@global.character_set_server"));
        assertEquals("caching_sha2_password", text(own, "select @@default_authentication_plugin"));
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
