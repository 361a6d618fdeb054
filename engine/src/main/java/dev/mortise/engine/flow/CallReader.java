package dev.mortise.engine.flow;

import dev.mortise.engine.flow.Step.Call.Absent;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `call: crm.customer`, `with: {id: customer_no}`.
final class CallReader {
    static final List<String> WORDS =
            List.of("from", "call", "with", "take", "absent", "concurrency", "remember");

    private static final int CONCURRENCY = 4;
    private static final int CONCURRENCY_MAX = 256;
    private static final int REMEMBERED_MAX = 1_000_000;

    private final DatasetNames datasets;
    private final Problems problems;

    CallReader(DatasetNames datasets, Problems problems) {
        this.datasets = datasets;
        this.problems = problems;
    }

    Step.Call read(String name, String from, Place place, Words words) {
        DatasetNames.Name dataset = datasets.read(words, "call", "call: crm.customer");
        return new Step.Call(
                name,
                from,
                dataset.connection(),
                dataset.dataset(),
                columns(name, words, "with", "with: {id: customer_no}"),
                columns(name, words, "take", "take: {level: grade}"),
                words.choice("absent", Absent.class).orElse(Absent.NULLS),
                number(words, "concurrency", 1, CONCURRENCY_MAX, CONCURRENCY),
                number(words, "remember", 0, REMEMBERED_MAX, -1),
                place);
    }

    private Map<String, String> columns(String step, Words words, String word, String example) {
        Map<String, String> columns = new LinkedHashMap<>();
        words.entries(word, example)
                .ifPresent(
                        entries -> {
                            String owner = "'" + word + "' of step '" + step + "'";
                            List<String> names = List.copyOf(entries.entries().keySet());
                            Words inner = Words.of(entries, owner, names, problems);
                            names.forEach(n -> columns.put(n, inner.needText(n, example)));
                        });
        return columns;
    }

    private static int number(Words words, String word, int min, int max, int fallback) {
        String example = word + ": " + Math.max(min, 8);
        return words.text(word, example)
                .map(text -> number(text, words, word, min, max, fallback))
                .orElse(fallback);
    }

    private static int number(
            String text, Words words, String word, int min, int max, int fallback) {
        boolean fits = text.matches("\\d{1,7}");
        int number = fits ? Integer.parseInt(text) : -1;
        if (!fits || number < min || number > max) {
            Tree value = words.tree().find(word);
            words.invalid(
                    word,
                    "a whole number from " + min + " to " + max,
                    value == null ? words.tree() : value,
                    word + ": " + Math.max(min, 8));
            return fallback;
        }
        return number;
    }
}
