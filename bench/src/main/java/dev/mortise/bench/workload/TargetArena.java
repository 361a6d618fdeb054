package dev.mortise.bench.workload;

import dev.mortise.bench.race.Arena;
import dev.mortise.bench.race.Output;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A target in a database of its own for every run: logged tables with their keys, and nothing of
/// the run before.
final class TargetArena implements Arena {
    /// Creates the tables of an empty database.
    interface Tables {
        void create(LocalServer server, String database) throws SQLException;
    }

    private final @Nullable LocalServer source;
    private final LocalServer target;
    private final Tables tables;
    private final String digest;
    private String database = "";

    /// @param source absent when rows come from a file
    TargetArena(@Nullable LocalServer source, LocalServer target, Tables tables, String digest) {
        this.source = source;
        this.target = target;
        this.tables = tables;
        this.digest = digest;
    }

    /// The database of the run that comes or goes on.
    String database() {
        return database;
    }

    LocalServer target() {
        return target;
    }

    @Override
    public Map<String, LocalServer> servers() {
        Map<String, LocalServer> servers = new LinkedHashMap<>();
        if (source == target) {
            servers.put("server", target);
            return servers;
        }
        if (source != null) {
            servers.put("source", source);
        }
        servers.put("target", target);
        return servers;
    }

    @Override
    public void fresh() throws SQLException {
        if (!database.isEmpty()) {
            drop();
        }
        database = target.freshDatabase("target");
        tables.create(target, database);
        for (LocalServer server : servers().values()) {
            server.execute(server instanceof LocalPostgres ? "checkpoint" : "flush tables");
        }
    }

    private void drop() throws SQLException {
        if (target instanceof LocalPostgres) {
            target.execute("drop database " + database + " with (force)");
        } else {
            target.dropDatabase(database);
        }
    }

    @Override
    public Output output() throws SQLException {
        return Digests.read(target, database, digest);
    }
}
