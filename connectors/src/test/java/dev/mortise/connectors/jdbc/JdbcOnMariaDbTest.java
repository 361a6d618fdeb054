package dev.mortise.connectors.jdbc;

import dev.mortise.spi.option.Settings;
import dev.mortise.testkit.contract.TestSettings;
import dev.mortise.testkit.live.LocalServer;
import dev.mortise.testkit.live.LocalServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("live")
final class JdbcOnMariaDbTest implements JdbcFixture {
    private static String database = "";

    @BeforeAll
    static void makeTheDatabase() throws SQLException {
        database = server().freshDatabase("jdbc");
    }

    private static LocalServer server() {
        return LocalServers.mariaDb();
    }

    @Override
    public JdbcDialect dialect() {
        return MySqlFamily.mySql();
    }

    @Override
    public Connection direct() throws SQLException {
        return server().connect(database);
    }

    @Override
    public Settings settings() {
        return TestSettings.of(
                factory(),
                Map.of(
                        "host", server().host(),
                        "port", server().port(),
                        "database", database,
                        "user", server().user(),
                        "password", server().password()));
    }

    @Override
    public Optional<String> textOfTen() {
        return Optional.of("varchar(10)");
    }
}
