package dev.mortise.server.alert;

import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The columns of a flow's sources as a run or a check found them.
///
/// @param run empty for a check
/// @param datasets the columns of each, as `name type`
public record Seen(
        String project, String flow, String run, SortedMap<String, List<String>> datasets) {
    private static final int NAMED_MAX = 10;

    public Seen {
        datasets = new TreeMap<>(datasets);
    }

    /// @param sources by `connection.dataset`
    public static Seen of(String project, String flow, String run, Map<String, Schema> sources) {
        SortedMap<String, List<String>> datasets = new TreeMap<>();
        sources.forEach(
                (dataset, schema) ->
                        datasets.put(dataset, schema.fields().stream().map(Seen::column).toList()));
        return new Seen(project, flow, run, datasets);
    }

    private static String column(Field field) {
        return field.name() + " " + field.type().text();
    }

    /// How a dataset differs from what it was, in a line; empty when it does not. The order of
    /// columns is no difference.
    static String difference(String dataset, List<String> before, List<String> now) {
        Set<String> gone = new TreeSet<>(before);
        now.forEach(gone::remove);
        Set<String> come = new TreeSet<>(now);
        before.forEach(come::remove);
        List<String> words = new ArrayList<>();
        gone.forEach(column -> words.add("-" + column));
        come.forEach(column -> words.add("+" + column));
        if (words.isEmpty()) {
            return "";
        }
        String more = words.size() > NAMED_MAX ? " …" : "";
        return dataset
                + ": "
                + String.join(", ", words.subList(0, Math.min(words.size(), NAMED_MAX)))
                + more;
    }
}
