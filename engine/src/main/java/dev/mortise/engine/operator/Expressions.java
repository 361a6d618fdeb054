package dev.mortise.engine.operator;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.type.Schema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import tools.jackson.databind.JsonNode;

/// The door to DuckDB SQL, one for each run: plans the steps that compute, filter and check, and
/// the queries over whole inputs. Nothing is loaded before the first expression that needs it; a
/// map that only picks, renames, reorders or adds constants never does.
///
/// ```
/// step + arriving columns ─► plan: columns, problems ─► open ─► batch ─► DuckDB ─► batch
/// ```
///
/// Safe for several threads; what it opens is for one thread each.
public final class Expressions implements AutoCloseable {
    /// What DuckDB may take of the machine.
    ///
    /// @param threads for queries; expressions over batches run on the thread of their lane
    /// @param memoryBytes of each of the two databases: one for batches, one for queries
    /// @param spill a folder of this run for what does not fit
    public record Limits(int threads, long memoryBytes, Path spill) {
        public static final long MEMORY_DEFAULT = 256L * 1024 * 1024;

        public static Limits spillingTo(Path spill) {
            int processors = Runtime.getRuntime().availableProcessors();
            return new Limits(processors, MEMORY_DEFAULT, spill);
        }
    }

    private final Database rows;
    private final Database sets;

    public Expressions(Limits limits) {
        // Lanes bring their threads along; more would fight over batches of a millisecond.
        this.rows = new Database(1, limits.memoryBytes(), limits.spill().resolve("rows"));
        this.sets =
                new Database(
                        limits.threads(), limits.memoryBytes(), limits.spill().resolve("sets"));
    }

    public Planned<RowOperator> map(Step.Mapping step, Schema input) {
        try (MapPlan plan = new MapPlan(rows, step, input)) {
            return plan.plan();
        }
    }

    public Planned<RowOperator> where(Step.Where step, Schema input) {
        return where(step.condition(), step.from(), step.place(), input);
    }

    /// The rows for which a condition is true.
    ///
    /// @param from the name by which the condition may qualify columns
    public Planned<RowOperator> where(String condition, String from, Place place, Schema input) {
        return new ConditionPlan(rows, from, place.toString(), input).where(condition);
    }

    public Planned<RowOperator> expect(Step.Expect step, Schema input) {
        return new ConditionPlan(rows, step.from(), step.place().toString(), input)
                .expect(step.rules());
    }

    /// The condition as a predicate that connectors understand, when it is only about columns and
    /// constants. Empty does not mean wrong: then the condition runs here.
    public Optional<Predicate> predicate(String condition, Schema schema) {
        return Pushdown.of(rows, condition, schema);
    }

    /// The parse tree of a query as DuckDB gives it, in JSON; empty when it is not one query.
    public Optional<String> tree(String query) {
        try (DuckDBConnection connection = rows.connect()) {
            return SqlTree.statement(connection, query).statement().map(JsonNode::toString);
        } catch (SQLException e) {
            throw SqlError.running("reading a query", e).at("");
        }
    }

    /// The names under which expressions see columns: their own, save for those that differ from
    /// another only in case.
    public static List<String> visible(Schema schema) {
        return Names.visible(schema);
    }

    /// Where queries run.
    Database sets() {
        return sets;
    }

    @Override
    public void close() {
        rows.close();
        sets.close();
    }
}
