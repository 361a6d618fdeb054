package dev.mortise.testkit.vendor.office;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/// One entity set with the version of each entity, from which its ETag is made. A row carries its
/// version in a member that nobody outside sees. Safe for threads.
final class SapEntities {
    static final String VERSION = "__version";
    private static final int ROWS_MAX = 100_000;

    /// @param service the address of its service, ending in a slash
    /// @param fourth whether it speaks OData v4, not v2
    record Name(String service, String set, boolean fourth) {}

    /// @param key the member that names a row
    /// @param changed the member a delta follows
    /// @param target where the rows are to arrive
    record Members(String key, String changed, Shelf.Target target) {}

    final String path;
    final String service;
    final boolean fourth;
    final String key;
    final String changed;
    private final Shelf shelf;

    SapEntities(
            Name name, Members members, Trouble trouble, int count, IntFunction<ObjectNode> row) {
        this.path = name.service() + name.set();
        this.service = name.service();
        this.fourth = name.fourth();
        this.key = members.key();
        this.changed = members.changed();
        List<ObjectNode> rows =
                IntStream.range(0, count).mapToObj(row).map(r -> r.put(VERSION, 1)).toList();
        this.shelf = new Shelf(name.set(), trouble, members.target(), rows);
    }

    Shelf shelf() {
        return shelf;
    }

    synchronized Optional<ObjectNode> find(String id) {
        return shelf.all().stream().filter(row -> Json.text(row, key).equals(id)).findFirst();
    }

    /// False when a row has its key already, or no more fit.
    synchronized boolean add(ObjectNode row) {
        if (find(Json.text(row, key)).isPresent() || shelf.size() >= ROWS_MAX) {
            return false;
        }
        shelf.add(row.put(VERSION, 1));
        return true;
    }

    /// False when the row is not of that ETag any more.
    synchronized boolean change(ObjectNode row, String etag, ObjectNode values) {
        if (!etag.equals("*") && !etag.equals(etag(row))) {
            return false;
        }
        values.properties().stream()
                .filter(member -> !member.getKey().equals(key))
                .forEach(member -> row.set(member.getKey(), member.getValue()));
        row.put(VERSION, row.path(VERSION).asInt() + 1);
        return true;
    }

    static String etag(ObjectNode row) {
        return "W/\"'%05d'\"".formatted(row.path(VERSION).asInt());
    }
}
