package dev.mortise.bench.workload;

import dev.mortise.bench.race.Arena;
import dev.mortise.bench.race.Output;
import dev.mortise.testkit.live.LocalServer;
import java.util.Map;

/// For work that leaves nothing behind.
///
/// @param servers on the path
record StillArena(Map<String, LocalServer> servers) implements Arena {
    static final Output NOTHING = new Output(0, "");

    @Override
    public void fresh() {}

    @Override
    public Output output() {
        return NOTHING;
    }
}
