package dev.mortise.testkit.vendor;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// One vendor as its public description has it. Called by many threads.
///
/// A vendor checks with code of its own, never with the recipes it is to prove.
public interface Vendor {
    /// The word that starts it: `kingdee`.
    String name();

    /// What a connection to it needs, by the name of the environment variable; its address is
    /// among it as `KINGDEE_URL`.
    Map<String, String> environment(URI base);

    /// Its answer, also to what it refuses.
    Told answer(Asked asked);

    /// What a caller who has read everything has.
    default List<Served> served() {
        return List.of();
    }
}
