package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Shape;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What a form is made of is what the readers read: every word that is described is known, what is
/// described as required is missed, and nothing else is.
class DescribedPartsTest {
    private static final HttpFactory FACTORY = new HttpFactory();

    /// A PEM is judged by what it holds, which is not what this is about.
    private static final String ED25519 =
            """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """;

    private static Option option(String name) {
        return FACTORY.described().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Every case of the choices on which other parts depend.
    private static List<Map<String, String>> cases(Option object) {
        List<Option> parts = object.shape().parts();
        Set<String> deciding =
                parts.stream()
                        .flatMap(part -> part.shape().conditions().stream())
                        .map(Shape.Condition::sibling)
                        .collect(Collectors.toCollection(TreeSet::new));
        List<Map<String, String>> cases = new ArrayList<>(List.of(Map.of()));
        for (boolean more = true; more; ) {
            List<Map<String, String>> next = new ArrayList<>();
            more = false;
            for (Map<String, String> one : cases) {
                Option open =
                        parts.stream()
                                .filter(part -> deciding.contains(part.name()))
                                .filter(part -> !one.containsKey(part.name()))
                                .filter(part -> applies(part, one))
                                .findFirst()
                                .orElse(null);
                if (open == null) {
                    next.add(one);
                    continue;
                }
                more = true;
                for (String word : open.choices()) {
                    Map<String, String> longer = new LinkedHashMap<>(one);
                    longer.put(open.name(), word);
                    next.add(longer);
                }
            }
            cases = next;
        }
        return cases;
    }

    private static boolean applies(Option part, Map<String, String> chosen) {
        return part.shape().conditions().stream()
                .allMatch(each -> each.words().contains(chosen.getOrDefault(each.sibling(), "")));
    }

    private static List<Option> applying(Option object, Map<String, String> chosen) {
        return object.shape().parts().stream().filter(part -> applies(part, chosen)).toList();
    }

    private static Tree leaf(String text) {
        return new Tree.Leaf(text, true, Place.NOWHERE);
    }

    private static Tree entries(Map<String, Tree> entries) {
        return new Tree.Entries(entries, Map.of(), Place.NOWHERE);
    }

    /// An object as a form writes it: what was chosen, then the others with their examples.
    private static Tree written(
            Option object, Map<String, String> chosen, boolean all, String but) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        for (Option part : applying(object, chosen)) {
            boolean wanted = all || part.required() || chosen.containsKey(part.name());
            if (wanted && !part.name().equals(but)) {
                entries.put(part.name(), value(part, chosen, all));
            }
        }
        return entries(entries);
    }

    private static Tree value(Option part, Map<String, String> chosen, boolean all) {
        if (chosen.containsKey(part.name())) {
            return leaf(chosen.get(part.name()));
        }
        if (part.kind() != Option.Kind.TREE) {
            boolean key = part.secret() && part.example().startsWith("-----BEGIN");
            return leaf(key ? ED25519 : part.example());
        }
        if (part.shape().parts().stream().anyMatch(each -> each.name().equals(Shape.ANY))) {
            return entries(Map.of("1s", leaf(part.shape().parts().getFirst().example())));
        }
        return written(part, cases(part).getFirst(), all, "");
    }

    private static List<Problem> problems(String name, Tree value) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        entries.put("base_url", leaf("https://api.example.com"));
        entries.put(name, value);
        entries.put(
                "resources", entries(Map.of("orders", entries(Map.of("path", leaf("/orders"))))));
        Tree.Entries tree = new Tree.Entries(entries, Map.of(), Place.NOWHERE);
        return FACTORY.check(new Settings("shop", Path.of("."), FACTORY.options(), tree));
    }

    private static boolean unknown(Problem problem) {
        return problem.code() == ProblemCode.OPTION_UNKNOWN
                || problem.code() == ProblemCode.WORD_UNKNOWN;
    }

    @TestFactory
    Stream<DynamicTest> whatIsDescribedIsRead() {
        return Stream.of("auth", "sign", "tls", "limits", "headers")
                .flatMap(
                        name ->
                                cases(option(name)).stream()
                                        .map(
                                                chosen ->
                                                        DynamicTest.dynamicTest(
                                                                name + chosen,
                                                                () -> read(name, chosen))));
    }

    private static void read(String name, Map<String, String> chosen) {
        Option object = option(name);
        List<Problem> full = problems(name, written(object, chosen, true, ""));
        assertEquals(List.of(), full.stream().filter(DescribedPartsTest::unknown).toList());
        if (name.equals("tls")) {
            return; // its certificates are opened where they are read
        }
        List<Problem> least = problems(name, written(object, chosen, false, ""));
        assertEquals(List.of(), least, "what is required is enough");
        for (Option part : applying(object, chosen)) {
            if (part.required() && part.fallback() == null) {
                Tree without = written(object, chosen, false, part.name());
                assertNotEquals(List.of(), problems(name, without), part.name());
            }
        }
    }

    @Test
    void everyKindAndRecipeIsDescribed() {
        assertTrue(cases(option("auth")).size() > 20);
        assertTrue(cases(option("sign")).size() > 40);
        for (Option part : option("sign").shape().parts()) {
            assertNotEquals("Of this recipe.", part.sentence().en(), part.name());
        }
    }
}
