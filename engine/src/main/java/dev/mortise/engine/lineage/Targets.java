package dev.mortise.engine.lineage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What GROUP BY, ORDER BY and DISTINCT ON name: a column by its number, all columns, a name of
/// the select list, or an expression.
///
/// @param columns of the select list
record Targets(Terms terms, List<Trace.Column> columns) {
    Set<Origin> of(JsonNode node) {
        if (Terms.is(node, "STAR")) {
            return new Trace(columns, Set.of()).values();
        }
        if (node.path("literal").path("kind").asString("").equals("INTEGER")) {
            return numbered(node.path("literal").path("text").asString(""));
        }
        Optional<Set<Origin>> given = given(node);
        if (given.isEmpty()) {
            return terms.of(node);
        }
        // A name that is both a column and given in the select list: either may be meant.
        Set<Origin> either = new LinkedHashSet<>(given.get());
        terms.scope().column(Terms.names(node).getFirst()).ifPresent(either::addAll);
        return either;
    }

    private Optional<Set<Origin>> given(JsonNode node) {
        List<String> names = Terms.names(node);
        return Terms.is(node, "COLUMN_REF") && names.size() == 1
                ? terms.scope().given(names.getFirst())
                : Optional.empty();
    }

    private Set<Origin> numbered(String text) {
        int place = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (place < 1 || place > columns.size()) {
            throw new Opaque("no column " + text);
        }
        return columns.get(place - 1).origins();
    }
}
