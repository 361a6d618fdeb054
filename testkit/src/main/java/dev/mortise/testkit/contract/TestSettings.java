package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Settings of a connection from a map, checked as those from a document are.
public final class TestSettings {
    /// The name that connections of tests have.
    public static final String CONNECTION = "test";

    private TestSettings() {}

    /// @param values maps and lists become subtrees, everything else its text
    public static Settings of(ConnectorFactory factory, Map<String, ?> values) {
        return of(factory, Path.of(""), values);
    }

    public static Settings of(ConnectorFactory factory, Path folder, Map<String, ?> values) {
        assertEquals(
                List.of(),
                problems(factory, folder, values),
                "problems of the test's own settings");
        return new Settings(CONNECTION, folder, factory.options(), entries(values));
    }

    /// What the checks say about settings that may be wrong.
    public static List<Problem> problems(ConnectorFactory factory, Map<String, ?> values) {
        return problems(factory, Path.of(""), values);
    }

    /// @param folder of the project, which values may name files of
    public static List<Problem> problems(
            ConnectorFactory factory, Path folder, Map<String, ?> values) {
        Tree.Entries tree = entries(values);
        List<Problem> problems =
                new ArrayList<>(Settings.check(factory.options(), tree, List.of()));
        if (problems.isEmpty()) {
            problems.addAll(
                    factory.check(new Settings(CONNECTION, folder, factory.options(), tree)));
        }
        return problems;
    }

    private static Tree.Entries entries(Map<?, ?> values) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        values.forEach((name, value) -> entries.put(name.toString(), tree(value)));
        return new Tree.Entries(entries, Map.of(), Place.NOWHERE);
    }

    private static Tree tree(Object value) {
        return switch (value) {
            case Map<?, ?> map -> entries(map);
            case List<?> items ->
                    new Tree.Items(items.stream().map(TestSettings::tree).toList(), Place.NOWHERE);
            default -> new Tree.Leaf(value.toString(), false, Place.NOWHERE);
        };
    }
}
