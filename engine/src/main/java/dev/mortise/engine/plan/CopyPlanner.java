package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Copy;
import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Step;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Plans a whole-database copy: which datasets, under which names, and each as a small flow of its
/// own, so that one that cannot be planned or run stops none of the others.
public final class CopyPlanner {
    private static final String SOURCE = "source";

    private final Connections connections;
    private final Planner planner;
    private final Flow flow;
    private final Copy copy;

    /// @param flow one with a copy
    public CopyPlanner(Connections connections, Planner planner, Flow flow) {
        this.connections = connections;
        this.planner = planner;
        this.flow = flow;
        this.copy = flow.copy().orElseThrow();
    }

    /// One table of a copy.
    ///
    /// @param into its name in the target
    public record Table(Dataset dataset, String into) {
        public String name() {
            return dataset.name();
        }
    }

    /// How many tables may be copied side by side: what is wished for, within what both connections
    /// allow.
    public int lanesMax(int wished) {
        Reads from = connections.connector(copy.from(), Reads.class, "read from");
        Writes to = connections.connector(copy.to(), Writes.class, "written to");
        return Pipeline.lanesMax(from, to, wished);
    }

    /// The datasets to copy, those a foreign key points to before those it starts from.
    ///
    /// @throws ProblemException DATASET_MISSING when no dataset matches
    public List<Table> tables() {
        Reads from = connections.connector(copy.from(), Reads.class, "read from");
        Map<String, Table> tables = new LinkedHashMap<>();
        for (Dataset dataset : from.describe(List.copyOf(names(from)))) {
            tables.put(dataset.name(), new Table(dataset, into(dataset.name())));
        }
        if (tables.isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.DATASET_MISSING,
                    "no dataset of '%s' matches %s".formatted(copy.from(), copy.include()),
                    "list what is there: mortise discover " + copy.from());
        }
        return ordered(tables);
    }

    private Set<String> names(Reads from) {
        Set<String> names = new TreeSet<>();
        List<String> patterns = copy.include().isEmpty() ? List.of("*") : copy.include();
        patterns.forEach(pattern -> names.addAll(from.datasets(pattern)));
        copy.exclude().forEach(pattern -> names.removeIf(glob(pattern).asMatchPredicate()));
        return names;
    }

    static Pattern glob(String pattern) {
        return Pattern.compile(
                Pattern.quote(pattern).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE);
    }

    private String into(String dataset) {
        int dot = dataset.lastIndexOf('.');
        String schema = dot < 0 ? "" : dataset.substring(0, dot);
        return copy.into()
                .replace("{schema}", schema)
                .replace("{table}", dataset.substring(dot + 1));
    }

    private static List<Table> ordered(Map<String, Table> tables) {
        List<Table> ordered = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        tables.values().forEach(table -> add(table, tables, seen, ordered));
        return ordered;
    }

    private static void add(
            Table table, Map<String, Table> tables, Set<String> seen, List<Table> ordered) {
        if (!seen.add(table.name())) {
            return;
        }
        for (String reference : table.dataset().references()) {
            Table parent = tables.get(reference);
            if (parent != null) {
                add(parent, tables, seen, ordered);
            }
        }
        ordered.add(table);
    }

    /// The plan of one table, with all that keeps it from being copied.
    public Plan plan(Table table) {
        boolean keyed = copy.mode() == WriteMode.UPSERT || copy.mode() == WriteMode.MIRROR;
        if (keyed && table.dataset().key().isEmpty()) {
            return new Plan(flow, List.of(), List.of(keyless(table)), Map.of());
        }
        return planner.plan(flowOf(table), Map.of(SOURCE, table.dataset()));
    }

    private Problem keyless(Table table) {
        return new Problem(
                ProblemCode.KEY_REQUIRED,
                "'%s' has no key to copy it by mode '%s'"
                        .formatted(
                                table.name(),
                                copy.mode().name().toLowerCase(java.util.Locale.ROOT)),
                copy.place().toString(),
                "exclude it, give it a primary key, or copy it by mode replace");
    }

    private Flow flowOf(Table table) {
        Step read =
                new Step.Read(
                        SOURCE,
                        copy.from(),
                        table.name(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        copy.place());
        Step write =
                new Step.Write(
                        table.name(),
                        SOURCE,
                        copy.to(),
                        table.into(),
                        copy.mode(),
                        table.dataset().key(),
                        copy.lossy() ? Set.of("*") : Set.of(),
                        Optional.empty(),
                        copy.place());
        Map<String, Step> steps = new LinkedHashMap<>();
        steps.put(SOURCE, read);
        steps.put(table.name(), write);
        return flow.with(steps);
    }
}
