package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Resource.Column;
import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The columns of a record: its scalars, those of objects inside it by their paths, and what is an
/// array or differs from case to case as `json`.
final class Columns {
    static final int COLUMNS_MAX = 500;
    private static final int DEPTH_MAX = 3;

    /// What separates the words of a name that stands in brackets: `address[city]`, `a.b`.
    private static final Pattern SIGNS = Pattern.compile("[\\[\\].*']+");

    private final Findings findings;
    private final Place place;
    private final List<Column> columns = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean full;

    private Columns(Findings findings, Place place) {
        this.findings = findings;
        this.place = place;
    }

    /// @param place of the call, for findings
    static List<Column> of(Shape record, Findings findings, Place place) {
        Columns columns = new Columns(findings, place);
        if (record instanceof Fields fields) {
            columns.add(fields, List.of());
        }
        return columns.columns;
    }

    private void add(Fields fields, List<String> above) {
        for (Map.Entry<String, Shape> field : fields.fields().entrySet()) {
            String name = field.getKey();
            if (!Steps.isUsable(name)) {
                findings.leftOut(
                        place,
                        "field '" + Names.title(name) + "' has a name that no path can hold",
                        "read its object as json");
                continue;
            }
            List<String> steps = new ArrayList<>(above);
            steps.add(name);
            String title = fields.titles().getOrDefault(name, "");
            switch (field.getValue()) {
                case Fields inner when deeper(inner, steps) -> add(inner, steps);
                case Shape.Value value -> put(steps, value.type(), title);
                case Shape.Nothing _ -> put(steps, Scalar.TEXT, title);
                case Fields _, Shape.Many _, Shape.Anything _ -> put(steps, Scalar.JSON, title);
            }
        }
    }

    private static boolean deeper(Fields inner, List<String> steps) {
        return !inner.fields().isEmpty()
                && steps.size() < DEPTH_MAX
                && inner.fields().keySet().stream().allMatch(Steps::isUsable);
    }

    private void put(List<String> steps, Type type, String title) {
        if (columns.size() >= COLUMNS_MAX) {
            if (!full) {
                findings.leftOut(
                        place,
                        "a record has more than "
                                + COLUMNS_MAX
                                + " columns, the others are left"
                                + " out",
                        "add the ones you need");
            }
            full = true;
            return;
        }
        String wanted = wanted(steps);
        String name = wanted;
        for (int i = 2; !names.add(name); i++) {
            name = wanted + "_" + i;
        }
        columns.add(new Column(name, type, Steps.join(steps), title));
    }

    /// The words of a path, without the signs of attributes and of text beside them.
    private static String wanted(List<String> steps) {
        String words =
                steps.stream()
                        .map(step -> step.startsWith("@") ? step.substring(1) : step)
                        .map(Columns::plain)
                        .filter(step -> !step.equals("#text"))
                        .collect(Collectors.joining("_"));
        return words.isEmpty() ? "text" : words;
    }

    private static String plain(String step) {
        if (Steps.isPlain(step)) {
            return step;
        }
        String words = SIGNS.matcher(step).replaceAll("_");
        return words.endsWith("_") ? words.substring(0, words.length() - 1) : words;
    }

    /// The column that most likely identifies a record: `id`, or the subject's own.
    static Optional<String> key(List<Column> columns, String subject) {
        String singular = singular(Names.plain(subject));
        for (String wanted : List.of("id", "uuid", "guid", singular + "id", singular + "no")) {
            for (Column column : columns) {
                boolean fits =
                        Names.plain(column.path()).equals(wanted)
                                && !column.path().contains(".")
                                && !column.type().equals(Scalar.JSON);
                if (fits) {
                    return Optional.of(column.name());
                }
            }
        }
        return Optional.empty();
    }

    private static String singular(String word) {
        String stem = word.endsWith("list") ? word.substring(0, word.length() - 4) : word;
        if (stem.endsWith("ies")) {
            return stem.substring(0, stem.length() - 3) + "y";
        }
        return stem.endsWith("s") ? stem.substring(0, stem.length() - 1) : stem;
    }
}
