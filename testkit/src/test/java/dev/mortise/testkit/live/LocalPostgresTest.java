package dev.mortise.testkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class LocalPostgresTest extends LocalServerScenario {
    LocalPostgresTest() {
        super(LocalPostgres.start());
    }

    @Override
    LocalServer start(LocalOptions options) {
        return LocalPostgres.start(options);
    }

    @Test
    void isReadyForChangeCapture() throws SQLException {
        assertEquals("logical", text("postgres", "show wal_level"));
        assertEquals("on", text("postgres", "show fsync"));
        assertEquals("UTF8", text("postgres", "show server_encoding"));
        assertEquals("127.0.0.1", text("postgres", "show listen_addresses"));
        assertEquals(
                "t",
                text(
                        "postgres",
                        "select lsn is not null"
                                + " from pg_create_logical_replication_slot('s', 'pgoutput')"));
    }
}
