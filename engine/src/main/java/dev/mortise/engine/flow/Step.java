package dev.mortise.engine.flow;

import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.option.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A step of a flow. Its kind is the one key it has in YAML: `read, map, where, sql, expect,
/// dedupe, union, call, write`.
public sealed interface Step {
    String name();

    Place place();

    /// Names of the steps it takes rows from.
    List<String> inputs();

    /// What the step does, without where its words stand.
    default String definition() {
        return Flow.placeless(toString());
    }

    /// `read: erp.sales.orders`.
    ///
    /// @param connection the word before the first dot
    /// @param dataset the rest
    /// @param columns wanted columns; empty means all
    /// @param where DuckDB SQL; empty means all rows
    record Read(
            String name,
            String connection,
            String dataset,
            List<String> columns,
            Optional<String> where,
            Optional<Cursor> incremental,
            Place place)
            implements Step {
        @Override
        public List<String> inputs() {
            return List.of();
        }
    }

    /// `incremental: {by: updated_at, lookback: 10m}`.
    record Cursor(String by, Duration lookback) {}

    /// `map: {order_no: so_no, amount: "cast(amt as decimal(18,2))", '*': keep}`.
    ///
    /// @param columns output name to DuckDB SQL expression, in the order written, without `*`
    /// @param keep whether the columns not named go through, at the place of `*`
    /// @param keepAt how many entries stand before `*`
    /// @param lossy output columns for which `lossy: allow` holds
    record Mapping(
            String name,
            String from,
            Map<String, String> columns,
            boolean keep,
            int keepAt,
            Set<String> lossy,
            Place place)
            implements Step {
        public Mapping {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        }

        @Override
        public List<String> inputs() {
            return List.of(from);
        }
    }

    /// `where: amount > 0`.
    record Where(String name, String from, String condition, Place place) implements Step {
        @Override
        public List<String> inputs() {
            return List.of(from);
        }
    }

    /// `sql: select … from orders o join customers c …`; the inputs are the steps it names.
    record Sql(String name, String query, List<String> inputs, Place place) implements Step {}

    /// `expect: [{column: order_no, not_null: true}, {rule: amount >= 0, otherwise: reject}]`.
    record Expect(String name, String from, List<Rule> rules, Place place) implements Step {
        @Override
        public List<String> inputs() {
            return List.of(from);
        }
    }

    /// One expectation.
    ///
    /// @param column the column to blame; empty when the rule is about the row
    /// @param condition DuckDB SQL that must be true (null counts as broken)
    /// @param text as the author wrote it, for messages
    record Rule(Optional<String> column, String condition, Otherwise otherwise, String text) {
        public enum Otherwise {
            REJECT,
            FAIL,
            WARN
        }
    }

    /// `dedupe: [customer_no]`, `order: updated_at desc` — keeps the first row of each key.
    record Dedupe(String name, String from, List<String> key, Optional<String> order, Place place)
            implements Step {
        @Override
        public List<String> inputs() {
            return List.of(from);
        }
    }

    /// `union: [a, b]`: all rows of steps with the same columns, matched by name.
    record Union(String name, List<String> inputs, Place place) implements Step {}

    /// `call: crm.customer`, `with: {id: customer_no}`, `take: {level: grade}`.
    ///
    /// @param values what the call is given: its name for a value to the column it comes from
    /// @param taken new columns to columns of the answer; empty means all, under their names
    /// @param absent what becomes of a row whose answer has no rows
    /// @param concurrency calls at the same time, of each part
    /// @param remembered how many answers are remembered; -1 for as many as suits the call
    record Call(
            String name,
            String from,
            String connection,
            String dataset,
            Map<String, String> values,
            Map<String, String> taken,
            Absent absent,
            int concurrency,
            int remembered,
            Place place)
            implements Step {
        /// What becomes of a row about which the API knows nothing.
        public enum Absent {
            /// It goes on, with nulls in the new columns.
            NULLS,
            REJECT
        }

        public Call {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            taken = Collections.unmodifiableMap(new LinkedHashMap<>(taken));
        }

        @Override
        public List<String> inputs() {
            return List.of(from);
        }
    }

    /// `write: crm.sales_order`, `mode: upsert`, `key: [order_no]`.
    ///
    /// @param lossy columns for which `lossy: allow` holds; `*` means all
    /// @param formerly the name under which the target keeps its progress, when it was renamed
    // since
    record Write(
            String name,
            String from,
            String connection,
            String dataset,
            WriteMode mode,
            List<String> key,
            Set<String> lossy,
            Optional<String> formerly,
            Place place)
            implements Step {
        @Override
        public List<String> inputs() {
            return List.of(from);
        }

        String keptAs() {
            return formerly.orElse(name);
        }
    }
}
