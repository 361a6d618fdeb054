package dev.mortise.cli.serve;

import dev.mortise.cli.Terminal;
import dev.mortise.server.Server;
import dev.mortise.server.folder.FolderDesk;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The studio with the demo's project in it.
public final class DemoStudio implements AutoCloseable {
    private static final String PROJECT = "demo";
    private static final Duration RUN_MAX = Duration.ofMinutes(10);

    private final Terminal terminal;
    private final Server server;

    private DemoStudio(Terminal terminal, Server server) {
        this.terminal = terminal;
        this.server = server;
    }

    /// Where it shall be.
    ///
    /// @param home the folder with the server's state
    /// @param port 0 for any free one
    public record Place(Path home, int port) {
        ServerSettings settings(Map<String, String> environment) {
            Map<String, String> all = new HashMap<>(environment);
            // What the runs have done is told in the demo's own words.
            all.putIfAbsent(ServerSettings.LOG, "WARN");
            return new ServerSettings(
                    home.toAbsolutePath().normalize(),
                    "127.0.0.1",
                    port,
                    "",
                    Optional.ofNullable(System.getProperty(ServeCommand.STUDIO)).map(Path::of),
                    all);
        }
    }

    /// What is in its way, found out before anything is started.
    public static List<Problem> problems(Place place) {
        try {
            Server.demand(place.settings(Map.of()));
            return List.of();
        } catch (ProblemsException e) {
            return e.problems();
        }
    }

    /// @param environment with what the demo's connections read from it
    public static DemoStudio start(
            Terminal terminal, Place place, Map<String, String> environment) {
        return new DemoStudio(terminal, asked(() -> Server.start(place.settings(environment))));
    }

    /// Takes in the demo's documents, published.
    public void adopt(Path folder) throws IOException {
        asked(
                () -> {
                    server.folders().adopt(PROJECT, terminal.word("demo.project"), folder);
                    return folder;
                });
    }

    /// A question to the server.
    private interface Asked<T, E extends Exception> {
        T answer() throws E;
    }

    /// Problems of the server as one that the command line knows: the first, for what is wrong with
    /// the demo is ours to mend.
    private static <T, E extends Exception> T asked(Asked<T, E> question) throws E {
        try {
            return question.answer();
        } catch (ProblemsException e) {
            throw new ProblemException(e.problems().getFirst(), e);
        }
    }

    /// Runs a flow and says in a line what came of it.
    ///
    /// @return whether all its rows are accounted for
    public boolean run(String title, String flow) {
        FolderDesk.Outcome outcome = asked(() -> server.folders().run(PROJECT, flow, RUN_MAX));
        terminal.out(
                terminal.word(
                        outcome.isDone() ? "demo.ran" : "demo.failed",
                        flow,
                        terminal.word(title),
                        outcome.read(),
                        outcome.written(),
                        outcome.rejected()));
        return outcome.isDone();
    }

    /// Lets a flow run at each full hour.
    public void hourly(String flow) {
        server.folders().schedule(PROJECT, flow, "0 * * * *", "Asia/Shanghai");
    }

    /// The address to open: the link for the first administrator, or the studio once there is one.
    public String link() {
        return server.setupLink().orElseGet(server::url);
    }

    /// Whether the link makes the first administrator.
    public boolean isNew() {
        return server.setupLink().isPresent();
    }

    public String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
    }
}
