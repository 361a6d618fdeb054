package dev.mortise.cli.serve;

import dev.mortise.cli.Terminal;
import dev.mortise.server.settings.ServerSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "serve", description = "Starts the studio and its API.")
public final class ServeCommand implements Callable<Integer> {
    /// Where the studio's files lie; set by what starts the program.
    static final String STUDIO = "mortise.studio";

    private final Terminal terminal;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "where it listens; default: ${DEFAULT-VALUE}")
    private int port = ServerSettings.PORT;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "the address it listens on; default: ${DEFAULT-VALUE}, this machine only")
    private String host = "127.0.0.1";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "the folder with all its state; default: .mortise-home here")
    private Path home = Path.of(".mortise-home");

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "postgres://user:password@host:port/name, which several servers may share;"
                            + " default: SQLite in the home")
    private String database = "";

    public ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerSettings settings =
                new ServerSettings(
                        home.toAbsolutePath().normalize(),
                        host,
                        port,
                        database,
                        Optional.ofNullable(System.getProperty(STUDIO)).map(Path::of),
                        terminal.environment());
        return StandingServer.serve(terminal, settings);
    }
}
