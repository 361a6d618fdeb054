package dev.mortise.cli.remote;

import dev.mortise.cli.Terminal;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which server a command speaks to, and as whom.
final class RemoteOptions {
    private static final String SERVER = "MORTISE_SERVER";
    private static final String TOKEN = "MORTISE_TOKEN";
    private static final String HERE = "http://127.0.0.1:8470";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "the server's address; default: MORTISE_SERVER, else " + HERE)
    private Optional<String> server = Optional.empty();

    @Parameters(
            paramLabel = "PROJECT",
            descriptionKey = "PROJECT",
            description = "name of the project on the server")
    private String name = "";

    /// Where the server has the project.
    String project() {
        return "/api/projects/" + RemoteServer.part(name);
    }

    /// @throws ProblemException when there is no token, or the address is none
    RemoteServer server(Terminal terminal) {
        String said = server.orElse(terminal.environment().getOrDefault(SERVER, HERE));
        URI address = address(said);
        String token = terminal.environment().getOrDefault(TOKEN, "").strip();
        if (token.isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.SECRET_MISSING,
                    "expected an API token in the variable '" + TOKEN + "', found none",
                    "make one in the studio under Settings, Tokens, and export it");
        }
        return new RemoteServer(address, token, terminal.language().toLanguageTag());
    }

    private static URI address(String said) {
        try {
            URI uri = URI.create(said.strip().replaceFirst("/+$", ""));
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw ProblemException.of(
                ProblemCode.OPTION_INVALID,
                "expected the address of a server, got '" + said + "'",
                "write it like https://mortise.example.com");
    }
}
