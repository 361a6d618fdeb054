package dev.mortise.connectors.invoice;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The words of a document as they stand in it, before anything is made of them. Filled by one
/// thread.
final class Draft {
    private final Map<Term, String> words = new EnumMap<>(Term.class);
    private final List<Map<Term, String>> items = new ArrayList<>();
    private int unknown;
    private int repeated;

    @Nullable String word(Term term) {
        return words.get(term);
    }

    /// The words that are not of a line.
    Map<Term, String> words() {
        return words;
    }

    List<Map<Term, String>> items() {
        return items;
    }

    /// Keeps the first value of a term; an empty one is none.
    void put(Term term, String text) {
        if (!text.isEmpty() && words.putIfAbsent(term, text) != null) {
            repeated++;
        }
    }

    /// @throws Refusal when there are too many lines
    void add(Map<Term, String> item) throws Refusal {
        if (item.isEmpty()) {
            return;
        }
        if (items.size() == Limits.ITEMS_MAX) {
            throw new Refusal("expected at most %d lines, got more".formatted(Limits.ITEMS_MAX));
        }
        items.add(item);
    }

    void addUnknown() {
        unknown++;
    }

    /// Values whose place is in no table of ours.
    int unknown() {
        return unknown;
    }

    /// Values that stood twice, of which the first counts.
    int repeated() {
        return repeated;
    }

    /// Takes over what this one lacks.
    void fill(Draft other) {
        other.words.forEach(words::putIfAbsent);
    }
}
