package dev.mortise.api.answer;

import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.TreeReader;
import java.time.Duration;
import java.util.Optional;

/// A length of time in a definition: `500ms`, `10s`, `5m`, `2h`, `1d`.
public final class Span {
    private Span() {}

    /// The time below a word; the fallback when it is absent, or none, which is reported.
    public static Duration read(TreeReader reader, String name, Duration fallback) {
        return read(reader, name).orElse(fallback);
    }

    public static Optional<Duration> read(TreeReader reader, String name) {
        Optional<String> text = reader.text(name);
        Optional<Duration> span = text.flatMap(Settings::parseDuration);
        if (text.isPresent() && span.isEmpty()) {
            reader.invalid(name, "a number and a unit such as 10s, got '" + text.get() + "'");
        }
        return span;
    }
}
