package dev.mortise.engine.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names an expression can use: columns of what stands behind FROM, then names given in the
/// same select list, then what the query around it has. Names are the same in any case.
final class Scope {
    private final From from;
    private final Map<String, Set<Origin>> given = new HashMap<>();
    private final @Nullable Scope outer;

    Scope(From from, @Nullable Scope outer) {
        this.from = from;
        this.outer = outer;
    }

    /// Makes a name known: one of the select list, or a parameter of a lambda.
    void give(String name, Set<Origin> origins) {
        given.put(lower(name), origins);
    }

    Optional<Set<Origin>> given(String name) {
        return Optional.ofNullable(given.get(lower(name)));
    }

    /// What a name, qualified or not, stands for.
    Set<Origin> resolve(List<String> names) {
        return find(names).orElseThrow(() -> new Opaque(String.join(".", names)));
    }

    Optional<Set<Origin>> find(List<String> names) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Optional<Set<Origin>> found = scope.own(names);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Set<Origin>> own(List<String> names) {
        String first = names.getFirst();
        if (names.size() == 1) {
            return simple(first).or(() -> row(first));
        }
        Optional<Set<Origin>> qualified = qualified(first, names.get(1));
        if (qualified.isPresent() && names.size() == 2) {
            return qualified;
        }
        return qualified.or(() -> simple(first)).map(field -> Origin.as(field, How.COMPUTED));
    }

    private Optional<Set<Origin>> simple(String name) {
        return column(name).or(() -> given(name));
    }

    /// The column of that name, when there is exactly one.
    Optional<Set<Origin>> column(String name) {
        Set<Origin> merged = from.merged().get(lower(name));
        if (merged != null) {
            return Optional.of(merged);
        }
        List<Trace.Column> found =
                from.relations().stream()
                        .flatMap(relation -> relation.columns().stream())
                        .filter(column -> column.name().equalsIgnoreCase(name))
                        .toList();
        if (found.size() > 1) {
            throw new Opaque("several columns '" + name + "'");
        }
        return found.stream().findFirst().map(Trace.Column::origins);
    }

    private Optional<Set<Origin>> qualified(String relation, String name) {
        return relation(relation).stream()
                .flatMap(one -> one.columns().stream())
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .map(Trace.Column::origins);
    }

    private Optional<From.Relation> relation(String name) {
        return from.relations().stream()
                .filter(relation -> relation.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /// A relation named like a column is its whole row as one value.
    private Optional<Set<Origin>> row(String name) {
        return relation(name)
                .map(one -> new Trace(one.columns(), Set.of()).values())
                .map(values -> Origin.as(values, How.COMPUTED));
    }

    /// All columns, or those of one relation; what USING made one stands there once.
    List<Trace.Column> star(String name) {
        if (!name.isEmpty()) {
            return relation(name)
                    .map(From.Relation::columns)
                    .orElseThrow(() -> new Opaque("no relation '" + name + "'"));
        }
        List<Trace.Column> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (From.Relation relation : from.relations()) {
            for (Trace.Column column : relation.columns()) {
                String key = lower(column.name());
                Set<Origin> merged = from.merged().get(key);
                if (merged == null) {
                    all.add(column);
                } else if (seen.add(key)) {
                    all.add(new Trace.Column(column.name(), merged));
                }
            }
        }
        return all;
    }

    /// Column names of two sides that are the same, in lower case.
    static List<String> shared(From left, From right) {
        Set<String> names = new LinkedHashSet<>();
        new Scope(left, null).star("").forEach(column -> names.add(lower(column.name())));
        Set<String> others = new HashSet<>();
        new Scope(right, null).star("").forEach(column -> others.add(lower(column.name())));
        names.retainAll(others);
        return List.copyOf(names);
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
