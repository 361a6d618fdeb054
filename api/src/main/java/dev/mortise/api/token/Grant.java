package dev.mortise.api.token;

import dev.mortise.spi.problem.ProblemException;

/// The one call that gives a token. Made by the connector, which knows the network; the broker
/// never has two of one connection on their way.
@FunctionalInterface
public interface Grant {
    /// @throws ProblemException with `LOGIN_REFUSED` or `PRIVILEGE_MISSING` when the credential
    ///     itself was refused, so that asking again with it is of no use; with any other code when
    ///     the answer is unknown. Its words hold no secret: they are kept and shown to others
    Granted ask(Ask ask);
}
