package dev.mortise.engine.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// `*`, `o.*`, and what may stand behind it: EXCLUDE, REPLACE, RENAME.
final class Star {
    private Star() {}

    static List<Trace.Column> columns(Terms terms, JsonNode node) {
        if (node.path("columns").asBoolean(false) || node.path("expr").isContainer()) {
            throw new Opaque("columns chosen by a pattern");
        }
        Set<String> excluded = excluded(node);
        Map<String, JsonNode> replaced = new HashMap<>();
        node.path("replace_list")
                .forEach(entry -> replaced.put(name(entry.path("key")), entry.path("value")));
        Map<String, String> renamed = new HashMap<>();
        node.path("rename_list")
                .forEach(
                        entry ->
                                renamed.put(
                                        name(entry.path("key")), entry.path("value").asString("")));
        List<Trace.Column> columns = new ArrayList<>();
        for (Trace.Column column : terms.scope().star(node.path("relation_name").asString(""))) {
            String key = Scope.lower(column.name());
            if (!excluded.contains(key)) {
                JsonNode other = replaced.get(key);
                Set<Origin> origins = other == null ? column.origins() : terms.of(other);
                columns.add(new Trace.Column(renamed.getOrDefault(key, column.name()), origins));
            }
        }
        return columns;
    }

    /// Names may be qualified; a name excluded of one relation but not of another cannot be told.
    private static Set<String> excluded(JsonNode node) {
        if (node.path("relation_name").asString("").isEmpty()
                && !node.path("qualified_exclude_list").isEmpty()) {
            throw new Opaque("columns excluded by qualified names");
        }
        Set<String> names = new HashSet<>();
        node.path("exclude_list").forEach(one -> names.add(name(one)));
        node.path("qualified_exclude_list").forEach(one -> names.add(name(one)));
        return names;
    }

    private static String name(JsonNode node) {
        return Scope.lower(node.isString() ? node.asString("") : node.path("column").asString(""));
    }
}
