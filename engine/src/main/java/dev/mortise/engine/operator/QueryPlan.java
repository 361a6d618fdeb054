package dev.mortise.engine.operator;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;

/// A query that DuckDB has accepted.
///
/// @param sql the query, over views named as the inputs
/// @param inputs the columns of each input
/// @param numbered whether the views have the row number
/// @param results what its columns become
record QueryPlan(
        String sql,
        Map<String, Schema> inputs,
        boolean numbered,
        List<ResultType> results,
        Schema schema,
        String place) {
    QueryPlan {
        inputs = Map.copyOf(inputs);
        results = List.copyOf(results);
    }

    static Planned<Query> of(Database database, Step.Sql step, Map<String, Schema> inputs) {
        String place = step.place().toString();
        try (DuckDBConnection connection = database.connect()) {
            Optional<Problem> problem = SqlTree.statement(connection, step.query()).problem();
            if (problem.isPresent()) {
                return Planned.refused(List.of(problem.get().at(place)));
            }
            return plan(database, step.query(), inputs, false, place);
        } catch (SQLException e) {
            throw SqlError.running("planning the query", e).at(place);
        }
    }

    static Planned<Query> of(Database database, Step.Dedupe step, Map<String, Schema> inputs) {
        String place = step.place().toString();
        Schema input = inputs.values().iterator().next();
        List<Problem> problems =
                step.key().stream()
                        .filter(column -> !input.has(column))
                        .map(column -> missing(column, input).at(place))
                        .toList();
        return problems.isEmpty()
                ? plan(database, deduping(step, input), inputs, true, place)
                : Planned.refused(problems);
    }

    private static Problem missing(String column, Schema input) {
        return Problem.of(
                ProblemCode.COLUMN_MISSING,
                "no column '" + column + "' arrives here",
                Nearest.fix(column, input.names()));
    }

    private static String deduping(Step.Dedupe step, Schema input) {
        List<String> visible = Names.visible(input);
        String columns =
                IntStream.range(0, input.size())
                        .mapToObj(
                                i ->
                                        Names.quoted(visible.get(i))
                                                + " as "
                                                + Names.quoted(input.field(i).name()))
                        .collect(Collectors.joining(", "));
        String key =
                step.key().stream()
                        .map(column -> Names.quoted(visible.get(input.indexOf(column))))
                        .collect(Collectors.joining(", "));
        String order = step.order().map(o -> o + "\n, ").orElse("");
        return "select %s from %s qualify row_number() over (partition by %s order by %s%s) = 1"
                .formatted(columns, Names.quoted(step.from()), key, order, Names.quoted(Names.ROW));
    }

    private static Planned<Query> plan(
            Database database,
            String sql,
            Map<String, Schema> inputs,
            boolean numbered,
            String place) {
        List<Problem> problems = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<ResultType> results = new ArrayList<>();
        try (DuckDBConnection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (var input : inputs.entrySet()) {
                statement.execute(
                        "create temp view %s as %s"
                                .formatted(
                                        Names.quoted(input.getKey()),
                                        Wire.shape(input.getValue(), numbered)));
            }
            try (ResultSet rows = statement.executeQuery("describe " + sql)) {
                while (rows.next()) {
                    ResultType result = ResultType.of(rows.getString("column_type"));
                    results.add(result);
                    fields.add(result.field(rows.getString("column_name")));
                }
            }
        } catch (SQLException e) {
            return Planned.refused(List.of(invalid(e, inputs).at(place)));
        }
        problems.addAll(problems(fields, place));
        if (!problems.isEmpty()) {
            return Planned.refused(problems);
        }
        Schema schema = new Schema(fields);
        QueryPlan plan = new QueryPlan(sql, inputs, numbered, results, schema, place);
        return new Planned<>(
                schema, problems, () -> (given, _) -> new QueryRun(database, plan, given));
    }

    private static Problem invalid(SQLException e, Map<String, Schema> inputs) {
        Set<String> columns = new HashSet<>();
        inputs.values().forEach(schema -> columns.addAll(schema.names()));
        return SqlError.of(e).query(inputs.keySet(), columns);
    }

    private static List<Problem> problems(List<Field> fields, String place) {
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                problems.add(
                        Problem.of(
                                ProblemCode.COLUMN_TAKEN,
                                "two columns of the result are called '" + field.name() + "'",
                                "name one of them with 'as'"));
            }
            if (field.loss().refused()) {
                problems.add(
                        Problem.of(
                                ProblemCode.TYPE_LOSSY,
                                "column '" + field.name() + "': " + field.loss().reason(),
                                "cast it in the query"));
            }
        }
        return problems.stream().map(problem -> problem.at(place)).toList();
    }

    Schema input(String name) {
        Schema input = inputs.get(name);
        if (input == null) {
            throw new IllegalArgumentException("no input is called " + name);
        }
        return input;
    }

    /// The query with its columns packed for the way out.
    String packed() {
        StringBuilder values = new StringBuilder();
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < results.size(); i++) {
            String comma = i == 0 ? "" : ", ";
            values.append(comma).append(results.get(i).packed("v" + i));
            names.append(comma).append('v').append(i);
        }
        return "select %s from (%s\n) as result(%s)".formatted(values, sql, names);
    }
}
