package dev.mortise.api.cassette;

import dev.mortise.api.cassette.Change.Kind;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The rules for one field, then and now.
record FieldDrift(String path, Facet before, Role role, List<Change> changes) {
    /// Texts grow; one more than so many times as long as any before it tells of another use.
    private static final int LONGER = 2;

    private static final int LONGER_FROM = 16;

    /// Digits that an int32 and an int64 hold for sure.
    private static final int[] ROOMS = {9, 18};

    private static final int EXPECTED = 5;

    /// What the definition makes of a field.
    ///
    /// @param type of its column; empty when it has none
    /// @param key whether it tells rows apart
    /// @param masked whether its values stand for others
    record Role(String type, boolean key, boolean masked) {}

    /// It is nowhere any more.
    ///
    /// @param of how many objects could have had it
    void gone(long of) {
        boolean sure = before.always() && before.of() >= Drift.ENOUGH;
        double expected = before.of() == 0 ? 0 : (double) before.there() / before.of() * of;
        if (of == 0 || (!before.always() && expected < EXPECTED)) {
            return;
        }
        add(
                Kind.FIELD_GONE,
                presence(before),
                "in none of " + of,
                "",
                sure || role.key ? Severity.BREAKING : Severity.RISKY);
    }

    void compare(Facet now) {
        boolean enough = before.of() >= Drift.ENOUGH;
        if (before.always() && !now.always() && now.of() > 0 && (enough || role.key)) {
            Severity severity = role.key ? Severity.BREAKING : Severity.RISKY;
            add(Kind.FIELD_RARER, presence(before), presence(now), "", severity);
        }
        if (before.nulls() == 0 && now.nulls() > 0) {
            nulls(now);
        }
        types(now);
        formats(now);
        values(now);
        sizes(now);
    }

    private void nulls(Facet now) {
        boolean enough = before.there() >= Drift.ENOUGH;
        Severity severity = enough ? Severity.RISKY : Severity.HARMLESS;
        add(
                Kind.NULL_NEW,
                "never null in " + before.there(),
                "null in %d of %d".formatted(now.nulls(), now.there()),
                "",
                role.key ? Severity.BREAKING : severity);
    }

    /// Another JSON type. A null was no type, and what was only null may become anything.
    private void types(Facet now) {
        Set<Form.Kind> added = EnumSet.noneOf(Form.Kind.class);
        added.addAll(now.kinds());
        added.removeAll(before.kinds());
        if (before.kinds().isEmpty() && !added.isEmpty()) {
            add(Kind.TYPE_NEW, "only null", forms(now), words(added), Severity.HARMLESS);
        } else if (!added.isEmpty()) {
            add(Kind.TYPE_NEW, forms(before), forms(now), words(added), Severity.BREAKING);
        } else if (now.forms().containsKey(Form.DECIMAL)
                && before.forms().containsKey(Form.INTEGER)
                && !before.forms().containsKey(Form.DECIMAL)) {
            Severity severity = whole() ? Severity.BREAKING : Severity.RISKY;
            add(Kind.TYPE_NEW, forms(before), forms(now), "decimal", severity);
        }
    }

    private boolean whole() {
        return role.type.startsWith("int") || role.type.startsWith("uint");
    }

    private static String words(Set<Form.Kind> kinds) {
        return kinds.stream()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    /// A text that was always a date is one no more. What was any text may be any other.
    private void formats(Facet now) {
        List<Form> then = texts(before);
        List<Form> added = new ArrayList<>(texts(now));
        added.removeAll(then);
        boolean planned = !then.isEmpty() && then.stream().allMatch(Form::structured);
        if (!planned || added.isEmpty()) {
            return;
        }
        boolean blank = added.equals(List.of(Form.EMPTY_TEXT));
        boolean enough = before.given() >= Drift.ENOUGH;
        boolean parsed = !role.type.isEmpty() && !role.type.equals("text");
        String what = added.stream().map(Form::word).collect(Collectors.joining(","));
        Severity severity =
                parsed || role.key
                        ? Severity.BREAKING
                        : enough ? Severity.RISKY : Severity.HARMLESS;
        add(
                Kind.FORMAT_NEW,
                forms(before),
                forms(now),
                what,
                blank && severity == Severity.BREAKING && !role.key ? Severity.RISKY : severity);
    }

    private static List<Form> texts(Facet facet) {
        return facet.forms().keySet().stream().filter(f -> f.kind() == Form.Kind.TEXT).toList();
    }

    private void values(Facet now) {
        if (role.masked || !before.isSet() || now.given() == 0) {
            return;
        }
        if (now.values().isEmpty()) {
            String then = String.join(", ", before.values());
            add(Kind.VALUE_NEW, then, "many others", "many", Severity.RISKY);
            return;
        }
        Set<String> added = new TreeSet<>(now.values());
        before.values().forEach(added::remove);
        added.forEach(
                value ->
                        add(
                                Kind.VALUE_NEW,
                                String.join(", ", before.values()),
                                "'" + value + "'",
                                value,
                                Severity.RISKY));
        if (!now.isSet()) {
            return;
        }
        Set<String> gone = new TreeSet<>(before.values());
        now.values().forEach(gone::remove);
        gone.forEach(
                value ->
                        add(
                                Kind.VALUE_GONE,
                                "'" + value + "'",
                                String.join(", ", now.values()),
                                value,
                                Severity.HARMLESS));
    }

    private void sizes(Facet now) {
        boolean enough = before.given() >= Drift.ENOUGH;
        int then = before.extent().longest();
        int longest = now.extent().longest();
        if (enough && longest > LONGER * then && longest > LONGER_FROM && then > 0) {
            String after = longest + " characters";
            add(Kind.LONGER, "at most " + then, after, "longer", Severity.RISKY);
        }
        for (int room : numeric(now) ? ROOMS : new int[0]) {
            if (before.extent().digits() <= room && now.extent().digits() > room) {
                add(
                        Kind.DIGITS_MORE,
                        before.extent().digits() + " digits",
                        now.extent().digits() + " digits",
                        Integer.toString(room),
                        whole() ? Severity.BREAKING : Severity.RISKY);
            }
        }
        boolean typed = before.kinds().equals(now.kinds());
        if (typed
                && before.extent().scale() > 0
                && now.extent().scale() > before.extent().scale()) {
            add(
                    Kind.SCALE_MORE,
                    before.extent().scale() + " decimals",
                    now.extent().scale() + " decimals",
                    Integer.toString(now.extent().scale()),
                    now.extent().scale() > scale() ? Severity.BREAKING : Severity.RISKY);
        }
    }

    /// Whether somebody counts with it: digits of a text are letters like others.
    private boolean numeric(Facet now) {
        return role.type.isEmpty()
                ? now.kinds().contains(Form.Kind.NUMBER)
                : !role.type.equals("text");
    }

    /// Decimals its column holds.
    private int scale() {
        if (!role.type.startsWith("decimal")) {
            return Integer.MAX_VALUE;
        }
        return Type.parse(role.type) instanceof Decimal(_, var scale) ? scale : Integer.MAX_VALUE;
    }

    private static String presence(Facet facet) {
        return facet.always()
                ? "in all of " + facet.of()
                : "in %d of %d".formatted(facet.there(), facet.of());
    }

    /// What its values look like, the most frequent first.
    static String forms(Facet facet) {
        return facet.forms().entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
                .map(e -> e.getKey().word())
                .collect(Collectors.joining(", "));
    }

    private void add(Kind kind, String then, String now, String what, Severity severity) {
        changes.add(new Change(kind, path, then, now, what, severity));
    }
}
