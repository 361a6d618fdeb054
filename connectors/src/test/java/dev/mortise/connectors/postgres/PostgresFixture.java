package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.contract.TestSettings;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A database of its own, on the shared server or another, filled by plain JDBC past the connector.
final class PostgresFixture {
    private static final Map<Class<?>, PostgresFixture> OF_CLASS = new ConcurrentHashMap<>();

    private final LocalPostgres server;
    private final String database;
    private final Queue<PostgresConnector> opened = new ConcurrentLinkedQueue<>();

    private PostgresFixture(LocalPostgres server, String database) {
        this.server = server;
        this.database = database;
    }

    /// One database a test class: classes run in any order and may use the same names.
    static PostgresFixture of(Class<?> test) {
        return OF_CLASS.computeIfAbsent(test, any -> fresh());
    }

    static PostgresFixture fresh() {
        return on(LocalServers.postgres());
    }

    static PostgresFixture on(LocalPostgres server) {
        try {
            return new PostgresFixture(server, server.freshDatabase("connector"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    ConnectorFactory factory() {
        return new PostgresFactory();
    }

    Settings settings() {
        return settings(Map.of());
    }

    Settings settings(Map<String, String> changed) {
        Map<String, String> values =
                new java.util.HashMap<>(
                        Map.of(
                                "host", server.host(),
                                "port", Integer.toString(server.port()),
                                "database", database,
                                "user", server.user(),
                                "password", server.password(),
                                "connections_max", "16",
                                "lock_timeout", "10s"));
        values.putAll(changed);
        return TestSettings.of(factory(), values);
    }

    /// A connector that [#closeOpened] closes, if the test does not.
    PostgresConnector open() {
        PostgresConnector connector = new PostgresConnector(settings());
        opened.add(connector);
        return connector;
    }

    /// Ends what a test opened: sessions of a hundred tests are more than a server has.
    void closeOpened() {
        for (PostgresConnector one = opened.poll(); one != null; one = opened.poll()) {
            one.close();
        }
    }

    Connection connect() {
        try {
            Connection connection = server.connect(database);
            connection.createStatement().execute("set timezone = 'UTC'");
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first column of the first row, as text.
    @Nullable String text(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void drop(String dataset) {
        execute("drop table if exists " + Sql.name(dataset) + " cascade");
    }

    void seed(String dataset, Schema schema, List<String> key, List<Batch> rows) {
        drop(dataset);
        String columns =
                schema.fields().stream()
                        .map(
                                f ->
                                        Sql.name(f.name())
                                                + " "
                                                + declared(f)
                                                + (f.nullable() ? "" : " not null"))
                        .collect(Collectors.joining(", "));
        String primary = key.isEmpty() ? "" : ", primary key (" + Sql.names(key) + ")";
        execute("create table %s (%s%s)".formatted(Sql.name(dataset), columns, primary));
        append(dataset, schema, rows);
    }

    private static String declared(Field field) {
        return field.nativeType() == null
                ? PostgresTypes.declared(field.type())
                : field.nativeType();
    }

    void append(String dataset, Schema schema, List<Batch> rows) {
        String values =
                schema.fields().stream()
                        .map(
                                f ->
                                        f.type() == Scalar.BYTES
                                                ? "decode(?, 'hex')"
                                                : "?::text::" + declared(f))
                        .collect(Collectors.joining(", "));
        try (Connection connection = connect();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into %s values (%s)"
                                        .formatted(Sql.name(dataset), values))) {
            connection.setAutoCommit(false);
            int pending = 0;
            for (List<@Nullable String> row : Rows.texts(rows)) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setString(i + 1, row.get(i));
                }
                insert.addBatch();
                if (++pending % 1_000 == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
