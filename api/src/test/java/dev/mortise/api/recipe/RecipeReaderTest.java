package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class RecipeReaderTest {
    private static List<String> problems(String yaml) {
        List<Problem> problems = new ArrayList<>();
        boolean read = Recipe.read("acme.yaml", yaml, problems).isPresent();
        assertEquals(problems.isEmpty(), read);
        return problems.stream().map(p -> p.place() + ": " + p.message()).toList();
    }

    private static final String ACME =
            """
            recipe: acme
            settings:
              secret: {secret: true}
            sign:
              timestamp: now(unix_s)
              signature: '"{timestamp}{body}" | hmac-sha256(secret) | hex'
            place:
              header.X-Time: '{timestamp}'
              header.X-Sign: '{signature}'
            verify: {window: {of: timestamp, within: 5m}}
            """;

    @Test
    void readsARecipe() {
        assertEquals(List.of(), problems(ACME));
    }

    @Test
    void shipsEveryFileItHas() throws IOException {
        Path folder = Path.of("src/main/resources/dev/mortise/api/recipe");
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .map(name -> name.substring(0, name.length() - ".yaml".length()))
                            .sorted()
                            .toList();
            List<String> shipped = Recipe.shipped().stream().map(Recipe::name).sorted().toList();
            assertEquals(names, shipped);
        }
    }

    @Test
    void everyShippedRecipeSaysWhatItIs() {
        for (Recipe recipe : Recipe.shipped()) {
            assertTrue(recipe.source().startsWith("https://"), recipe::name);
            assertTrue(!recipe.title().zh().equals(recipe.name()), recipe::name);
            assertTrue(!recipe.title().en().equals(recipe.name()), recipe::name);
            for (Setting setting : recipe.settings()) {
                assertTrue(!setting.example().isEmpty(), recipe.name() + " " + setting.name());
            }
        }
    }

    @Test
    void namesTheNearestShippedRecipe() {
        ProblemException unknown =
                Assertions.assertThrows(
                        ProblemException.class, () -> Recipe.shipped("wechatpay-v4"));
        assertEquals("did you mean 'wechatpay-v3'?", unknown.problem().fix());
    }

    @Test
    void reportsEveryProblemAtOnce() {
        assertEquals(
                List.of(
                        "acme.yaml:3:12: unknown word 'secrt' in setting 'secret'",
                        "acme.yaml:5:14: 'timestamp': unknown 'unit' of 'now' 'unix'",
                        "acme.yaml:6:14: 'signature': unknown filter 'sha265'",
                        "acme.yaml:8:18: 'X-Time': unknown value 'timestmp'",
                        "acme.yaml:9:17: 'heder.X-Sign' is no place for a value",
                        "acme.yaml:10:1: unknown word 'vrify' in the recipe"),
                problems(
                        """
                        recipe: acme
                        settings:
                          secret: {secrt: true}
                        sign:
                          timestamp: now(unix)
                          signature: body | sha265 | hex
                        place:
                          header.X-Time: '{timestmp}'
                          heder.X-Sign: '{signature}'
                        vrify: {}
                        """));
    }

    @Test
    void wantsFreshValuesInTheMessage() {
        assertEquals(
                List.of("acme.yaml:1:1: 'timestamp' is new each time but placed nowhere"),
                problems(ACME.replace("  header.X-Time: '{timestamp}'\n", "")));
    }

    @Test
    void wantsTheTimeUnderTheSignature() {
        assertEquals(
                List.of("acme.yaml:1:1: 'verify' speaks of 'timestamp', which no signature covers"),
                problems(ACME.replace("{timestamp}{body}", "{body}")));
    }

    @Test
    void wantsASecretBehindTheSignature() {
        assertEquals(
                List.of(
                        "acme.yaml:1:1: nothing that is placed hangs on a secret setting,"
                                + " so anybody could make it",
                        "acme.yaml:1:1: 'verify' speaks of 'timestamp', which no signature covers"),
                problems(ACME.replace("{secret: true}", "{}")));
    }

    @Test
    void wantsPlacedTextsThatCanBeReadBack() {
        assertEquals(
                List.of("acme.yaml:8:19: what is placed in 'X-Time' cannot be read back"),
                problems(
                        ACME.replace(
                                "header.X-Time: '{timestamp}'",
                                "header.X-Time:  '{timestamp}{signature}'")));
    }

    @Test
    void wantsOnlyNamesInPlaces() {
        assertEquals(
                List.of("acme.yaml:8:20: what is placed in 'X-Method' cannot be read back"),
                problems(ACME.replace("place:\n", "place:\n  header.X-Method: '{method}'\n")));
    }

    @Test
    void wantsItemsThatCanBeToldApart() {
        String items = "{separator: ';', items: '{timestamp};sign={signature}'}";
        assertEquals(
                List.of(
                        "acme.yaml:8:18: an item of 'X-Sign' is nothing but a value,"
                                + " so any item could be it"),
                problems(
                        ACME.replace("  header.X-Time: '{timestamp}'\n", "")
                                .replace("'{signature}'", items)));
    }

    @Test
    void wantsFreshValuesByName() {
        assertEquals(
                List.of(
                        "acme.yaml:6:14: 'signature': 'now', 'random' and 'uuid' have to begin a"
                                + " value of their own"),
                problems(ACME.replace("{timestamp}{body}", "{timestamp}{uuid}{body}")));
    }

    @Test
    void wantsAPairForAPrivateKey() {
        assertTrue(
                problems(ACME.replace("hmac-sha256(secret)", "rsa-sha256(secret)")).stream()
                        .anyMatch(line -> line.contains("which has no pair to verify with")));
    }

    @Test
    void wantsOnlyEncodingsBehindASignature() {
        String yaml =
                ACME.replace("{secret: true}", "{secret: true, pair: public}\n  public: {}")
                        .replace("hmac-sha256(secret) | hex", "rsa-sha256(secret) | sha256 | hex");
        assertTrue(
                problems(yaml).stream()
                        .anyMatch(line -> line.contains("only encodings can be undone")));
    }

    @Test
    void wantsASecretThatHasToBeGiven() {
        assertTrue(
                problems(ACME.replace("{secret: true}", "{secret: true, required: false}")).stream()
                        .anyMatch(line -> line.contains("so anybody could make it")));
    }

    @Test
    void wantsAWindowForWhatMayComeOnce() {
        String yaml = ACME.replace("{window: {of: timestamp, within: 5m}}", "{once: timestamp}");
        assertTrue(
                problems(yaml).stream().anyMatch(line -> line.contains("'once' needs a 'window'")));
    }

    @Test
    void placesOnlyMembersOfTheBodyItself() {
        for (String place : List.of("json.data.sign", "json.'*sign'")) {
            String yaml = ACME.replace("header.X-Sign", place.replace("'", ""));
            assertTrue(
                    problems(yaml).stream().anyMatch(line -> line.contains("is no place")), place);
        }
    }

    @Test
    void refusesTakenNames() {
        assertEquals(
                List.of("acme.yaml:5:9: the name 'body' has a meaning already"),
                problems(ACME.replace("  timestamp: now", "  body: url\n  timestamp: now")));
    }

    @Test
    void refusesDocumentsThatAreNoYaml() {
        assertEquals(1, problems("recipe: [").size());
        assertEquals(1, problems("").size());
        assertTrue(problems("a: 1\na: 2\n").getFirst().contains("found 'a'"));
    }
}
