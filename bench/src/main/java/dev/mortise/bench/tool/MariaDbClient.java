package dev.mortise.bench.tool;

import dev.mortise.testkit.live.LocalMariaDb;
import java.util.ArrayList;
import java.util.List;

/// The command line client of MariaDB, from the same archive as the server.
public final class MariaDbClient {
    private MariaDbClient() {}

    /// A process that runs one statement and prints rows as lines with tabs between values, without
    /// holding them all first.
    public static ProcessBuilder command(LocalMariaDb server, String database, String sql) {
        List<String> words = new ArrayList<>(List.of(server.client().toString(), "--no-defaults"));
        words.addAll(List.of("--host=" + server.host(), "--port=" + server.port()));
        words.addAll(List.of("--protocol=tcp", "--user=" + server.user(), "--skip-ssl"));
        words.addAll(List.of("--default-character-set=utf8mb4", "--local-infile=1"));
        words.addAll(List.of("--quick", "-NB", "--database=" + database, "--execute=" + sql));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("MYSQL_PWD", server.password());
        return builder;
    }
}
