package dev.mortise.api.recipe;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Where time and chance come from, so that a signature can be repeated.
///
/// @param given values for names of the recipe that would otherwise be fresh, such as the id of a
///     webhook that stays the same over its retries
public record Signing(InstantSource clock, RandomGenerator random, Map<String, String> given) {
    public Signing {
        given = Map.copyOf(given);
    }

    /// The clock of the machine and a generator nobody can foretell.
    public static Signing system() {
        return new Signing(InstantSource.system(), new SecureRandom(), Map.of());
    }

    public Signing with(String name, String value) {
        Map<String, String> more = new HashMap<>(given);
        more.put(name, value);
        return new Signing(clock, random, more);
    }
}
