package dev.mortise.engine.operator.call;

import dev.mortise.spi.batch.Batch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The answers of a step's latest calls, by what was asked. Used by one thread.
final class Answers {
    private final LinkedHashMap<Map<String, String>, Batch> answers;
    private final int max;

    /// @param max how many are kept; 0 for none
    Answers(int max) {
        this.max = max;
        this.answers = new LinkedHashMap<>(16, 0.75f, true);
    }

    Optional<Batch> find(Map<String, String> asked) {
        return Optional.ofNullable(answers.get(asked));
    }

    void keep(Map<String, String> asked, Batch answer) {
        if (max == 0) {
            return;
        }
        answers.put(asked, answer);
        if (answers.size() > max) {
            answers.pollFirstEntry();
        }
    }
}
