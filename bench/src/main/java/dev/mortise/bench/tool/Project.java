package dev.mortise.bench.tool;

import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A project folder with connections and one flow, as a user would write it. New for every run, so
/// that no state of the run before is found.
public final class Project {
    public static final String FLOW = "bench";

    private final Path folder;

    public Project(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("connections"));
        Files.createDirectories(folder.resolve("flows"));
    }

    public Path folder() {
        return folder;
    }

    /// A connection to a database of a server. Loopback needs no encryption, and the native clients
    /// go without it too.
    public Project connection(String name, LocalServer server, String database) throws IOException {
        String type = server instanceof LocalPostgres ? "postgres" : "mysql";
        return connection(
                name,
                """
                type: %s
                host: %s
                port: %d
                database: %s
                user: %s
                password: %s
                tls: disable
                """
                        .formatted(
                                type,
                                server.host(),
                                server.port(),
                                database,
                                server.user(),
                                server.password()));
    }

    public Project connection(String name, String options) throws IOException {
        Files.writeString(
                folder.resolve("connections/" + name + ".yaml"),
                "connection: " + name + "\n" + options);
        return this;
    }

    /// @param steps everything below the flow's name
    public Project flow(String steps) throws IOException {
        Files.writeString(
                folder.resolve("flows/" + FLOW + ".yaml"), "flow: " + FLOW + "\n" + steps);
        return this;
    }
}
