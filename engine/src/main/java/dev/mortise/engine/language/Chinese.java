package dev.mortise.engine.language;

import dev.mortise.spi.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Problems as a reader of Chinese sees them. Values stay as they are; a sentence nobody has
/// translated stays English.
public final class Chinese {
    /// Each room keeps the sentences it makes in `META-INF/sentences/<room>_zh.txt`.
    private static final List<String> ROOMS =
            List.of("spi", "api", "engine", "connectors", "cli", "server");

    private static final Catalogue CATALOGUE = read();

    private Chinese() {}

    private static Catalogue read() {
        Catalogue catalogue = new Catalogue();
        for (String room : ROOMS) {
            String file = "META-INF/sentences/" + room + "_zh.txt";
            try (InputStream in = Chinese.class.getClassLoader().getResourceAsStream(file)) {
                if (in != null) {
                    catalogue.read(new InputStreamReader(in, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("reading '" + file + "'", e);
            }
        }
        return catalogue;
    }

    /// A sentence in Chinese, or as it is when it is not in the catalogue.
    public static String of(String sentence) {
        return CATALOGUE.translate(sentence);
    }

    /// The sentence of the catalogue that one is, with `%s` for its values; empty when it is none.
    public static Optional<String> template(String sentence) {
        return Optional.ofNullable(CATALOGUE.find(sentence)).map(Template::english);
    }

    /// The same problem with its sentences in Chinese; code and place stay.
    public static Problem of(Problem problem) {
        return new Problem(
                problem.code(), of(problem.message()), problem.place(), of(problem.fix()));
    }
}
