package dev.mortise.connectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Verifies;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.testkit.contract.OptionsContract;
import dev.mortise.testkit.contract.ReadsContract;
import dev.mortise.testkit.contract.TypeMappingContract;
import dev.mortise.testkit.contract.VerifiesContract;
import dev.mortise.testkit.contract.WritesContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every connector on the class path has a test that implements the contract of each of its roles,
/// and a page in the docs. The factory `MemoryFactory` stands for the tests of the same package and
/// the page `docs/connectors/memory.md`.
final class ConformanceTest {
    /// What a connector still owes, with the reason. One that owes it no longer must be taken off.
    private static final Map<String, String> WAIVERS =
            Map.of(
                    "http passes WritesContract",
                    "an API commits no rows together with a checkpoint; HttpSinkTest stands in",
                    "http passes TypeMappingContract",
                    "JSON has no native types of a column; RowsTest stands in",
                    "invoice passes ReadsContract",
                    "its columns are those of an invoice, so the contract's rows fit into no file;"
                            + " InvoiceConnectorTest stands in",
                    "invoice passes TypeMappingContract",
                    "an invoice has no native types of a column; ValuesTest stands in",
                    "jdbc passes OptionsContract",
                    "the databases it is for have no server here; DialectTest stands in",
                    "jdbc passes TypeMappingContract",
                    "the databases it is for have no server here; DialectTest stands in");

    private static final Path PAGES = Path.of("..", "docs", "connectors");

    @Test
    void everyConnectorKeepsTheContractsOfItsRoles() {
        Set<String> owed = new TreeSet<>();
        for (ConnectorFactory factory : ServiceLoader.load(ConnectorFactory.class)) {
            owed.addAll(owed(factory));
        }
        assertEquals(
                new TreeSet<>(WAIVERS.keySet()),
                owed,
                "implement the contract in the connector's test, write its page, or waive it here"
                        + " with a reason; a waiver no longer needed must go");
    }

    @Test
    void everyTypeIsNamedOnce() {
        List<String> types = new ArrayList<>();
        for (ConnectorFactory factory : ServiceLoader.load(ConnectorFactory.class)) {
            types.add(factory.type());
        }
        assertFalse(types.isEmpty(), "no connector is registered");
        assertEquals(types.stream().distinct().toList(), types);
    }

    @Test
    void everyOptionStandsOnTheConnectorsPage() throws IOException {
        List<String> missing = new ArrayList<>();
        for (ConnectorFactory factory : ServiceLoader.load(ConnectorFactory.class)) {
            String page = Files.readString(PAGES.resolve(factory.type() + ".md"));
            for (Option option : factory.options()) {
                if (!page.contains("`" + option.name() + "`")) {
                    missing.add(factory.type() + ": " + option.name());
                }
            }
        }
        assertEquals(List.of(), missing, "write the option into the table of the page");
    }

    private static List<String> owed(ConnectorFactory factory) {
        List<String> owed = new ArrayList<>();
        if (!Files.isRegularFile(PAGES.resolve(factory.type() + ".md"))) {
            owed.add("docs/connectors/" + factory.type() + ".md");
        }
        List<Class<?>> tests = tests(factory);
        for (Class<?> contract : contracts(factory)) {
            if (tests.stream().noneMatch(contract::isAssignableFrom)) {
                owed.add(factory.type() + " passes " + contract.getSimpleName());
            }
        }
        return owed;
    }

    /// The test classes of a connector's package; one connector may need several, one a format.
    private static List<Class<?>> tests(ConnectorFactory factory) {
        String name = factory.getClass().getPackageName();
        Path folder = Path.of("target", "test-classes").resolve(name.replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Test.class"))
                    .<Class<?>>map(file -> find(name + "." + file.replace(".class", "")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> find(String name) {
        try {
            return Class.forName(name, false, ConformanceTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Class<?>> contracts(ConnectorFactory factory) {
        Set<Class<?>> contracts = new LinkedHashSet<>(List.of(OptionsContract.class));
        try (Connector connector = factory.open(examples(factory))) {
            assertEquals(factory.connector(), connector.getClass(), factory.type());
            if (connector instanceof Reads) {
                contracts.add(ReadsContract.class);
                contracts.add(TypeMappingContract.class);
            }
            if (connector instanceof Writes) {
                contracts.add(WritesContract.class);
            }
            if (connector instanceof Verifies) {
                contracts.add(VerifiesContract.class);
            }
        }
        return contracts;
    }

    /// Enough settings to open a connector, which connects to nothing before it is used.
    private static Settings examples(ConnectorFactory factory) {
        Map<String, Tree> examples = new LinkedHashMap<>();
        for (Option option : factory.options()) {
            if (option.required()) {
                examples.put(
                        option.name(),
                        option.kind() == Option.Kind.TREE ? resource() : leaf(option.example()));
            }
        }
        Tree.Entries tree = new Tree.Entries(examples, Map.of(), Place.NOWHERE);
        return new Settings("conformance", Path.of("."), factory.options(), tree);
    }

    private static Tree leaf(String text) {
        return new Tree.Leaf(text, false, Place.NOWHERE);
    }

    /// One named thing with a path: what the trees there are describe.
    private static Tree resource() {
        Tree path = new Tree.Entries(Map.of("path", leaf("/x")), Map.of(), Place.NOWHERE);
        return new Tree.Entries(Map.of("example", path), Map.of(), Place.NOWHERE);
    }
}
