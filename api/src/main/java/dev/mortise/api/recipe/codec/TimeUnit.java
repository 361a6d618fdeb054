package dev.mortise.api.recipe.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The ways vendors write a moment.
public enum TimeUnit {
    /// Seconds since 1970: `1700000000`.
    UNIX_S("unix_s", "", ZoneOffset.UTC),
    /// Milliseconds since 1970.
    UNIX_MS("unix_ms", "", ZoneOffset.UTC),
    /// `2026-11-25T08:00:00Z`.
    ISO("iso", "yyyy-MM-dd'T'HH:mm:ss'Z'", ZoneOffset.UTC),
    /// `20261125T080000Z`.
    ISO_BASIC("iso_basic", "yyyyMMdd'T'HHmmss'Z'", ZoneOffset.UTC),
    /// `20261125160000`, the clock of Beijing.
    COMPACT("compact", "yyyyMMddHHmmss", ZoneId.of("Asia/Shanghai")),
    /// `2026-11-25 16:00:00`, the clock of Beijing.
    LOCAL("local", "yyyy-MM-dd HH:mm:ss", ZoneId.of("Asia/Shanghai")),
    /// `Wed, 25 Nov 2026 08:00:00 GMT`, as HTTP writes dates.
    RFC1123("rfc1123", "EEE, dd MMM yyyy HH:mm:ss 'GMT'", ZoneOffset.UTC);

    private final String word;
    private final DateTimeFormatter formatter;

    TimeUnit(String word, String pattern, ZoneId zone) {
        this.word = word;
        this.formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(zone);
    }

    public static String[] words() {
        return Arrays.stream(values()).map(unit -> unit.word).toArray(String[]::new);
    }

    /// @throws IllegalArgumentException for another word
    public static TimeUnit of(String word) {
        return Arrays.stream(values())
                .filter(unit -> unit.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word));
    }

    public String format(Instant instant) {
        return switch (this) {
            case UNIX_S -> Long.toString(instant.getEpochSecond());
            case UNIX_MS -> Long.toString(instant.toEpochMilli());
            case ISO, ISO_BASIC, COMPACT, LOCAL, RFC1123 -> formatter.format(instant);
        };
    }

    /// The moment a text names; empty when it names none.
    public Optional<Instant> parse(String text) {
        try {
            return switch (this) {
                case UNIX_S -> number(text).map(Instant::ofEpochSecond);
                case UNIX_MS -> number(text).map(Instant::ofEpochMilli);
                case ISO, ISO_BASIC, COMPACT, LOCAL, RFC1123 ->
                        Optional.of(formatter.parse(text, Instant::from));
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,15}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
