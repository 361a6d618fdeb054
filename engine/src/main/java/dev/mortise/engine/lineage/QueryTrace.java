package dev.mortise.engine.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a query's parse tree: what each of its columns comes from.
///
/// @param tables what can stand behind FROM, by name in lower case
record QueryTrace(Map<String, Trace> tables) {
    QueryTrace {
        tables = Map.copyOf(tables);
    }

    Trace table(String name) {
        Trace trace = tables.get(Scope.lower(name));
        if (trace == null) {
            throw new Opaque("no table '" + name + "'");
        }
        return trace;
    }

    /// @param outer what it may name of the query around it
    Trace of(JsonNode node, @Nullable Scope outer) {
        QueryTrace inner = with(node.path("cte_map").path("map"), outer);
        String type = node.path("type").asString("");
        return switch (type) {
            case "SELECT_NODE" -> new SelectTrace(inner, node, outer).trace();
            case "SET_OPERATION_NODE" -> inner.combined(node, outer);
            default -> throw new Opaque(type);
        };
    }

    /// `WITH`: each name holds for those after it.
    private QueryTrace with(JsonNode named, @Nullable Scope outer) {
        Map<String, Trace> more = new HashMap<>(tables);
        for (JsonNode one : named) {
            List<String> names = new ArrayList<>();
            one.path("value").path("aliases").forEach(name -> names.add(name.asString("")));
            JsonNode body = one.path("value").path("query_node");
            Trace trace = new QueryTrace(more).of(body, outer).named(names);
            more.put(Scope.lower(one.path("key").asString("")), trace);
        }
        return new QueryTrace(more);
    }

    /// UNION, INTERSECT and EXCEPT.
    private Trace combined(JsonNode node, @Nullable Scope outer) {
        List<Trace> parts = new ArrayList<>();
        node.path("children").forEach(child -> parts.add(of(child, outer)));
        boolean all = node.path("setop_all").asBoolean(true);
        Trace whole =
                switch (node.path("setop_type").asString("")) {
                    case "UNION" -> distinct(all, byPlace(parts));
                    case "UNION_BY_NAME" -> distinct(all, byName(parts));
                    case "EXCEPT", "INTERSECT" -> chosen(parts);
                    default -> throw new Opaque("a set operation");
                };
        Scope scope = new Scope(From.of("", whole), outer);
        return new Modifiers(new Terms(this, scope), whole).of(node);
    }

    private static Trace distinct(boolean all, Trace trace) {
        return all ? trace : trace.decidedBy(trace.values(), How.GROUPED_BY);
    }

    private static Trace byPlace(List<Trace> parts) {
        List<Trace.Column> columns = new ArrayList<>();
        List<Trace.Column> first = parts.getFirst().columns();
        for (int i = 0; i < first.size(); i++) {
            Set<Origin> origins = new LinkedHashSet<>();
            for (Trace part : parts) {
                if (part.columns().size() != first.size()) {
                    throw new Opaque("sides of different width");
                }
                origins.addAll(part.columns().get(i).origins());
            }
            columns.add(new Trace.Column(first.get(i).name(), origins));
        }
        return new Trace(columns, rows(parts));
    }

    private static Trace byName(List<Trace> parts) {
        Map<String, Trace.Column> columns = new LinkedHashMap<>();
        for (Trace part : parts) {
            for (Trace.Column column : part.columns()) {
                columns.merge(Scope.lower(column.name()), column, QueryTrace::both);
            }
        }
        return new Trace(List.copyOf(columns.values()), rows(parts));
    }

    private static Trace.Column both(Trace.Column one, Trace.Column other) {
        Set<Origin> origins = new LinkedHashSet<>(one.origins());
        origins.addAll(other.origins());
        return new Trace.Column(one.name(), origins);
    }

    private static Set<Origin> rows(List<Trace> parts) {
        Set<Origin> rows = new LinkedHashSet<>();
        parts.forEach(part -> rows.addAll(part.rows()));
        return rows;
    }

    /// The values are those of the first side; all sides decide which of its rows stay.
    private static Trace chosen(List<Trace> parts) {
        Set<Origin> compared = new LinkedHashSet<>();
        parts.forEach(part -> compared.addAll(part.values()));
        return new Trace(parts.getFirst().columns(), rows(parts))
                .decidedBy(compared, How.FILTERED_BY);
    }
}
