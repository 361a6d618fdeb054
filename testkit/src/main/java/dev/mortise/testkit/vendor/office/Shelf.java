package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Served;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One dataset of a vendor: rows in order, handed out in slices. Safe for threads.
final class Shelf {
    private final String name;
    private final Trouble trouble;
    private final Target target;
    private final List<ObjectNode> rows;

    /// @param table where its rows are to arrive
    /// @param columns of that table, and the member of a row, or the JSON pointer, each comes from
    record Target(String table, Map<String, String> columns) {
        /// @param columns such as `code: id, total: /form/total`
        static Target of(String table, String columns) {
            Map<String, String> members = new LinkedHashMap<>();
            for (String pair : columns.split(", ", -1)) {
                String[] words = pair.split(": ", 2);
                members.put(words[0], words[1]);
            }
            return new Target(table, members);
        }
    }

    Shelf(String name, Trouble trouble, Target target, List<ObjectNode> rows) {
        this.name = name;
        this.trouble = trouble;
        this.target = target;
        this.rows = new ArrayList<>(rows);
    }

    static List<ObjectNode> rows(int count, IntFunction<ObjectNode> row) {
        return IntStream.range(0, count).mapToObj(row).toList();
    }

    synchronized int size() {
        return rows.size();
    }

    synchronized List<ObjectNode> all() {
        return List.copyOf(rows);
    }

    synchronized void add(ObjectNode row) {
        rows.add(row);
    }

    /// @param from of the first row, from 0
    /// @param count at most; at least 1
    ArrayNode slice(int from, int count) {
        return slice(all(), from, count);
    }

    /// The same out of some of the rows.
    ArrayNode slice(List<ObjectNode> some, int from, int count) {
        int page = from / count;
        int begin = from + (trouble.shown(name, page) - page) * count;
        ArrayNode slice = JsonNodeFactory.instance.arrayNode();
        some.stream().skip(begin).limit(count).forEach(slice::add);
        return slice;
    }

    /// What has arrived once all rows have.
    synchronized Served served() {
        List<String> columns = List.copyOf(target.columns().keySet());
        List<List<String>> values =
                rows.stream()
                        .map(row -> columns.stream().map(column -> text(row, column)).toList())
                        .toList();
        return new Served(target.table(), columns, values);
    }

    private String text(ObjectNode row, String column) {
        return Json.text(row, target.columns().getOrDefault(column, column));
    }
}
