package dev.mortise.engine.verify;

import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What it takes to make a target equal again.
final class Repairs {
    /// Above this a repair is dearer than a new run.
    private static final int ROWS_MAX = 1_000_000;

    private final Set<Digest> copied = new HashSet<>();
    private final List<Map<String, @Nullable String>> deleted = new ArrayList<>();

    /// A row to copy again, by the digest of its key.
    void copy(Digest key) {
        copied.add(key);
        limit(copied.size());
    }

    /// A row to delete, by its key.
    void delete(Map<String, @Nullable String> key) {
        deleted.add(key);
        limit(deleted.size());
    }

    private static void limit(int rows) {
        if (rows > ROWS_MAX) {
            throw ProblemException.of(
                    ProblemCode.VERIFICATION_FAILED,
                    "more than %d rows differ".formatted(ROWS_MAX),
                    "run the flow again with --fresh instead of comparing row by row");
        }
    }

    boolean wanted(Digest key) {
        return copied.contains(key);
    }

    boolean copiesAny() {
        return !copied.isEmpty();
    }

    List<Map<String, @Nullable String>> deleted() {
        return deleted;
    }
}
