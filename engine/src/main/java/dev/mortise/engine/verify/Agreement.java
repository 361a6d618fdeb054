package dev.mortise.engine.verify;

import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import java.util.Comparator;
import java.util.Map;

/// The form in which both sides are digested: of those both can compute the one that costs least.
final class Agreement {
    private Agreement() {}

    static DigestForm between(Side source, Side target, Hashing hashing) {
        Map<DigestForm, Integer> there = target.costs(hashing);
        return source.costs(hashing).entrySet().stream()
                .filter(entry -> there.containsKey(entry.getKey()))
                .min(
                        Comparator.comparingInt(
                                        (Map.Entry<DigestForm, Integer> entry) ->
                                                entry.getValue()
                                                        + there.getOrDefault(entry.getKey(), 0))
                                // Of two that cost the same always the same one.
                                .thenComparing(entry -> entry.getKey().name()))
                .map(Map.Entry::getKey)
                .orElse(DigestForm.CANONICAL);
    }
}
