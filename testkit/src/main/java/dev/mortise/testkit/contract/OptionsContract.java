package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Shape;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Options explain themselves, secrets stay secret, and each way to be misconfigured has its own
/// code.
public interface OptionsContract extends ConnectorFixture {
    int OPTIONS_MAX = 15;

    /// Settings that do not work, by the code that says why: a wrong host, a wrong password, a
    /// missing privilege, a missing database or file.
    Map<ProblemCode, Settings> broken();

    @TestFactory
    default Stream<DynamicTest> everyOptionExplainsItself() {
        return factory().options().stream()
                .map(option -> DynamicTest.dynamicTest(option.name(), () -> explain(option)));
    }

    private static void explain(Option option) {
        assertTrue(option.name().matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"), "snake_case");
        assertFalse(option.sentence().en().isBlank(), "a sentence in English");
        assertTrue(
                option.sentence().zh().codePoints().anyMatch(Character::isIdeographic),
                "a sentence in Chinese");
        assertFalse(option.example().isBlank(), "an example");
        if (option.kind() == Option.Kind.TREE) {
            return;
        }
        assertEquals(List.of(), complaints(option, option.example()), "the example is valid");
        if (option.fallback() != null) {
            assertEquals(List.of(), complaints(option, option.fallback()), "the default is valid");
        }
    }

    @TestFactory
    default Stream<DynamicTest> everyPartOfAnObjectExplainsItself() {
        return factory().described().stream()
                .filter(option -> !option.shape().parts().isEmpty())
                .map(
                        option ->
                                DynamicTest.dynamicTest(
                                        option.name(), () -> explainParts(option.name(), option)));
    }

    private static void explainParts(String path, Option option) {
        for (Option part : option.shape().parts()) {
            String at = path + "." + part.name();
            assertTrue(part.name().matches("\\*|[a-z][a-z0-9]*(_[a-z0-9]+)*"), at);
            assertFalse(part.sentence().en().isBlank(), () -> at + ": a sentence in English");
            assertTrue(
                    part.sentence().zh().codePoints().anyMatch(c -> c > 127),
                    () -> at + ": a sentence in Chinese");
            assertFalse(part.example().isBlank(), () -> at + ": an example");
            part.shape().conditions().forEach(each -> demandWords(at, each, option));
            explainParts(at, part);
        }
    }

    /// A form can only tell by a choice whether a part applies.
    private static void demandWords(String at, Shape.Condition condition, Option around) {
        Set<String> choices =
                around.shape().parts().stream()
                        .filter(part -> part.name().equals(condition.sibling()))
                        .flatMap(part -> part.choices().stream())
                        .collect(Collectors.toSet());
        assertTrue(choices.containsAll(condition.words()), () -> at + " depends on " + condition);
    }

    private static List<Problem> complaints(Option option, String text) {
        Option alone = option.required() ? option : option.asRequired();
        var leaf = new Tree.Leaf(text, false, Place.NOWHERE);
        var tree = new Tree.Entries(Map.of(option.name(), leaf), Map.of(), Place.NOWHERE);
        return Settings.check(List.of(alone), tree, List.of());
    }

    @Test
    default void optionsAreFewAndNamedOnce() {
        List<String> names = factory().options().stream().map(Option::name).toList();
        assertEquals(names.stream().distinct().toList(), names);
        assertTrue(names.size() <= OPTIONS_MAX, () -> names.size() + " options");
    }

    @Test
    default void whatSoundsSecretIsSecret() {
        for (Option option : factory().options()) {
            if (option.name().matches(".*(password|secret|token|api_key|private_key).*")) {
                assertTrue(option.secret(), option.name());
            }
        }
    }

    @Test
    default void aMisspeltOptionIsNamedWithTheNearest() {
        for (Option option : factory().options()) {
            String misspelt = option.name() + "x";
            List<Problem> problems =
                    TestSettings.problems(factory(), Map.of(misspelt, option.example()));
            assertTrue(
                    problems.stream()
                            .anyMatch(
                                    p ->
                                            p.code() == ProblemCode.OPTION_UNKNOWN
                                                    && p.message().contains(misspelt)
                                                    && p.fix().contains(option.name())),
                    problems::toString);
        }
    }

    @TestFactory
    default Stream<DynamicTest> eachBrokenSettingHasItsCode() {
        return broken().entrySet().stream()
                .map(
                        entry ->
                                DynamicTest.dynamicTest(
                                        entry.getKey().name(),
                                        () -> assertBroken(entry.getKey(), entry.getValue())));
    }

    private void assertBroken(ProblemCode code, Settings settings) {
        try (Connector connector = factory().open(settings)) {
            Health health = connector.check();
            assertFalse(health.ok(), "the connection works");
            Problem problem = health.problem().orElseThrow();
            assertEquals(code, problem.code(), problem::line);
            assertFalse(problem.fix().isBlank(), "says what to do");
            assertNoSecret(settings, problem.line());
            if (connector instanceof Reads reads && code != ProblemCode.PRIVILEGE_MISSING) {
                assertSame(code, settings, reads);
            }
        }
    }

    private void assertSame(ProblemCode code, Settings settings, Reads reads) {
        try {
            reads.datasets("*");
        } catch (ProblemException e) {
            assertEquals(code, e.problem().code(), e::getMessage);
            for (Throwable t = e; t != null; t = t.getCause()) {
                assertNoSecret(settings, String.valueOf(t.getMessage()));
            }
            return;
        }
        throw new AssertionError("listing datasets worked, though check() said " + code);
    }

    private void assertNoSecret(Settings settings, String text) {
        for (Option option : factory().options()) {
            if (option.secret() && settings.find(option.name()).isPresent()) {
                String secret = settings.secret(option.name()).reveal();
                assertFalse(text.contains(secret), "a secret is printed");
            }
        }
    }
}
