package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemCode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads a flow document, in either of its shapes: steps, or a copy of a whole database.
final class FlowReader {
    private static final List<String> KNOWN =
            List.of("flow", "formerly", "steps", "copy", "verify", "rejects");
    private static final int STEPS_MAX = 1_000;

    private final DatasetNames datasets;
    private final Problems problems;

    FlowReader(DatasetNames datasets, Problems problems) {
        this.datasets = datasets;
        this.problems = problems;
    }

    /// What of a flow could be read.
    ///
    /// @param places where the names of the steps stand
    /// @param end the line of the first word after the steps
    record Found(Flow flow, Map<String, Place> places, int end) {}

    Found read(Document document) {
        String owner = "flow '" + document.name() + "'";
        Words words = Words.of(document.tree(), owner, KNOWN, problems);
        words.only(KNOWN);
        shape(words, owner, document.place());
        Map<String, Step> steps =
                words.entries("steps", "steps: {orders: {read: erp.sales_order}}")
                        .map(entries -> steps(entries, document.place()))
                        .orElse(Map.of());
        Optional<Copy> copy =
                words.entries("copy", CopyReader.EXAMPLE)
                        .map(entries -> new CopyReader(datasets, problems).read(entries, owner));
        Flow flow =
                new Flow(
                        document.name(),
                        StepReader.formerly(words, "formerly: orders"),
                        steps,
                        copy,
                        verify(words, owner),
                        rejectsMax(words, owner),
                        document.place());
        return document.tree().find("steps") instanceof Tree.Entries entries
                ? new Found(flow, entries.names(), end(document.tree()))
                : new Found(flow, Map.of(), 0);
    }

    private static int end(Tree.Entries document) {
        int start = document.placeOf("steps").line();
        return document.names().values().stream()
                .mapToInt(Place::line)
                .filter(line -> line > start)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    private void shape(Words words, String owner, Place place) {
        if (words.has("steps") == words.has("copy")) {
            problems.add(
                    words.has("copy") ? ProblemCode.DOCUMENT_INVALID : ProblemCode.WORD_MISSING,
                    place,
                    owner
                            + " expects either 'steps' or 'copy', got "
                            + (words.has("copy") ? "both" : "neither"),
                    words.has("copy") ? "make a flow of each" : "add 'steps:' or 'copy:'");
        }
    }

    private Map<String, Step> steps(Tree.Entries entries, Place flow) {
        if (entries.entries().size() > STEPS_MAX) {
            problems.add(
                    ProblemCode.LIMIT_EXCEEDED,
                    entries.place(),
                    "a flow has at most "
                            + STEPS_MAX
                            + " steps, this one has "
                            + entries.entries().size(),
                    "split it");
            return Map.of();
        }
        StepGraph graph = new StepGraph();
        entries.entries().keySet().forEach(name -> graph.add(name, entries.placeOf(name)));
        StepReader reader = new StepReader(datasets, graph, problems);
        Map<String, Step> steps = new LinkedHashMap<>();
        Map<String, String> taken = new HashMap<>();
        entries.entries()
                .forEach(
                        (name, value) -> {
                            Place place = entries.placeOf(name);
                            checkName(name, place, taken);
                            reader.read(name, place, value)
                                    .ifPresent(step -> steps.put(name, step));
                        });
        graph.check(flow, problems);
        checkProgress(steps);
        return steps;
    }

    /// Two steps must not keep their progress under one name.
    private void checkProgress(Map<String, Step> steps) {
        Map<String, Step> known = new HashMap<>();
        for (Step step : steps.values()) {
            if (step instanceof Step.Write write) {
                Step other = known.putIfAbsent(write.keptAs(), write);
                if (other != null) {
                    problems.add(
                            ProblemCode.NAME_TAKEN,
                            write.place(),
                            "steps '%s' and '%s' would keep their progress under one name: '%s'"
                                    .formatted(other.name(), write.name(), write.keptAs()),
                            "give one of them another name, or another 'formerly'");
                }
            }
        }
    }

    private void checkName(String name, Place place, Map<String, String> taken) {
        if (!Document.isName(name)) {
            problems.add(
                    ProblemCode.VALUE_INVALID,
                    place,
                    "the name of a step expects letters, digits, '_' and '-', got '" + name + "'",
                    "write it like 'orders_checked'");
        }
        String other = taken.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
        if (other != null) {
            problems.add(
                    ProblemCode.NAME_TAKEN,
                    place,
                    "steps '"
                            + other
                            + "' and '"
                            + name
                            + "' differ only in case, which SQL ignores",
                    "rename one of them");
        }
    }

    private Flow.VerifyMode verify(Words words, String owner) {
        List<String> known = List.of("after");
        return words.entries("verify", "verify: {after: full}")
                .flatMap(
                        entries -> {
                            Words verify =
                                    Words.of(entries, "'verify' of " + owner, known, problems);
                            verify.only(known);
                            return verify.choice("after", Flow.VerifyMode.class);
                        })
                .orElse(Flow.VerifyMode.NONE);
    }

    private long rejectsMax(Words words, String owner) {
        List<String> known = List.of("max");
        String example = "rejects: {max: 100}";
        Optional<Tree.Entries> entries = words.entries("rejects", example);
        if (entries.isEmpty()) {
            return -1;
        }
        Words rejects = Words.of(entries.get(), "'rejects' of " + owner, known, problems);
        rejects.only(known);
        Tree max = rejects.tree().find("max");
        if (max == null) {
            return -1;
        }
        if (max instanceof Tree.Leaf leaf && leaf.text().matches("\\d{1,18}")) {
            return Long.parseLong(leaf.text());
        }
        rejects.invalid("max", "a whole number from 0", max, example);
        return -1;
    }
}
