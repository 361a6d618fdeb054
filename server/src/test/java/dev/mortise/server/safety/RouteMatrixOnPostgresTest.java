package dev.mortise.server.safety;

import dev.mortise.server.store.TestDatabase;
import dev.mortise.testkit.live.LocalServers;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// The same as [RouteMatrixTest] with PostgreSQL below.
@Tag("live")
final class RouteMatrixOnPostgresTest extends RouteMatrixTest {
    RouteMatrixOnPostgresTest(@TempDir Path home) throws SQLException {
        super(home);
    }

    @Override
    String database() throws SQLException {
        return TestDatabase.url(LocalServers.postgres());
    }
}
