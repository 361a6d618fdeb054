package dev.mortise.server;

import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.vault.GivenKeys;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// What can keep a server from starting and is quickly found out: its home, its address and the
/// keys it is given. All is told at once.
final class StartChecks {
    private static final int PORT_MAX = 65_535;

    private StartChecks() {}

    /// Makes the home when there is none.
    ///
    /// @throws ProblemsException all that is wrong
    static void demand(ServerSettings settings) {
        var problems =
                Stream.concat(
                                Stream.of(
                                                home(settings.home()),
                                                address(settings.host(), settings.port()))
                                        .flatMap(Optional::stream),
                                GivenKeys.problems(settings).stream())
                        .toList();
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private static Optional<Problem> home(Path home) {
        try {
            Files.createDirectories(home);
            Path probe = Files.createTempFile(home, "writable", null);
            Files.delete(probe);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(unwritable(home, e));
        }
    }

    /// What keeps a home from being written to.
    static Problem unwritable(Path home, IOException e) {
        if (e instanceof FileAlreadyExistsException) {
            return new Problem(
                    ProblemCode.OPTION_INVALID,
                    "expected a folder, found the file '" + home + "'",
                    "--home",
                    "name a folder; it is made when there is none");
        }
        String reason =
                e instanceof FileSystemException file && file.getReason() != null
                        ? file.getReason()
                        : "no folder can be made there";
        boolean denied = e instanceof AccessDeniedException;
        return new Problem(
                denied ? ProblemCode.PRIVILEGE_MISSING : ProblemCode.IO_FAILED,
                "writing into the home '%s': %s".formatted(home, denied ? "not allowed" : reason),
                "--home",
                "give this user the right to write there, or name another folder");
    }

    private static Optional<Problem> address(String host, int port) {
        if (port < 0 || port > PORT_MAX) {
            return Optional.of(
                    new Problem(
                            ProblemCode.OPTION_INVALID,
                            "expected a port from 0 to %d, got %d".formatted(PORT_MAX, port),
                            "--port",
                            "choose another; 0 takes any that is free"));
        }
        try (ServerSocket tried = new ServerSocket()) {
            tried.setReuseAddress(true);
            tried.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return Optional.empty();
        } catch (UnknownHostException _) {
            return Optional.of(elsewhere(host));
        } catch (BindException e) {
            return Optional.of(unbound(host, port, e));
        } catch (SocketException e) {
            return Optional.of(forbidden(port, e));
        } catch (IOException e) {
            return Optional.of(forbidden(port, e));
        }
    }

    private static Problem unbound(String host, int port, BindException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("assign")) {
            return elsewhere(host);
        }
        return said.contains("denied") ? forbidden(port, e) : taken(host, port);
    }

    static Problem taken(String host, int port) {
        return new Problem(
                ProblemCode.OPTION_INVALID,
                "expected a free port, but another process listens on %s:%d".formatted(host, port),
                "--port",
                "stop that process, or choose another port; 0 takes any that is free");
    }

    private static Problem elsewhere(String host) {
        return new Problem(
                ProblemCode.OPTION_INVALID,
                "expected an address of this machine, got '" + host + "'",
                "--host",
                "use 127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses");
    }

    private static Problem forbidden(int port, IOException e) {
        return new Problem(
                ProblemCode.PRIVILEGE_MISSING,
                "listening on port %d: %s".formatted(port, e.getMessage()),
                "--port",
                "choose a port above 1023, or give this user the right to listen on it");
    }
}
