package dev.mortise.connectors.jdbc;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.TypeRule;
import dev.mortise.testkit.contract.IncrementalContract;
import dev.mortise.testkit.contract.ReadsContract;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.contract.WritesContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The general connector on a real server, through a dialect that is not offered to users.
interface JdbcFixture extends ReadsContract, WritesContract, IncrementalContract {
    int ROWS_AN_INSERT = 500;

    JdbcDialect dialect();

    Connection direct() throws SQLException;

    @Override
    default ConnectorFactory factory() {
        return new Factory(dialect());
    }

    /// As [JdbcFactory], with the dialect given.
    record Factory(JdbcDialect dialect) implements ConnectorFactory {
        @Override
        public String type() {
            return "jdbc";
        }

        @Override
        public Sentence title() {
            return Sentence.of("JDBC", "JDBC");
        }

        @Override
        public Class<? extends Connector> connector() {
            return JdbcConnector.class;
        }

        @Override
        public List<Option> options() {
            return new JdbcFactory()
                    .options().stream().filter(option -> !option.name().equals("dialect")).toList();
        }

        @Override
        public List<TypeRule> types() {
            return JdbcTypes.RULES;
        }

        @Override
        public Connector open(Settings settings) {
            return new JdbcConnector(JdbcFactory.server(dialect, settings));
        }
    }

    @Override
    default void seed(String dataset, Schema schema, List<String> key, List<Batch> rows) {
        drop(dataset);
        List<String> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            boolean inKey = key.contains(field.name());
            String type =
                    field.nativeType() != null
                            ? field.nativeType()
                            : dialect().column(field.type(), inKey).sql();
            columns.add(
                    dialect().quote(field.name())
                            + " "
                            + type
                            + (field.nullable() ? " null" : " not null"));
        }
        if (!key.isEmpty()) {
            columns.add("primary key " + TablePlan.names(key, dialect()));
        }
        run("create table " + dialect().quote(dataset) + " (" + String.join(", ", columns) + ")");
        insert(dataset, schema, rows);
    }

    @Override
    default void append(String dataset, List<Batch> rows) {
        insert(dataset, sampleSchema(), rows);
    }

    private void insert(String dataset, Schema schema, List<Batch> rows) {
        List<List<@Nullable String>> texts = Rows.texts(rows);
        for (int i = 0; i < texts.size(); i += ROWS_AN_INSERT) {
            String values =
                    texts.subList(i, Math.min(texts.size(), i + ROWS_AN_INSERT)).stream()
                            .map(row -> values(schema, row))
                            .collect(Collectors.joining(","));
            run("insert into " + dialect().quote(dataset) + " values " + values);
        }
    }

    private String values(Schema schema, List<@Nullable String> row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String text = row.get(i);
            values.add(text == null ? "null" : dialect().literal(schema.field(i).type(), text));
        }
        return "(" + String.join(",", values) + ")";
    }

    @Override
    default void drop(String dataset) {
        run("drop table if exists " + dialect().quote(dataset));
    }

    private void run(String sql) {
        try (Connection connection = direct()) {
            for (String statement : dialect().session()) {
                Sessions.execute(connection, statement);
            }
            Sessions.execute(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql.substring(0, Math.min(300, sql.length())), e);
        }
    }

    @Override
    default boolean seesOneMoment() {
        return false;
    }

    @Override
    default boolean namesTheColumn() {
        return false;
    }
}
