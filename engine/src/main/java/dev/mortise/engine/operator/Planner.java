package dev.mortise.engine.operator;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.type.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/// Checks expressions against arriving columns, without rows. Uses DuckDB's parser for what an
/// expression is and its `describe` for what it gives.
final class Planner implements AutoCloseable {
    private final DuckDBConnection connection;
    private final Schema input;
    private final String source;
    private final String place;

    Planner(Database database, Schema input, String from, String place) {
        this.connection = database.connect();
        this.input = input;
        this.source = " from (" + Wire.shape(input, true) + ") as " + Names.quoted(from);
        this.place = place;
    }

    /// The type an expression gives; otherwise the problem is added.
    ///
    /// @param subject how the problem names the expression, such as `column 'amount': `
    Optional<ResultType> type(String sql, String subject, List<Problem> problems) {
        try {
            SqlTree.Parsed parsed = SqlTree.expression(connection, sql);
            if (parsed.problem().isPresent()) {
                Problem problem = parsed.problem().get();
                String message = subject + problem.message();
                problems.add(new Problem(problem.code(), message, place, problem.fix()));
                return Optional.empty();
            }
            return Optional.of(ResultType.of(described(sql)));
        } catch (SQLException e) {
            problems.add(SqlError.of(e).definition(subject, input.names()).at(place));
            return Optional.empty();
        }
    }

    private String described(String sql) throws SQLException {
        String query =
                "describe select "
                        + Names.quoted(Names.ROW)
                        + ", "
                        + Program.Formula.enclosed(sql)
                        + " as v"
                        + source;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            rows.next();
            return rows.getString("column_type");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqlError.running("closing the planner", e).at(place);
        }
    }
}
