package dev.mortise.bench.race;

import dev.mortise.testkit.live.LocalServer;
import java.sql.SQLException;
import java.util.Map;

/// Where the work happens.
public interface Arena {
    /// The servers on the path by their part in it: `source` and `target`, or `server` when one
    /// server is both.
    Map<String, LocalServer> servers();

    /// Makes everything as it was before the first run: an empty target, nothing left to flush.
    void fresh() throws SQLException;

    /// What the run left in the target.
    Output output() throws SQLException;
}
