package dev.mortise.engine.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Mappings a person accepted before, one JSON object a line. The same two datasets are taken at
/// their word; the same two names elsewhere count for much.
public final class History {
    private static final double SAME_DATASETS = 0.99;
    private static final double SAME_NAMES = 0.88;
    private static final JsonMapper JSON = new JsonMapper();

    private final Set<String> exact = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final String source;
    private final String target;

    private History(String source, String target) {
        this.source = source;
        this.target = target;
    }

    public static History none() {
        return new History("", "");
    }

    /// What is remembered, seen from a pair of datasets. A line that cannot be read is skipped:
    /// remembering less is no harm.
    ///
    /// @param file `.mortise/mappings.jsonl`; need not exist
    /// @param source connection and dataset
    public static History read(Path file, String source, String target) {
        History history = new History(source, target);
        if (!Files.exists(file)) {
            return history;
        }
        try {
            Files.readAllLines(file).forEach(history::remember);
        } catch (IOException e) {
            throw new UncheckedIOException("reading '" + file.getFileName() + "'", e);
        }
        return history;
    }

    private void remember(String line) {
        try {
            var entry = JSON.readTree(line);
            String from = entry.path("source_column").asString("");
            String to = entry.path("target_column").asString("");
            names.add(pair(from, to));
            boolean here =
                    entry.path("source").asString("").equals(source)
                            && entry.path("target").asString("").equals(target);
            if (here) {
                exact.add(pair(from, to));
            }
        } catch (JacksonException _) {
            // Half a line is what a crash leaves behind.
        }
    }

    private static String pair(String from, String to) {
        return from.toLowerCase(Locale.ROOT) + "\n" + to.toLowerCase(Locale.ROOT);
    }

    /// How sure the past is of a pair; 0 when it knows nothing.
    double prior(String from, String to) {
        String pair = pair(from, to);
        if (exact.contains(pair)) {
            return SAME_DATASETS;
        }
        return names.contains(pair) ? SAME_NAMES : 0;
    }

    /// Remembers the sources of these proposals.
    public void accept(Path file, List<Proposal> proposals) {
        StringBuilder lines = new StringBuilder();
        for (Proposal proposal : proposals) {
            proposal.source()
                    .ifPresent(from -> lines.append(line(from, proposal.target())).append('\n'));
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("writing '" + file.getFileName() + "'", e);
        }
    }

    private String line(FieldProfile from, FieldProfile to) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("source", source);
        entry.put("target", target);
        entry.put("source_column", from.name());
        entry.put("target_column", to.name());
        return JSON.writeValueAsString(entry);
    }
}
