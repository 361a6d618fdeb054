package dev.mortise.api.token;

import dev.mortise.api.answer.AnswerPath;
import dev.mortise.api.answer.Document;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the answer of a token endpoint keeps what it gives.
///
/// @param told further values that calls need, by name: the host of the tenant, a company id
public record GrantAnswer(
        AnswerPath token,
        AnswerPath expiry,
        Expiry format,
        AnswerPath refreshToken,
        Map<String, AnswerPath> told) {
    /// The longest token taken, in characters.
    static final int TOKEN_MAX = 64 << 10;

    private static final Expiry SECONDS = new Expiry.In(Duration.ofSeconds(1));

    /// RFC 6749 section 5.1.
    public static final GrantAnswer OAUTH =
            new GrantAnswer(
                    AnswerPath.parse("$.access_token"),
                    AnswerPath.parse("$.expires_in"),
                    SECONDS,
                    AnswerPath.parse("$.refresh_token"),
                    Map.of());

    public GrantAnswer {
        told = Map.copyOf(told);
    }

    /// Reads `token, expiry, expiry_as, expiry_format, zone, refresh_token, told`; what is absent
    /// is as in [#OAUTH].
    public static GrantAnswer read(TreeReader reader) {
        Map<String, AnswerPath> told = new LinkedHashMap<>();
        reader.inner("told", "'told' of the token answer")
                .ifPresent(
                        inner ->
                                inner.entries()
                                        .keySet()
                                        .forEach(
                                                name ->
                                                        AnswerPath.read(inner, name)
                                                                .ifPresent(
                                                                        p -> told.put(name, p))));
        return new GrantAnswer(
                AnswerPath.read(reader, "token").orElse(OAUTH.token),
                AnswerPath.read(reader, "expiry").orElse(OAUTH.expiry),
                format(reader),
                AnswerPath.read(reader, "refresh_token").orElse(OAUTH.refreshToken),
                told);
    }

    private static Expiry format(TreeReader reader) {
        String word = reader.choice("expiry_as", "seconds", Expiry.WORDS);
        Optional<String> pattern = reader.text("expiry_format").filter(p -> isPattern(reader, p));
        ZoneId zone = zone(reader);
        return switch (word) {
            case "ms" -> new Expiry.In(Duration.ofMillis(1));
            case "at_seconds" -> new Expiry.At(Duration.ofSeconds(1));
            case "at_ms" -> new Expiry.At(Duration.ofMillis(1));
            case "at" -> new Expiry.Text(pattern, zone);
            default -> SECONDS;
        };
    }

    private static boolean isPattern(TreeReader reader, String text) {
        try {
            var _ = DateTimeFormatter.ofPattern(text);
            return true;
        } catch (IllegalArgumentException _) {
            reader.invalid(
                    "expiry_format", "a pattern such as yyyy-MM-dd HH:mm:ss, got '" + text + "'");
            return false;
        }
    }

    private static ZoneId zone(TreeReader reader) {
        String text = reader.text("zone", "UTC");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException _) {
            reader.invalid("zone", "a time zone such as Asia/Shanghai, got '" + text + "'");
            return ZoneId.of("UTC");
        }
    }

    /// What is longer could not be saved, and a line break could not be sent.
    private static boolean isFit(String token) {
        return token.length() <= TOKEN_MAX && token.chars().noneMatch(c -> c < ' ');
    }

    /// What the answer gives. Its error contract has called it a success before.
    ///
    /// @throws ProblemException with `SERVER_FAILED` when there is no token in it; the message
    ///     names no value of the answer
    public Granted parse(byte[] body, Instant now) {
        Document answer = Document.of(body);
        Optional<String> value = answer.text(token).filter(text -> !text.isBlank());
        if (value.isEmpty()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.SERVER_FAILED,
                            "expected a token at '%s' of the answer, found none".formatted(token),
                            "check 'token_url', and the path of the token"));
        }
        boolean fit =
                Stream.of(value, answer.text(refreshToken))
                        .flatMap(Optional::stream)
                        .allMatch(GrantAnswer::isFit);
        if (!fit) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.SERVER_FAILED,
                            "expected a token at '%s' of at most %d characters, none a line break"
                                    .formatted(token, TOKEN_MAX),
                            "check 'token_url', and the path of the token"));
        }
        Map<String, String> values = new LinkedHashMap<>();
        told.forEach((name, path) -> answer.text(path).ifPresent(text -> values.put(name, text)));
        return new Granted(
                new Secret(value.get()),
                answer.text(expiry).flatMap(text -> format.parse(text, now)),
                answer.text(refreshToken).filter(text -> !text.isBlank()).map(Secret::new),
                values);
    }
}
