package dev.mortise.engine.lineage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the FROM clause of a parse tree.
record FromReader(QueryTrace query) {
    private static final Set<String> JOINS = Set.of("REGULAR", "CROSS", "NATURAL", "ASOF");

    /// @param outer what a query inside may name of the query around it
    From read(JsonNode node, @Nullable Scope outer) {
        String type = node.path("type").asString("");
        return switch (type) {
            case "EMPTY" -> From.NOTHING;
            case "BASE_TABLE" -> table(node);
            case "SUBQUERY" -> named(node, query.of(node.path("subquery").path("node"), outer), "");
            case "EXPRESSION_LIST" -> named(node, values(node, outer), "");
            case "JOIN" -> join(node, outer);
            default -> throw new Opaque(type);
        };
    }

    private From table(JsonNode node) {
        JsonNode path = node.path("qualified_name").path("path");
        String name = path.path(path.size() - 1).asString("");
        return named(node, query.table(name), name);
    }

    private static From named(JsonNode node, Trace trace, String fallback) {
        List<String> names = new ArrayList<>();
        node.path("column_name_alias").forEach(name -> names.add(name.asString("")));
        String alias = node.path("alias").asString("");
        return From.of(alias.isEmpty() ? fallback : alias, trace.named(names));
    }

    private Trace values(JsonNode node, @Nullable Scope outer) {
        Terms terms = new Terms(query, new Scope(From.NOTHING, outer));
        List<Trace.Column> columns = new ArrayList<>();
        int width = node.path("values").path(0).size();
        for (int i = 0; i < width; i++) {
            Set<Origin> origins = new LinkedHashSet<>();
            for (JsonNode row : node.path("values")) {
                origins.addAll(terms.of(row.path(i)));
            }
            columns.add(new Trace.Column("col" + i, origins));
        }
        return new Trace(columns, Set.of());
    }

    private From join(JsonNode node, @Nullable Scope outer) {
        String kind = node.path("ref_type").asString("");
        if (!JOINS.contains(kind)) {
            throw new Opaque(kind);
        }
        From left = read(node.path("left"), outer);
        From right = read(node.path("right"), new Scope(left, outer));
        Terms terms = new Terms(query, new Scope(left.and(right), outer));
        From both = left.and(right).decidedBy(terms.of(node.path("condition")), How.JOINED_ON);
        String type = node.path("join_type").asString("");
        for (String name : kind.equals("NATURAL") ? Scope.shared(left, right) : using(node)) {
            both = using(Scope.lower(name), type, both, new Sides(left, right));
        }
        boolean leftAlone = type.equals("SEMI") || type.equals("ANTI");
        return leftAlone ? both.showing(left) : both;
    }

    private record Sides(From left, From right) {}

    private static List<String> using(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.path("using_columns").forEach(name -> names.add(name.asString("")));
        return names;
    }

    /// The column that USING makes of two: that of the side whose rows are all kept.
    private static From using(String name, String type, From both, Sides sides) {
        Set<Origin> left = new Scope(sides.left, null).resolve(List.of(name));
        Set<Origin> right = new Scope(sides.right, null).resolve(List.of(name));
        Set<Origin> either = new LinkedHashSet<>(left);
        either.addAll(right);
        Set<Origin> merged =
                switch (type) {
                    case "INNER", "LEFT", "SEMI", "ANTI" -> left;
                    case "RIGHT" -> right;
                    default -> Origin.as(either, How.COMPUTED);
                };
        return both.merging(name, merged).decidedBy(either, How.JOINED_ON);
    }
}
