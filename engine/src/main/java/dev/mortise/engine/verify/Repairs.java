package dev.mortise.engine.verify;

import dev.mortise.spi.digest.Fingerprint;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What it takes to make a target equal again.
final class Repairs {
    /// Above this a repair is dearer than a new run.
    private static final int ROWS_MAX = 1_000_000;

    /// How often, as rows without a key may be equal.
    private final Map<Fingerprint, Integer> copied = new HashMap<>();

    private final List<Map<String, @Nullable String>> extra = new ArrayList<>();
    private final List<Map<String, @Nullable String>> different = new ArrayList<>();

    /// A row to copy, by the digest of its key.
    void missing(Fingerprint key) {
        copied.merge(key, 1, Integer::sum);
        limit(copied.size());
    }

    /// A row to copy over the one that stands there.
    void different(Fingerprint key, Map<String, @Nullable String> target) {
        missing(key);
        different.add(target);
    }

    /// A row to delete, by its key.
    void extra(Map<String, @Nullable String> key) {
        extra.add(key);
        limit(extra.size());
    }

    private static void limit(int rows) {
        if (rows > ROWS_MAX) {
            throw ProblemException.of(
                    ProblemCode.VERIFICATION_FAILED,
                    "more than %d rows differ".formatted(ROWS_MAX),
                    "run the flow again with --fresh instead of comparing row by row");
        }
    }

    /// Whether one more row of this key is to be copied.
    boolean take(Fingerprint key) {
        Integer left = copied.get(key);
        if (left == null || left == 0) {
            return false;
        }
        copied.put(key, left - 1);
        return true;
    }

    boolean copiesAny() {
        return !copied.isEmpty();
    }

    /// Keys of rows to delete.
    ///
    /// @param over whether copied rows are put over those that differ, which then may stay
    List<Map<String, @Nullable String>> deleted(boolean over) {
        List<Map<String, @Nullable String>> keys = new ArrayList<>(extra);
        if (!over) {
            keys.addAll(different);
        }
        return keys;
    }
}
