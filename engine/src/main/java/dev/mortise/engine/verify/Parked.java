package dev.mortise.engine.verify;

import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.run.DeadLetter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rows that the target refused, and so are missing for a known reason. Rows set aside before the
/// write step need no record: the comparison runs them through the same steps.
final class Parked {
    private final Set<Map<String, @Nullable String>> keys = new HashSet<>();

    Parked(List<DeadLetter> letters, Pipeline pipeline, Comparison comparison) {
        for (DeadLetter letter : letters) {
            boolean here = letter.step().equals(pipeline.step()) && letter.raw() == null;
            if (here && letter.state() != DeadLetter.State.REPLAYED) {
                add(letter.row(), comparison);
            }
        }
    }

    private void add(Map<String, @Nullable String> row, Comparison comparison) {
        Map<String, @Nullable String> key = new LinkedHashMap<>();
        comparison.key().forEach(c -> key.put(c.name(), row.get(c.name())));
        if (row.keySet().containsAll(key.keySet())) {
            keys.add(key);
        }
    }

    boolean contains(Map<String, @Nullable String> key) {
        return keys.contains(key);
    }
}
