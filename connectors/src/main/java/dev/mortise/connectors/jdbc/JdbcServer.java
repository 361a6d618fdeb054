package dev.mortise.connectors.jdbc;

import dev.mortise.spi.option.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A database server reached through a driver. The URL and every driver setting are ours.
final class JdbcServer implements JdbcPlace {
    private final JdbcDialect dialect;
    private final Address address;
    private final DriverFolder drivers;
    private @Nullable Driver driver;

    /// @param schema where bare names stand; empty for the user's own
    record Address(
            String host, int port, String database, String schema, String user, Secret password) {}

    JdbcServer(JdbcDialect dialect, Address address, Path drivers) {
        this.dialect = dialect;
        this.address = address;
        this.drivers = new DriverFolder(drivers);
    }

    @Override
    public JdbcDialect dialect() {
        return dialect;
    }

    private synchronized Driver driver() {
        Driver loaded = driver;
        if (loaded == null) {
            loaded = drivers.load(dialect.driver());
            driver = loaded;
        }
        return loaded;
    }

    @Override
    public Connection connect() throws SQLException {
        Properties settings = new Properties();
        settings.putAll(dialect.settings());
        settings.setProperty("user", address.user());
        settings.setProperty("password", address.password().reveal());
        String url = dialect.url(address.host(), address.port(), address.database());
        Connection connection = driver().connect(url, settings);
        if (connection == null) {
            throw new SQLException("the driver does not take its own address", "08001");
        }
        try {
            for (String statement : dialect.session()) {
                Sessions.execute(connection, statement);
            }
            if (!address.schema().isEmpty()) {
                enter(connection);
            }
            return connection;
        } catch (SQLException e) {
            Sessions.close(connection);
            throw e;
        }
    }

    private void enter(Connection connection) throws SQLException {
        if (dialect.catalogs()) {
            connection.setCatalog(address.schema());
        } else {
            connection.setSchema(address.schema());
        }
    }
}
