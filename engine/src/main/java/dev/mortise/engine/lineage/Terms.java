package dev.mortise.engine.lineage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What expressions come from.
///
/// @param query reads the queries inside them
record Terms(QueryTrace query, Scope scope) {
    /// A column by itself comes from what the column comes from; all else is computed.
    Set<Origin> of(JsonNode node) {
        if (is(node, "COLUMN_REF")) {
            return scope.resolve(names(node));
        }
        Set<Origin> all = new LinkedHashSet<>();
        collect(node, all);
        return Origin.as(all, How.COMPUTED);
    }

    Set<Origin> ofAll(Iterable<JsonNode> nodes) {
        Set<Origin> all = new LinkedHashSet<>();
        nodes.forEach(node -> all.addAll(of(node)));
        return all;
    }

    static boolean is(JsonNode node, String kind) {
        return node.path("class").asString("").equals(kind);
    }

    static List<String> names(JsonNode reference) {
        List<String> names = new ArrayList<>();
        reference.path("column_names").forEach(name -> names.add(name.asString("")));
        return names;
    }

    private void collect(JsonNode node, Set<Origin> into) {
        switch (node.path("class").asString("")) {
            case "COLUMN_REF" -> into.addAll(scope.resolve(names(node)));
            case "STAR" -> Star.columns(this, node).forEach(c -> into.addAll(c.origins()));
            case "SUBQUERY" -> subquery(node, into);
            case "LAMBDA" -> lambda(node, into);
            case "POSITIONAL_REFERENCE" -> throw new Opaque("a column by its number");
            default -> children(node, into);
        }
    }

    private void children(JsonNode node, Set<Origin> into) {
        for (JsonNode child : node) {
            if (child.isContainer()) {
                collect(child, into);
            }
        }
    }

    private void subquery(JsonNode node, Set<Origin> into) {
        collect(node.path("child"), into);
        Trace trace = query.of(node.path("subquery").path("node"), scope);
        boolean exists = node.path("subquery_type").asString("").contains("EXISTS");
        into.addAll(exists ? trace.rows() : trace.everything());
    }

    /// `lambda x: x + 1`, and `j -> 'a'`, which may be either: then its left side counts too.
    private void lambda(JsonNode node, Set<Origin> into) {
        JsonNode left = node.path("lhs");
        if (!node.path("syntax_type").asString("").equals("LAMBDA_KEYWORD")) {
            arrow(node, left, into);
            return;
        }
        Scope inner = new Scope(From.NOTHING, scope);
        parameters(left).forEach(name -> inner.give(name, Set.of()));
        new Terms(query, inner).collect(node.path("expr"), into);
    }

    private void arrow(JsonNode node, JsonNode left, Set<Origin> into) {
        Scope inner = new Scope(From.NOTHING, scope);
        for (String name : parameters(left)) {
            Set<Origin> column = scope.find(List.of(name)).orElse(Set.of());
            inner.give(name, column);
            into.addAll(column);
        }
        if (!is(left, "COLUMN_REF")) {
            new Terms(query, inner).collect(left, into);
        } else if (names(left).size() > 1) {
            collect(left, into);
        }
        new Terms(query, inner).collect(node.path("expr"), into);
    }

    private static List<String> parameters(JsonNode node) {
        List<String> found = new ArrayList<>();
        if (is(node, "COLUMN_REF")) {
            List<String> names = names(node);
            if (names.size() == 1) {
                found.add(names.getFirst());
            }
            return found;
        }
        for (JsonNode child : node) {
            if (child.isContainer()) {
                found.addAll(parameters(child));
            }
        }
        return found;
    }

    /// Whether it makes several rows out of one.
    static boolean multiplies(JsonNode node) {
        String function = node.path("function_name").asString("");
        if (function.equals("unnest") || function.equals("unlist")) {
            return true;
        }
        for (JsonNode child : node) {
            if (child.isContainer() && !is(child, "SUBQUERY") && multiplies(child)) {
                return true;
            }
        }
        return false;
    }
}
