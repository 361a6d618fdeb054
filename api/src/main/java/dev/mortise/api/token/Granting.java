package dev.mortise.api.token;

import dev.mortise.api.token.TokenStore.Slot;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a grant so that a crash at any point loses nothing: that it is under way is saved before
/// it is made, and what it gave before anybody uses it. Called by one thread at a time.
final class Granting {
    private final Grant grant;
    private final TokenRules rules;
    private final InstantSource clock;
    private final Pause pause;

    /// What a grant gave while the disk was full: the only copy of a rotated refresh token.
    private @Nullable TokenState unsaved;

    Granting(Grant grant, TokenRules rules, InstantSource clock, Pause pause) {
        this.grant = grant;
        this.rules = rules;
        this.clock = clock;
        this.pause = pause;
    }

    TokenState read(Slot slot) {
        TokenState saved = saved(slot, !rules.fresh());
        TokenState ours = unsaved;
        if (ours == null || saved.serial() >= ours.serial()) {
            unsaved = null;
            return saved;
        }
        slot.save(ours);
        unsaved = null;
        return ours;
    }

    /// @param needed whether there is no way on without what was saved
    private static TokenState saved(Slot slot, boolean needed) {
        try {
            return slot.read();
        } catch (ProblemException e) {
            // What cannot be opened was sealed with another secret.
            if (!needed && e.problem().code() == ProblemCode.FILE_CORRUPT) {
                return TokenState.EMPTY;
            }
            throw e;
        }
    }

    /// Saves what a person's signing in gave instead of all that was before.
    ///
    /// @param floor the new serial is above it
    Token accept(Slot slot, Granted granted, long floor) {
        long serial = Math.max(floor, saved(slot, false).serial()) + 1;
        Token token = rules.token(serial, granted, Optional.empty(), clock.instant());
        slot.save(TokenState.EMPTY.given(token, granted.refreshToken()));
        unsaved = null;
        return token;
    }

    /// @param since when the caller began to wait
    /// @param refused serial of the token an API refused; 0 for none
    /// @param floor the new serial is above it
    record Wanted(Instant since, long refused, long floor) {}

    Token grant(Slot slot, TokenState state, Wanted wanted) {
        Optional<Secret> refresh = state.refreshToken();
        if (refresh.isEmpty()) {
            if (!rules.fresh()) {
                throw new ProblemException(state.token().isEmpty() ? neverSignedIn() : ended());
            }
            return ask(slot, state, new Ask.Fresh(), wanted);
        }
        // An ended token stays in the state: whoever dies in the middle still has the pair.
        Optional<Secret> access = state.token().map(Token::value);
        Ask again = new Ask.Refresh(refresh.get(), access, state.underWay().isPresent());
        try {
            return ask(slot, state, again, wanted);
        } catch (ProblemException e) {
            if (!refused(e) || !rules.fresh()) {
                throw e;
            }
        }
        TokenState left = slot.read().withoutRefreshToken();
        return ask(slot, left, new Ask.Fresh(), wanted);
    }

    private Token ask(Slot slot, TokenState state, Ask ask, Wanted wanted) {
        waitForPace(state, wanted.since());
        TokenState begun = state.begun(clock.instant());
        slot.save(begun);
        Granted granted;
        try {
            granted = grant.ask(ask);
        } catch (ProblemException e) {
            Problem problem = refused(e) ? explained(ask, e.problem()) : e.problem();
            // That one caller was cancelled is nobody else's problem.
            if (problem.code() != ProblemCode.CANCELLED) {
                slot.save(begun.failed(clock.instant(), problem));
            }
            throw new ProblemException(problem, e);
        }
        long serial = Math.max(wanted.floor(), state.serial()) + 1;
        Optional<Token> before = state.token().filter(t -> t.serial() > wanted.refused());
        Token token = rules.token(serial, granted, before, clock.instant());
        TokenState given = begun.given(token, granted.refreshToken());
        unsaved = given;
        slot.save(given);
        unsaved = null;
        return token;
    }

    private void waitForPace(TokenState state, Instant since) {
        Instant now = clock.instant();
        Duration wait = rules.pace().wait(state.attempts(), now);
        if (wait.isZero()) {
            return;
        }
        if (now.plus(wait).isAfter(since.plus(rules.waitMax()))) {
            throw ProblemException.of(
                    ProblemCode.THROTTLED,
                    "the vendor allows the next token in %d s, longer than the wait of %d s"
                            .formatted(wait.toSeconds() + 1, rules.waitMax().toSeconds()),
                    "run again later, or raise 'token_wait'");
        }
        pause.pause(wait);
    }

    private static boolean refused(ProblemException e) {
        ProblemCode code = e.problem().code();
        return code == ProblemCode.LOGIN_REFUSED || code == ProblemCode.PRIVILEGE_MISSING;
    }

    /// A refused refresh token needs a person, unless there is a longer credential.
    private Problem explained(Ask ask, Problem problem) {
        return switch (ask) {
            case Ask.Fresh _ -> problem;
            case Ask.Refresh _ when rules.fresh() -> problem;
            case Ask.Refresh(_, _, var again) ->
                    new Problem(
                            problem.code(),
                            problem.message() + (again ? LOST : ""),
                            problem.place(),
                            SIGN_IN);
        };
    }

    private static final String LOST =
            ": it was sent before, and the process ended before the answer was saved";
    private static final String SIGN_IN =
            "let a person consent to it once more: 'Authorize' of the connection in the studio";

    private static Problem neverSignedIn() {
        return Problem.of(
                ProblemCode.LOGIN_REFUSED,
                "expected the consent of a person, nobody has given it to this connection as it is"
                        + " now",
                "let a person consent to it: 'Authorize' of the connection in the studio");
    }

    private static Problem ended() {
        return Problem.of(
                ProblemCode.LOGIN_REFUSED,
                "the consent has ended, and the system gave no refresh token with it",
                "ask for one, as by 'scope: offline_access' or 'authorize_params: {access_type:"
                        + " offline}', and consent again");
    }
}
