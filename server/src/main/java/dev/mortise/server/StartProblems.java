package dev.mortise.server;

import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.web.server.PortInUseException;

/// What kept a server from starting, as its operator has to know it.
final class StartProblems {
    private static final int CAUSES_MAX = 32;

    private StartProblems() {}

    /// Looks through what wraps the reason; what is not known goes on as it is.
    static RuntimeException of(ServerSettings settings, RuntimeException e) {
        Throwable cause = e;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            switch (cause) {
                case ProblemsException known -> {
                    return known;
                }
                case ProblemException known -> {
                    return new ProblemsException(List.of(known.problem()));
                }
                case PortInUseException port -> {
                    return new ProblemsException(
                            List.of(StartChecks.taken(settings.host(), port.getPort())));
                }
                case UncheckedIOException io -> {
                    return unwritable(settings, Objects.requireNonNull(io.getCause()));
                }
                default -> cause = cause.getCause();
            }
        }
        return e;
    }

    static ProblemsException unwritable(ServerSettings settings, IOException e) {
        return new ProblemsException(List.of(StartChecks.unwritable(settings.home(), e)));
    }
}
