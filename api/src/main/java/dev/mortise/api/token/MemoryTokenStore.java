package dev.mortise.api.token;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Keeps the tokens of a connection in this process only: for trying a definition out, where there
/// is no folder for state yet. A rotated refresh token ends with the process.
public final class MemoryTokenStore implements TokenStore {
    private final ReentrantLock turn = new ReentrantLock();
    private TokenState state = TokenState.EMPTY;

    @Override
    public <T> T alone(Duration waitMax, Function<Slot, T> work) {
        try {
            if (!turn.tryLock(waitMax.toNanos(), TimeUnit.NANOSECONDS)) {
                throw ProblemException.of(
                        ProblemCode.TIMED_OUT,
                        "expected a token within %d s, another thread still asks for it"
                                .formatted(waitMax.toSeconds()),
                        "run again; if it stays, check that the token endpoint answers");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Pause.cancelled();
        }
        try {
            return work.apply(slot());
        } finally {
            turn.unlock();
        }
    }

    @Override
    public <T> Optional<T> ifIdle(Function<Slot, T> work) {
        if (!turn.tryLock()) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.apply(slot()));
        } finally {
            turn.unlock();
        }
    }

    private Slot slot() {
        return new Slot() {
            @Override
            public TokenState read() {
                return state;
            }

            @Override
            public void save(TokenState changed) {
                state = changed;
            }
        };
    }
}
