package dev.mortise.server.access;

import dev.mortise.server.store.Ids;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Encodes and compares passwords (Argon2id, 16 MB each). Only a few at a time, so that a crowd at
/// the door takes no more memory than that.
@Component
final class Passwords {
    private static final int AT_ONCE = 4;
    private static final int WAIT_SECONDS = 10;

    private final Argon2PasswordEncoder encoder =
            Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final Semaphore room = new Semaphore(AT_ONCE, true);

    /// Compared with when there is no such person, so that both take the same time. Made after the
    /// start, which it would double.
    private final AtomicReference<String> nobodys = new AtomicReference<>("");

    String encode(String password) {
        return inTurn(() -> encoder.encode(password) + "");
    }

    /// @param encoded empty when there is nothing to compare with, which takes as long
    boolean matches(String password, Optional<String> encoded) {
        String expected = encoded.orElseGet(this::nobodys);
        boolean same = inTurn(() -> encoder.matches(password, expected));
        return same && encoded.isPresent();
    }

    private String nobodys() {
        return nobodys.updateAndGet(made -> made.isEmpty() ? encode(Ids.secret()) : made);
    }

    private <T> T inTurn(Supplier<T> act) {
        try {
            if (!room.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw crowded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw crowded();
        }
        try {
            return act.get();
        } finally {
            room.release();
        }
    }

    private static ProblemException crowded() {
        return new ProblemException(
                Problem.of(
                        ProblemCode.THROTTLED,
                        "too many sign in at this moment",
                        "try again in a few seconds"));
    }
}
