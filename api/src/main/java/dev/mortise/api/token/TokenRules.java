package dev.mortise.api.token;

import dev.mortise.api.answer.Span;
import dev.mortise.spi.option.TreeReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a vendor's tokens are like.
///
/// @param refreshAhead how long before its end a token is renewed; never more than half its life
/// @param lifeAssumed how long a token lives whose grant names no end
/// @param activationDelay how long a new token needs until the vendor accepts it
/// @param fresh whether the connection can ask at any time without a refresh token; if not, a lost
///     refresh token means that a person has to sign in again
/// @param waitMax how long a caller waits for the grant of another, and for the pace
public record TokenRules(
        Duration refreshAhead,
        Duration lifeAssumed,
        Renewal renewal,
        Duration activationDelay,
        Pace pace,
        boolean fresh,
        Duration waitMax) {
    public static final TokenRules DEFAULTS =
            new TokenRules(
                    Duration.ofMinutes(5),
                    Duration.ofHours(1),
                    Renewal.BOTH_LIVE,
                    Duration.ZERO,
                    new Pace(Duration.ZERO, 0),
                    true,
                    Duration.ofSeconds(60));

    /// How long a token is used at least, whatever its grant says.
    static final Duration LIFE_MIN = Duration.ofSeconds(10);

    private static final Duration SAME_AGAIN_PAUSE = Duration.ofSeconds(10);

    /// Reads `refresh_ahead, life, renewal, activation_delay, grants_interval, grants_per_minute`
    /// and `token_wait` below `auth`; the caller says [TreeReader#end].
    ///
    /// @param fresh whether the kind of grant works without a refresh token
    public static TokenRules read(TreeReader reader, boolean fresh) {
        return new TokenRules(
                Span.read(reader, "refresh_ahead", DEFAULTS.refreshAhead),
                Span.read(reader, "life", DEFAULTS.lifeAssumed),
                Renewal.of(reader.choice("renewal", DEFAULTS.renewal.word(), Renewal.WORDS)),
                Span.read(reader, "activation_delay", DEFAULTS.activationDelay),
                new Pace(
                        Span.read(reader, "grants_interval", Duration.ZERO),
                        reader.integer("grants_per_minute", 0, Pace.PER_MINUTE_MAX, 0)),
                fresh,
                Span.read(reader, "token_wait", DEFAULTS.waitMax));
    }

    /// The token a grant gave.
    ///
    /// @param before the one before it, unless that was reported as refused
    Token token(long serial, Granted granted, Optional<Token> before, Instant now) {
        Optional<Token> same =
                before.filter(b -> b.value().reveal().equals(granted.value().reveal()));
        Instant end = granted.expiresAt().orElse(now.plus(lifeAssumed));
        // Where the clocks disagree each call would make a grant; the API says it when it has
        // ended.
        end = end.isBefore(now.plus(LIFE_MIN)) ? now.plus(LIFE_MIN) : end;
        // The same token does not live longer for being given again, whatever the answer says.
        if (renewal == Renewal.SAME_AGAIN && same.isPresent()) {
            Instant known = same.get().expiresAt();
            end = known.isBefore(end) && known.isAfter(now) ? known : end;
        }
        Duration half = Duration.between(now, end).dividedBy(2);
        Instant refresh = end.minus(half.compareTo(refreshAhead) < 0 ? half : refreshAhead);
        if (same.isPresent()) {
            Instant later = now.plus(SAME_AGAIN_PAUSE);
            refresh = later.isAfter(refresh) ? later : refresh;
        }
        Instant usable = same.map(Token::usableAt).orElse(now.plus(activationDelay));
        return new Token(serial, granted.value(), usable, refresh, end, granted.told());
    }
}
