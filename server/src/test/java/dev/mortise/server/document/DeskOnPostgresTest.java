package dev.mortise.server.document;

import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServers;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;

/// The same as [DeskTest] with PostgreSQL below.
@Tag("live")
final class DeskOnPostgresTest extends DeskTest {
    @Override
    String database() throws SQLException {
        LocalPostgres postgres = LocalServers.postgres();
        return "postgres://%s:%s@%s:%d/%s"
                .formatted(
                        postgres.user(),
                        postgres.password(),
                        postgres.host(),
                        postgres.port(),
                        postgres.freshDatabase("desk"));
    }
}
