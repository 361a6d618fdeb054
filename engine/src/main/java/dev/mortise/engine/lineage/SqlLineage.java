package dev.mortise.engine.lineage;

import dev.mortise.engine.operator.Expressions;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the results of SQL come from. It has been planned already: DuckDB knows its columns. Where
/// its tree does not say which column a value comes from (a pivot, a recursion, columns chosen by a
/// pattern), every column of the inputs is one it may come from.
public final class SqlLineage {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Expressions expressions;

    public SqlLineage(Expressions expressions) {
        this.expressions = expressions;
    }

    /// @param inputs by the names the query calls them
    /// @param names of the query's columns, in order
    public Trace query(String sql, Map<String, Trace> inputs, List<String> names) {
        Map<String, Trace> tables = new HashMap<>();
        inputs.forEach((name, trace) -> tables.put(Scope.lower(name), trace));
        try {
            Trace trace = new QueryTrace(tables).of(node(sql), null);
            return trace.columns().size() == names.size()
                    ? trace.named(names)
                    : Trace.unclear(inputs.values(), names);
        } catch (Opaque _) {
            return Trace.unclear(inputs.values(), names);
        }
    }

    /// What one expression over the rows of a step comes from.
    ///
    /// @param from the name by which it may qualify columns
    public Set<Origin> expression(String sql, String from, Trace input) {
        Terms terms = terms(from, input);
        try {
            return terms.of(node("select (" + sql + "\n)").path("select_list").path(0));
        } catch (Opaque _) {
            return Origin.as(input.values(), How.MAY);
        }
    }

    /// What the text behind ORDER BY comes from.
    public Set<Origin> order(String sql, String from, Trace input) {
        Terms terms = terms(from, input);
        Set<Origin> all = new LinkedHashSet<>();
        try {
            JsonNode modifiers = node("select 1 order by " + sql + "\n").path("modifiers");
            modifiers
                    .path(0)
                    .path("orders")
                    .forEach(one -> all.addAll(terms.of(one.path("expression"))));
            return all;
        } catch (Opaque _) {
            return Origin.as(input.values(), How.MAY);
        }
    }

    private static Terms terms(String from, Trace input) {
        Scope scope = new Scope(From.of(from, input), null);
        return new Terms(new QueryTrace(Map.of()), scope);
    }

    private JsonNode node(String sql) {
        Optional<String> tree = expressions.tree(sql);
        return tree.map(text -> JSON.readTree(text).path("node"))
                .orElseThrow(() -> new Opaque("no SQL"));
    }
}
