package dev.mortise.engine.lineage;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What stands after a query: DISTINCT, ORDER BY, LIMIT.
record Modifiers(Terms terms, Trace trace) {
    Trace of(JsonNode node) {
        Set<Origin> rows = new LinkedHashSet<>(trace.rows());
        boolean picks = picks(node);
        for (JsonNode modifier : node.path("modifiers")) {
            switch (modifier.path("type").asString("")) {
                case "ORDER_MODIFIER" ->
                        rows.addAll(
                                Origin.as(ordering(modifier), picks ? How.FILTERED_BY : How.MAY));
                case "DISTINCT_MODIFIER" ->
                        rows.addAll(Origin.as(distinct(modifier), How.GROUPED_BY));
                default -> rows.addAll(Origin.as(terms.of(modifier), How.FILTERED_BY));
            }
        }
        return new Trace(trace.columns(), rows);
    }

    /// Whether the order decides which rows there are: only the first ones stay.
    private static boolean picks(JsonNode node) {
        for (JsonNode modifier : node.path("modifiers")) {
            boolean limits = modifier.path("type").asString("").startsWith("LIMIT");
            if (limits || !modifier.path("distinct_on_targets").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private Set<Origin> ordering(JsonNode modifier) {
        Targets targets = new Targets(terms, trace.columns());
        Set<Origin> all = new LinkedHashSet<>();
        modifier.path("orders").forEach(one -> all.addAll(targets.of(one.path("expression"))));
        return all;
    }

    private Set<Origin> distinct(JsonNode modifier) {
        JsonNode wanted = modifier.path("distinct_on_targets");
        if (wanted.isEmpty()) {
            return trace.values();
        }
        Targets targets = new Targets(terms, trace.columns());
        Set<Origin> all = new LinkedHashSet<>();
        wanted.forEach(one -> all.addAll(targets.of(one)));
        return all;
    }
}
