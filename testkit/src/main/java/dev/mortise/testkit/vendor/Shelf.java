package dev.mortise.testkit.vendor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One dataset of a vendor: rows in order, handed out in slices. Safe for threads.
public final class Shelf {
    private final String name;
    private final Trouble trouble;
    private final List<String> told;
    private final List<ObjectNode> rows;

    /// @param told the members of a row that its [Tally] covers, the first of them its key
    public Shelf(String name, Trouble trouble, List<String> told, List<ObjectNode> rows) {
        this.name = name;
        this.trouble = trouble;
        this.told = List.copyOf(told);
        this.rows = new ArrayList<>(rows);
    }

    static List<ObjectNode> rows(int count, IntFunction<ObjectNode> row) {
        return IntStream.range(0, count).mapToObj(row).toList();
    }

    public synchronized int size() {
        return rows.size();
    }

    public synchronized List<ObjectNode> all() {
        return List.copyOf(rows);
    }

    public synchronized void add(ObjectNode row) {
        rows.add(row);
    }

    /// @param from of the first row, from 0
    /// @param count at most; at least 1
    public ArrayNode slice(int from, int count) {
        return slice(all(), from, count);
    }

    /// The same out of some of the rows.
    public ArrayNode slice(List<ObjectNode> some, int from, int count) {
        int page = from / count;
        int begin = from + (trouble.shown(name, page) - page) * count;
        ArrayNode slice = JsonNodeFactory.instance.arrayNode();
        some.stream().skip(begin).limit(count).forEach(slice::add);
        return slice;
    }

    /// Of lines such as `PO20260001|12.50`.
    public synchronized Tally tally() {
        return Tally.of(rows.stream().map(this::line).toList());
    }

    private String line(ObjectNode row) {
        return String.join("|", told.stream().map(member -> Json.text(row, member)).toList());
    }
}
