package dev.mortise.server.connection;

import dev.mortise.engine.flow.Connection;
import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.connection.ConsentAttempts.Attempt;
import dev.mortise.server.document.Definitions;
import dev.mortise.server.outgoing.Addresses;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Hash;
import dev.mortise.server.store.Ids;
import dev.mortise.server.vault.Vault;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Role;
import dev.mortise.spi.connect.Authorizes;
import dev.mortise.spi.connect.Authorizes.Visit;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Lets a person consent to a connection: sends them to the page of its system, and takes what they
/// come back with.
///
/// ```
/// begin ─► the system's page ─► the studio's page ─► finish ─► tokens in the vault ─► runs
/// ```
@Component
final class ConsentDesk {
    /// One call, and again after a passing failure.
    private static final Duration TRADE = Duration.ofSeconds(60);

    private static final String AGAIN = "press 'Authorize' of the connection once more";

    private final Definitions definitions;
    private final ConsentAttempts attempts;
    private final Vault vault;
    private final Database database;
    private final AuditStore audit;

    ConsentDesk(
            Definitions definitions,
            ConsentAttempts attempts,
            Vault vault,
            Database database,
            AuditStore audit) {
        this.definitions = definitions;
        this.attempts = attempts;
        this.vault = vault;
        this.database = database;
        this.audit = audit;
    }

    /// What a person came back with.
    ///
    /// @param code empty when the system gave none
    /// @param error the system's word for why; empty when it gave a code
    record Returned(String state, String code, String error, String description) {
        @Override
        public String toString() {
            return "Returned[***]";
        }
    }

    /// How it ended.
    record Ended(String project, String connection, Optional<Problem> problem) {}

    /// How a connection stands.
    ///
    /// @param needed whether a person has to consent at all
    /// @param refused why the system no longer takes what is kept
    record State(
            boolean needed,
            boolean given,
            Optional<Problem> refused,
            @Nullable String by,
            @Nullable Instant renewedAt) {
        static final State UNNEEDED = new State(false, false, Optional.empty(), null, null);
    }

    State state(String project, String name) {
        Connection connection = demand(project, name);
        return ask(
                connection,
                asked -> {
                    if (asked.isEmpty() || !asked.get().needsConsent()) {
                        return State.UNNEEDED;
                    }
                    Authorizes.Standing standing = asked.get().standing();
                    Vault.Consented told = vault.consented(project, name).orElse(null);
                    boolean given = standing.given();
                    return new State(
                            true,
                            given,
                            standing.refused(),
                            told != null && given ? told.by() : null,
                            told != null && given ? told.renewedAt() : null);
                });
    }

    /// @param session the secret of the caller's session
    /// @param back the address of the studio's page for who comes back
    /// @return the address of the system's page
    String begin(String project, String name, String session, String back) {
        Connection connection = demand(project, name);
        String state = Ids.secret();
        String verifier = Ids.secret();
        Visit visit = new Visit(back, state, new Secret(verifier));
        String page = ask(connection, asked -> needed(name, asked).page(visit));
        Attempt attempt = new Attempt(project, name, back, verifier, mark(state, connection));
        attempts.begin(state, session, attempt);
        return page;
    }

    /// @param session the secret of the caller's session
    Ended finish(Returned returned, String session, Caller caller) {
        Attempt attempt =
                attempts.take(returned.state(), session)
                        .filter(found -> caller.may(Role.DEVELOPER, found.project()))
                        .orElseThrow(ConsentDesk::unknown);
        try {
            trade(attempt, returned);
            database.write(
                    dsl -> {
                        vault.consented(
                                dsl, attempt.project(), attempt.connection(), caller.login());
                        audit.add(dsl, entry(caller, "consent.give", attempt));
                        return null;
                    });
            return new Ended(attempt.project(), attempt.connection(), Optional.empty());
        } catch (ProblemException e) {
            return new Ended(attempt.project(), attempt.connection(), Optional.of(e.problem()));
        }
    }

    private void trade(Attempt attempt, Returned returned) {
        if (!returned.error().isEmpty() || returned.code().isEmpty()) {
            throw new ProblemException(declined(returned));
        }
        Connection connection = demand(attempt.project(), attempt.connection());
        if (!mark(returned.state(), connection).equals(attempt.mark())) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.VERSION_STALE,
                            "the connection was changed while its system was asked for consent",
                            AGAIN));
        }
        Visit visit = new Visit(attempt.back(), returned.state(), new Secret(attempt.verifier()));
        Deadline.within(
                TRADE,
                () ->
                        ask(
                                connection,
                                asked -> {
                                    Authorizes system = needed(attempt.connection(), asked);
                                    system.accept(visit, new Secret(returned.code()));
                                    return true;
                                }));
    }

    void forget(String project, String name, Caller caller) {
        Connection connection = demand(project, name);
        ask(
                connection,
                asked -> {
                    needed(name, asked).forget();
                    return true;
                });
        database.write(
                dsl -> {
                    Attempt gone = new Attempt(project, name, "", "", "");
                    audit.add(dsl, entry(caller, "consent.withdraw", gone));
                    return null;
                });
    }

    /// Unguessable, like the state; so nothing of the connection's secrets is told by it.
    private static String mark(String state, Connection connection) {
        return Hash.of(state + "\n" + connection.settings().fingerprint());
    }

    private Connection demand(String project, String name) {
        return ConnectionDesk.demand(definitions.connections(project), name);
    }

    private static <T> T ask(Connection connection, Function<Optional<Authorizes>, T> question) {
        try (Connector connector = Addresses.open(connection)) {
            return question.apply(
                    connector instanceof Authorizes found ? Optional.of(found) : Optional.empty());
        }
    }

    private static Authorizes needed(String name, Optional<Authorizes> asked) {
        return asked.orElseThrow(
                () ->
                        ProblemException.of(
                                ProblemCode.OPTION_INVALID,
                                "connection '%s' needs no consent of a person".formatted(name),
                                "run it as it is"));
    }

    private static ProblemException unknown() {
        return new ProblemException(
                Problem.of(
                        ProblemCode.NOT_FOUND,
                        "nobody of this session asked for this consent within the last 10 minutes,"
                                + " or it was used already",
                        AGAIN));
    }

    /// What the system says is shown to whoever it sent here, and is kept nowhere.
    private static Problem declined(Returned returned) {
        String word = shortened(returned.error().isEmpty() ? "no code" : returned.error());
        String more =
                returned.description().isEmpty() ? "" : ": " + shortened(returned.description());
        return Problem.of(
                ProblemCode.LOGIN_REFUSED,
                "the system sent back '%s'%s".formatted(word, more),
                "consent on its page; if it does not ask, check 'client_id', 'scope' and the"
                        + " address it may send people back to");
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    private static AuditEntry entry(Caller caller, String action, Attempt attempt) {
        return new AuditEntry(
                caller.login(),
                caller.ip(),
                action,
                attempt.project(),
                "connections/" + attempt.connection(),
                null,
                null);
    }
}
