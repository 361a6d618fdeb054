package dev.mortise.engine.operator;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The parse trees of DuckDB's own parser (`json_serialize_sql`).
final class SqlTree {
    private static final JsonMapper JSON = JsonMapper.shared();

    private SqlTree() {}

    /// What a statement is made of, or why it is none.
    record Parsed(Optional<JsonNode> statement, Optional<Problem> problem) {}

    static Parsed statement(DuckDBConnection connection, String sql) throws SQLException {
        JsonNode tree = JSON.readTree(serialized(connection, sql));
        if (tree.path("error").asBoolean(false)) {
            String message = tree.path("error_message").asString("no SQL");
            return refused(
                    message,
                    "mend the SQL near there; put a name that is a word of SQL in double quotes");
        }
        if (tree.path("statements").size() != 1) {
            return refused("expected one query, got several", "leave one");
        }
        return new Parsed(Optional.of(tree.path("statements").get(0)), Optional.empty());
    }

    private static String serialized(DuckDBConnection connection, String sql) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select json_serialize_sql(?::varchar)::varchar")) {
            statement.setString(1, sql);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static Parsed refused(String message, String fix) {
        return new Parsed(
                Optional.empty(),
                Optional.of(Problem.of(ProblemCode.EXPRESSION_INVALID, message, fix)));
    }

    /// The tree of one expression. Text that closes the parenthesis it stands in and goes on, and
    /// expressions that look at several rows or give several values, are refused.
    static Parsed expression(DuckDBConnection connection, String sql) throws SQLException {
        Parsed parsed = statement(connection, "select " + Program.Formula.enclosed(sql));
        if (parsed.statement().isEmpty()) {
            return parsed;
        }
        JsonNode node = parsed.statement().get().path("node");
        if (!single(node)) {
            return refused("expected one expression, got more", "leave one value for the column");
        }
        JsonNode expression = node.path("select_list").get(0);
        String misuse = misuse(expression);
        return misuse.isEmpty()
                ? new Parsed(Optional.of(expression), Optional.empty())
                : refused(misuse, "compute it in a sql step");
    }

    private static boolean single(JsonNode node) {
        return node.path("type").asString("").equals("SELECT_NODE")
                && node.path("select_list").size() == 1
                && node.path("modifiers").isEmpty()
                && node.path("group_expressions").isEmpty()
                && node.path("where_clause").isNull()
                && node.path("having").isNull()
                && node.path("qualify").isNull()
                && node.path("sample").isNull()
                && node.path("from_table").path("type").asString("").equals("EMPTY");
    }

    private static String misuse(JsonNode node) {
        String kind = node.path("class").asString("");
        if (kind.equals("WINDOW")) {
            return "expected an expression over one row, got a window over many";
        }
        if (kind.equals("STAR")) {
            return "expected one value, got all columns";
        }
        if (kind.equals("FUNCTION") && unnests(node.path("function_name").asString(""))) {
            return "expected one value for each row, got rows of a list";
        }
        for (JsonNode child : node) {
            String below = child.isContainer() ? misuse(child) : "";
            if (!below.isEmpty()) {
                return below;
            }
        }
        return "";
    }

    private static boolean unnests(String function) {
        return function.equals("unnest") || function.equals("unlist");
    }
}
