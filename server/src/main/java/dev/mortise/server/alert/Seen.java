package dev.mortise.server.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The columns of a source as a plan or a run found them.
///
/// @param columns each as `name type`
public record Seen(String project, String flow, String dataset, List<String> columns) {
    private static final int NAMED_MAX = 10;

    public Seen {
        columns = List.copyOf(columns);
    }

    /// How it differs from what it was, in a line; empty when it does not. The order of columns is
    /// no difference.
    String differenceTo(List<String> before) {
        Set<String> gone = new TreeSet<>(before);
        columns.forEach(gone::remove);
        Set<String> come = new TreeSet<>(columns);
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
