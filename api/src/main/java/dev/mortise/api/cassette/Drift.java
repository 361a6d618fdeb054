package dev.mortise.api.cassette;

import dev.mortise.api.cassette.Change.Kind;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Tapes;
import dev.mortise.spi.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What has changed between two looks at a contract, by written rules. A field counts as one that
/// is *always* there, or *never* null, only after [#ENOUGH] looks; before that its absence is
/// [Severity#RISKY] at most. That something did not occur says nothing when few records came.
///
/// @param columns where in a record the columns stand, by name
/// @param result of the look before: types and key of the columns
/// @param masks fields whose values are others on each machine, and not compared
public record Drift(Map<String, String> columns, Result result, List<String> masks) {
    /// Looks after which a rule without an exception is one.
    static final long ENOUGH = 20;

    /// Of what was recorded of a resource.
    public static Drift of(Tapes tapes, Cassette before) {
        Result result = before.result();
        Dataset dataset = Dataset.of(before.title().resource(), result.schema(), result.key());
        return new Drift(tapes.places(dataset), result, before.title().masks());
    }

    /// What can no longer be read has changed, too.
    public static Change unreadable(Problem problem) {
        return new Change(
                Kind.UNREADABLE,
                "",
                "read",
                problem.line(),
                problem.code().name(),
                Severity.BREAKING);
    }

    /// Every change, the gravest first.
    public List<Change> changes(Observed before, Observed after) {
        List<Change> changes = new ArrayList<>();
        if (before.records() > 0 && after.records() == 0) {
            changes.add(
                    new Change(
                            Kind.RECORDS_GONE,
                            "",
                            before.records() + " records",
                            "none",
                            "",
                            Severity.RISKY));
        } else {
            fields(before.fields(), after.fields(), changes);
        }
        fields(before.envelope(), after.envelope(), changes);
        if (before.repeated() == 0 && after.repeated() > 0) {
            changes.add(
                    new Change(
                            Kind.KEY_REPEATED,
                            String.join(", ", result.key()),
                            "each once",
                            after.repeated() + " rows repeat one",
                            "",
                            Severity.BREAKING));
        }
        after.notices()
                .forEach(
                        (name, value) -> {
                            String then = before.notices().getOrDefault(name, "none");
                            if (!then.equals(value)) {
                                changes.add(
                                        new Change(
                                                Kind.NOTICE_NEW,
                                                "header " + name,
                                                then,
                                                value,
                                                value,
                                                Severity.RISKY));
                            }
                        });
        changes.sort(Comparator.comparing(Change::severity).thenComparing(Change::path));
        return changes;
    }

    private void fields(Map<String, Facet> before, Map<String, Facet> after, List<Change> changes) {
        before.forEach(
                (path, then) -> {
                    Facet now = after.get(path);
                    FieldDrift field = new FieldDrift(path, then, role(path), changes);
                    if (now != null) {
                        field.compare(now);
                    } else if (parentThere(path, after)) {
                        field.gone(of(path, after));
                    }
                });
        after.forEach(
                (path, now) -> {
                    if (!before.containsKey(path) && parentThere(path, before)) {
                        changes.add(
                                new Change(
                                        Kind.FIELD_NEW,
                                        path,
                                        "none",
                                        FieldDrift.forms(now),
                                        "",
                                        Severity.HARMLESS));
                    }
                });
    }

    /// Of what is gone or new with all it holds, the outermost is told; of what became something
    /// else, that it did.
    private static boolean parentThere(String path, Map<String, Facet> facets) {
        String parent = parent(path);
        if (parent.isEmpty() || parent.equals("$")) {
            return true;
        }
        Facet around = facets.get(parent);
        return around != null
                && around.forms().containsKey(path.endsWith("[]") ? Form.ARRAY : Form.OBJECT);
    }

    private static String parent(String path) {
        if (path.endsWith("[]")) {
            return path.substring(0, path.length() - 2);
        }
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    /// How many objects could have had a field that none has: as many as its neighbours could.
    private static long of(String path, Map<String, Facet> facets) {
        String parent = parent(path);
        return facets.entrySet().stream()
                .filter(e -> parent(e.getKey()).equals(parent) && !e.getKey().endsWith("[]"))
                .mapToLong(e -> e.getValue().of())
                .max()
                .orElse(0);
    }

    private FieldDrift.Role role(String path) {
        String plain = "." + path.replace("[]", "");
        boolean masked = masks.stream().anyMatch(mask -> plain.endsWith("." + mask));
        for (Map.Entry<String, String> column : columns.entrySet()) {
            if (column.getValue().equals(path)) {
                String name = column.getKey();
                String type = result.columns().getOrDefault(name, "");
                return new FieldDrift.Role(type, result.key().contains(name), masked);
            }
        }
        return new FieldDrift.Role("", false, masked);
    }

    /// The columns a change touches: those at its place, and those inside or around it.
    public List<String> touched(Change change) {
        String path = change.path();
        if (change.kind() == Kind.KEY_REPEATED) {
            return result.key();
        }
        return columns.entrySet().stream()
                .filter(e -> within(e.getValue(), path) || within(path, e.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean within(String inner, String outer) {
        return !outer.isEmpty()
                && (inner.equals(outer)
                        || inner.startsWith(outer + ".")
                        || inner.startsWith(outer + "["));
    }
}
