package dev.mortise.connectors.mysql;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.contract.TestSettings;
import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalServer;
import dev.mortise.testkit.live.LocalServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A database of its own on a shared server, filled by plain JDBC past the connector.
final class MySqlFixture {
    private static final Map<Class<?>, MySqlFixture> MARIADB = new ConcurrentHashMap<>();
    private static final Map<Class<?>, MySqlFixture> MYSQL = new ConcurrentHashMap<>();

    private final LocalServer server;
    private final String database;

    MySqlFixture(LocalServer server) {
        this.server = server;
        try {
            this.database = server.freshDatabase("connector");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// One database a test class: classes run in any order and may use the same names.
    static MySqlFixture mariaDb(Class<?> test) {
        return MARIADB.computeIfAbsent(test, any -> new MySqlFixture(LocalServers.mariaDb()));
    }

    static MySqlFixture mySql(Class<?> test) {
        return MYSQL.computeIfAbsent(test, any -> new MySqlFixture(LocalServers.mySql()));
    }

    LocalServer server() {
        return server;
    }

    boolean isMariaDb() {
        return server instanceof LocalMariaDb;
    }

    String database() {
        return database;
    }

    ConnectorFactory factory() {
        return new MySqlFactory();
    }

    Settings settings() {
        return settings(Map.of());
    }

    Settings settings(Map<String, String> changed) {
        Map<String, String> values =
                new HashMap<>(
                        Map.of(
                                "host", server.host(),
                                "port", Integer.toString(server.port()),
                                "database", database,
                                "user", server.user(),
                                "password", server.password()));
        values.putAll(changed);
        return TestSettings.of(factory(), values);
    }

    MySqlConnector open() {
        return new MySqlConnector(settings());
    }

    Connection connect() {
        try {
            Connection connection = server.connect(database);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES'");
            }
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
        execute("drop table if exists " + Sql.name(dataset));
    }

    void seed(String dataset, Schema schema, List<String> key, List<Batch> rows) {
        drop(dataset);
        String columns =
                schema.fields().stream()
                        .map(f -> Sql.name(f.name()) + " " + declared(f, key.contains(f.name())))
                        .collect(Collectors.joining(", "));
        String primary = key.isEmpty() ? "" : ", primary key (" + Sql.names(key) + ")";
        execute(
                "create table %s (%s%s) default charset=utf8mb4"
                        .formatted(Sql.name(dataset), columns, primary));
        append(dataset, schema, rows);
    }

    private String declared(Field field, boolean key) {
        String type =
                field.nativeType() == null
                        ? MySqlTypes.write(field.type(), key, isMariaDb())
                        : field.nativeType();
        return type + (field.nullable() ? " null" : " not null");
    }

    void append(String dataset, Schema schema, List<Batch> rows) {
        String values =
                schema.fields().stream()
                        .map(f -> f.type() == Scalar.BYTES ? "unhex(?)" : "?")
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
                    insert.setString(i + 1, spelt(schema.field(i).type(), row.get(i)));
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

    private static @Nullable String spelt(Type type, @Nullable String text) {
        if (text != null && type == Scalar.BOOL) {
            return text.equals("true") ? "1" : "0";
        }
        return text != null && type == Scalar.TIMESTAMPTZ ? text.replace("Z", "") : text;
    }
}
