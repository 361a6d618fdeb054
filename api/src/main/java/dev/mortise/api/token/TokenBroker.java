package dev.mortise.api.token;

import dev.mortise.api.token.TokenStore.Slot;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives the live token of a connection. However many threads and processes find it ended, one
/// grant is made; while the old one still holds, the others go on with it. Used by many threads.
public final class TokenBroker {
    /// After a grant that failed, all callers see its problem for so long before another is tried.
    static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);

    private final TokenStore store;
    private final TokenRules rules;
    private final InstantSource clock;
    private final Pause pause;
    private final Granting granting;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Token current;
    private volatile @Nullable Token previous;
    private volatile Instant quietUntil = Instant.MIN;

    /// The highest serial an API has refused; such a token bridges nothing.
    private final AtomicLong refusedSerial = new AtomicLong();

    public TokenBroker(TokenStore store, Grant grant, TokenRules rules, InstantSource clock) {
        this(store, grant, rules, clock, Pause.REAL);
    }

    TokenBroker(TokenStore store, Grant grant, TokenRules rules, InstantSource clock, Pause pause) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
        this.pause = pause;
        this.granting = new Granting(grant, rules, clock, pause);
    }

    /// A token that is good now.
    ///
    /// @throws ProblemException when none could be had; `TIMED_OUT` or `THROTTLED` when there was
    ///     no turn, or no grant allowed, within the wait of the rules
    public Token token() {
        Instant now = clock.instant();
        Token held = current;
        if (held != null && held.fresh(now)) {
            return usable(held);
        }
        if (held != null && held.alive(now) && rules.renewal() != Renewal.OLD_DIES) {
            return usable(ahead(held, now));
        }
        return usable(settled(now, 0));
    }

    /// A token newer than the one an API refused. Of all who report the same one, one makes a
    /// grant. The caller repeats its request once at most: what is refused twice is not the token's
    // fault.
    public Token renew(Token refused) {
        refusedSerial.accumulateAndGet(refused.serial(), Math::max);
        Token held = current;
        if (held != null && held.serial() > refused.serial() && held.alive(clock.instant())) {
            return usable(held);
        }
        return usable(settled(clock.instant(), refused.serial()));
    }

    /// Takes over what a person's signing in gave, and forgets what was before.
    public Token accept(Granted granted) {
        return alone(
                slot -> {
                    Token token = granting.accept(slot, granted, serial());
                    return adopt(token);
                });
    }

    /// What is kept of the tokens now, as any process has saved it.
    public TokenState kept() {
        return store.alone(rules.waitMax(), Slot::read);
    }

    /// Keeps no token any longer.
    public void forget() {
        var _ =
                alone(
                        () ->
                                store.alone(
                                        rules.waitMax(),
                                        slot -> {
                                            slot.save(TokenState.EMPTY);
                                            current = null;
                                            previous = null;
                                            return TokenState.EMPTY;
                                        }));
    }

    /// The old token still holds: one renews it, the others, and whoever fails to, use it on.
    private Token ahead(Token held, Instant now) {
        if (now.isBefore(quietUntil) || !turn.tryLock()) {
            return held;
        }
        try {
            Token again = current;
            if (again != null && again.fresh(now)) {
                return again;
            }
            return store.ifIdle(slot -> settle(slot, now, 0)).orElse(held);
        } catch (ProblemException _) {
            // Nobody is stopped yet; when the token has ended, the problem will show.
            return held;
        } finally {
            quietUntil = now.plus(FAILURE_PAUSE);
            turn.unlock();
        }
    }

    private Token settled(Instant since, long refused) {
        return alone(
                () -> {
                    Token held = current;
                    return held != null && held.serial() > refused && held.fresh(clock.instant())
                            ? held
                            : store.alone(rules.waitMax(), slot -> settle(slot, since, refused));
                });
    }

    private Token alone(Function<Slot, Token> work) {
        return alone(() -> store.alone(rules.waitMax(), work));
    }

    private <T> T alone(Supplier<T> work) {
        try {
            if (!turn.tryLock(rules.waitMax().toNanos(), TimeUnit.NANOSECONDS)) {
                throw late();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Pause.cancelled();
        }
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    private ProblemException late() {
        return ProblemException.of(
                ProblemCode.TIMED_OUT,
                "expected a token within %d s, another thread still waits for its grant"
                        .formatted(rules.waitMax().toSeconds()),
                "run again; if it stays, check that the token endpoint answers");
    }

    /// Has the turn: takes what another process has saved, or makes a grant.
    ///
    /// @param since when the caller began to wait; a failure after that is its failure, too
    /// @param refused serial of the token an API refused; 0 for none
    private Token settle(Slot slot, Instant since, long refused) {
        TokenState state = granting.read(slot);
        Instant now = clock.instant();
        Optional<Token> good = state.token().filter(t -> t.serial() > refused && t.alive(now));
        if (good.isPresent() && good.get().fresh(now)) {
            return adopt(good.get());
        }
        Optional<Problem> stop = stop(state, since, now);
        boolean waits = !rules.pace().wait(state.attempts(), now).isZero();
        if (good.isPresent() && (stop.isPresent() || waits)) {
            return adopt(good.get());
        }
        if (stop.isPresent()) {
            throw new ProblemException(stop.get());
        }
        long floor = Math.max(refused, serial());
        return adopt(granting.grant(slot, state, new Granting.Wanted(since, refused, floor)));
    }

    /// Of the newest token we know.
    private long serial() {
        return Optional.ofNullable(current).map(Token::serial).orElse(0L);
    }

    private static Optional<Problem> stop(TokenState state, Instant since, Instant now) {
        return state.failure()
                .filter(f -> !f.at().isBefore(since) || now.isBefore(f.at().plus(FAILURE_PAUSE)))
                // A failure of the future is one of a clock that was set back since.
                .filter(f -> !f.at().isAfter(now))
                .map(TokenState.Failure::problem);
    }

    private Token adopt(Token token) {
        Token held = current;
        if (held == null || token.serial() > held.serial() || !held.alive(clock.instant())) {
            previous = held;
            current = token;
        }
        return token;
    }

    /// Waits until the vendor accepts the token; the one before bridges the time where it may.
    private Token usable(Token token) {
        Instant now = clock.instant();
        if (!now.isBefore(token.usableAt())) {
            return token;
        }
        Token old = previous;
        if (old != null && bridges(old, now)) {
            return old;
        }
        pause.pause(Duration.between(now, token.usableAt()));
        return token;
    }

    private boolean bridges(Token old, Instant now) {
        return rules.renewal() == Renewal.BOTH_LIVE
                && old.alive(now)
                && old.serial() > refusedSerial.get();
    }

    /// What may never show in a message: the tokens held, for whoever hides secrets in texts.
    public List<Secret> secrets() {
        return Stream.of(Optional.ofNullable(current), Optional.ofNullable(previous))
                .flatMap(Optional::stream)
                .map(Token::value)
                .toList();
    }
}
