package dev.mortise.engine.lineage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads one SELECT of a parse tree.
final class SelectTrace {
    private final JsonNode node;
    private final Scope scope;
    private final Terms terms;
    private final From from;
    private final List<Trace.Column> columns = new ArrayList<>();
    private final Set<Origin> rows = new LinkedHashSet<>();

    SelectTrace(QueryTrace query, JsonNode node, @Nullable Scope outer) {
        this.node = node;
        this.from = new FromReader(query).read(node.path("from_table"), outer);
        this.scope = new Scope(from, outer);
        this.terms = new Terms(query, scope);
    }

    Trace trace() {
        rows.addAll(from.rows());
        node.path("select_list").forEach(this::select);
        decide(node.path("where_clause"), How.FILTERED_BY);
        group();
        decide(node.path("having"), How.FILTERED_BY);
        decide(node.path("qualify"), How.FILTERED_BY);
        return new Modifiers(terms, new Trace(columns, rows)).of(node);
    }

    private void select(JsonNode item) {
        if (Terms.is(item, "STAR")) {
            columns.addAll(Star.columns(terms, item));
            return;
        }
        if (hasStar(item)) {
            throw new Opaque("an expression over all columns");
        }
        Set<Origin> origins = terms.of(item);
        if (Terms.multiplies(item)) {
            rows.addAll(Origin.as(origins, How.MAY));
        }
        String alias = item.path("alias").asString("");
        if (!alias.isEmpty()) {
            scope.give(alias, origins);
        }
        columns.add(new Trace.Column(alias.isEmpty() ? name(item) : alias, origins));
    }

    /// The name a column has when none was given to it; empty where it is made up.
    private static String name(JsonNode item) {
        return Terms.is(item, "COLUMN_REF") ? Terms.names(item).getLast() : "";
    }

    /// An expression with a star in it stands for one expression a column.
    private static boolean hasStar(JsonNode node) {
        if (Terms.is(node, "STAR")) {
            return true;
        }
        for (JsonNode child : node) {
            if (child.isContainer() && !Terms.is(child, "SUBQUERY") && hasStar(child)) {
                return true;
            }
        }
        return false;
    }

    private void decide(JsonNode condition, How how) {
        if (condition.isContainer()) {
            rows.addAll(Origin.as(terms.of(condition), how));
        }
    }

    private void group() {
        if (node.path("aggregate_handling").asString("").equals("FORCE_AGGREGATES")) {
            groupByAll();
        }
        Targets targets = new Targets(terms, columns);
        for (JsonNode target : node.path("group_expressions")) {
            rows.addAll(Origin.as(targets.of(target), How.GROUPED_BY));
        }
    }

    /// GROUP BY ALL: the items without an aggregate. Whether a function is one, a tree does not
    /// say.
    private void groupByAll() {
        for (JsonNode item : node.path("select_list")) {
            if (Terms.is(item, "STAR")) {
                Star.columns(terms, item)
                        .forEach(c -> rows.addAll(Origin.as(c.origins(), How.GROUPED_BY)));
            } else {
                boolean plain = Terms.is(item, "COLUMN_REF");
                rows.addAll(Origin.as(terms.of(item), plain ? How.GROUPED_BY : How.MAY));
            }
        }
    }
}
