package dev.mortise.engine.flow;

import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/// What a person calls a problem, for terminals and screens.
public final class ProblemTitles {
    private static final Properties CHINESE = read();

    private ProblemTitles() {}

    private static Properties read() {
        Properties titles = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        Objects.requireNonNull(
                                ProblemTitles.class.getResourceAsStream("problems_zh.properties")),
                        StandardCharsets.UTF_8)) {
            titles.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the titles of problems", e);
        }
        return titles;
    }

    /// A code without a Chinese title has its English one in both.
    public static Sentence of(ProblemCode code) {
        String words = code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String english = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return Sentence.of(english, CHINESE.getProperty(code.name(), english));
    }
}
