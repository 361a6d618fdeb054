package dev.mortise.spi.connect;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.util.Optional;

/// The role of a connector whose system may want a person's consent, once: the person is sent to a
/// page of the system and comes back with a code, which is traded for what runs sign in with.
public interface Authorizes extends Connector {
    /// Whether this connection is one that a person has to consent to.
    boolean needsConsent();

    /// The address of the page where the person consents.
    ///
    /// @throws ProblemException with `OPTION_INVALID` when the connection needs no consent
    String page(Visit visit);

    /// Trades the code, and keeps what it gives in the place of all that was kept before.
    ///
    /// @throws ProblemException with `LOGIN_REFUSED` when the system does not take it
    void accept(Visit visit, Secret code);

    /// Whether a person's consent is kept, asked without the system.
    Standing standing();

    /// Keeps a person's consent no longer.
    void forget();

    /// A person's way to the page and back.
    ///
    /// @param back the address the system sends the person to
    /// @param state unguessable; the system sends it along
    /// @param verifier proves that whoever trades the code began the visit
    record Visit(String back, String state, Secret verifier) {}

    /// @param given whether there is something to sign in with
    /// @param refused why it was not taken the last time; empty when it was
    record Standing(boolean given, Optional<Problem> refused) {}
}
