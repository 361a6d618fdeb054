package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that is known of the tokens of one connection, saved whole.
///
/// @param serial of the newest token ever given
/// @param refreshToken stays until what it was traded for is saved with it
/// @param underWay since when a grant runs whose answer is not saved; found by another process, it
///     means that the one before died in the middle
/// @param attempts when the last grants began, oldest first, at most [Pace#PER_MINUTE_MAX]
/// @param failure the last grant's, until one succeeds
public record TokenState(
        long serial,
        Optional<Token> token,
        Optional<Secret> refreshToken,
        Optional<Instant> underWay,
        List<Instant> attempts,
        Optional<Failure> failure) {
    public static final TokenState EMPTY =
            new TokenState(
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());

    /// Why a grant gave nothing.
    public record Failure(Instant at, Problem problem) {}

    public TokenState {
        attempts = List.copyOf(attempts);
    }

    TokenState begun(Instant now) {
        List<Instant> began = new ArrayList<>(attempts);
        began.add(now);
        int first = Math.max(0, began.size() - Pace.PER_MINUTE_MAX);
        return new TokenState(
                serial,
                token,
                refreshToken,
                Optional.of(now),
                began.subList(first, began.size()),
                failure);
    }

    TokenState given(Token fresh, Optional<Secret> rotated) {
        return new TokenState(
                fresh.serial(),
                Optional.of(fresh),
                rotated.or(() -> refreshToken),
                Optional.empty(),
                attempts,
                Optional.empty());
    }

    /// The grant may have worked without our knowing, so it stays under way.
    TokenState failed(Instant now, Problem problem) {
        Failure why = new Failure(now, problem);
        return new TokenState(serial, token, refreshToken, underWay, attempts, Optional.of(why));
    }

    TokenState withoutRefreshToken() {
        return new TokenState(serial, token, Optional.empty(), Optional.empty(), attempts, failure);
    }
}
