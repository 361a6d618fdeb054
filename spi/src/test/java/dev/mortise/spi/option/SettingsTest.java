package dev.mortise.spi.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.spi.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    private static final Sentence SENTENCE = Sentence.of("Something", "某物");
    private static final List<Option> OPTIONS =
            List.of(
                    Option.text("host", SENTENCE, "127.0.0.1").asRequired(),
                    Option.integer("port", 1, 65_535, SENTENCE, "5432").or("5432"),
                    Option.text("password", SENTENCE, "${env:PASSWORD}").asSecret(),
                    Option.bool("compress", SENTENCE, "true"),
                    Option.duration("timeout", SENTENCE, "10s").or("10s"),
                    Option.choice("tls", List.of("off", "require"), SENTENCE),
                    Option.tree("formats", SENTENCE, "{}"));

    private static Tree.Entries tree(Object... namesAndValues) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        Map<String, Place> names = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Place place = new Place("erp.yaml", i / 2 + 2, 1);
            String name = namesAndValues[i].toString();
            names.put(name, place);
            entries.put(
                    name,
                    namesAndValues[i + 1] instanceof Tree tree
                            ? tree
                            : new Tree.Leaf(namesAndValues[i + 1].toString(), false, place));
        }
        return new Tree.Entries(entries, names, new Place("erp.yaml", 1, 1));
    }

    private static List<String> check(Object... namesAndValues) {
        return Settings.check(OPTIONS, tree(namesAndValues), List.of("type")).stream()
                .map(Problem::line)
                .toList();
    }

    @Test
    void findsNothingWrongWithGoodSettings() {
        assertEquals(
                List.of(),
                check(
                        "type",
                        "x",
                        "host",
                        "db",
                        "port",
                        "1",
                        "timeout",
                        "5m",
                        "tls",
                        "off",
                        "compress",
                        "false",
                        "formats",
                        tree("a", "b"),
                        "password",
                        ""));
    }

    @Test
    void tellsAllProblemsAtOnceWithTheirPlaces() {
        assertEquals(
                List.of(
                        "erp.yaml:2:1: unknown option 'pasword'; did you mean 'password'?"
                                + " (OPTION_UNKNOWN)",
                        "erp.yaml:1:1: option 'host' is missing; add 'host: 127.0.0.1'"
                                + " (OPTION_MISSING)",
                        "erp.yaml:3:1: option 'port' expects 1 to 65535, got '0';"
                                + " write it like 'port: 5432' (OPTION_INVALID)"),
                check("pasword", "x", "port", "0"));
    }

    @ParameterizedTest
    @CsvSource({
        "port,65536",
        "port,1.5",
        "port,99999999999999999999",
        "port,''' '",
        "compress,yes",
        "timeout,10",
        "timeout,10 s",
        "tls,on"
    })
    void refusesWhatIsNoSuchValue(String name, String value) {
        List<String> problems = check("host", "db", name, value);
        assertEquals(1, problems.size(), problems::toString);
    }

    @Test
    void refusesANestedValueForASingleOne() {
        assertEquals(1, check("host", tree("name", "db")).size());
    }

    @Test
    void neverShowsASecret() {
        List<Option> options =
                List.of(Option.integer("pin", 0, 9, SENTENCE, "1").asSecret().asRequired());
        List<Problem> problems = Settings.check(options, tree("pin", "hunter2"), List.of());
        assertFalse(problems.toString().contains("hunter2"), problems::toString);
        assertEquals("***", new Secret("hunter2").toString());
        assertEquals("hunter2", new Secret("hunter2").reveal());
    }

    @Test
    void givesValuesAndDefaults() {
        Settings settings =
                new Settings(
                        "erp",
                        Path.of("project"),
                        OPTIONS,
                        tree("host", "db", "password", "x", "formats", tree("a", "b")));
        assertEquals("erp", settings.connection());
        assertEquals("db", settings.text("host"));
        assertEquals(5432, settings.integer("port"));
        assertEquals(Duration.ofSeconds(10), settings.duration("timeout"));
        assertEquals("x", settings.secret("password").reveal());
        assertEquals(Optional.empty(), settings.find("tls"));
        assertEquals(Optional.empty(), settings.find("formats"));
        assertEquals("b", ((Tree.Entries) settings.tree("formats").orElseThrow()).text("a"));
        assertThrows(IllegalStateException.class, () -> settings.text("hots"));
        assertThrows(IllegalStateException.class, () -> settings.text("tls"));
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "10s,PT10S", "5m,PT5M", "2h,PT2H", "1d,PT24H"})
    void readsDurations(String text, Duration expected) {
        assertEquals(Optional.of(expected), Settings.parseDuration(text));
    }
}
