package dev.mortise.engine.flow;

import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads a connection document against what its connector declares.
final class ConnectionReader {
    private static final List<String> KNOWN = List.of("connection", "type");

    private final Path folder;
    private final Connectors connectors;
    private final Problems problems;

    ConnectionReader(Path folder, Connectors connectors, Problems problems) {
        this.folder = folder;
        this.connectors = connectors;
        this.problems = problems;
    }

    /// Empty when anything is wrong with it.
    Optional<Connection> read(Document document) {
        Tree written = document.tree().find("type");
        if (written == null) {
            problems.add(
                    ProblemCode.WORD_MISSING,
                    document.place(),
                    "'type' is missing in connection '" + document.name() + "'",
                    "add 'type: …', one of " + String.join(", ", connectors.types()));
            return Optional.empty();
        }
        String type = written instanceof Tree.Leaf leaf ? leaf.text() : "";
        Optional<ConnectorFactory> factory = connectors.factory(type);
        if (factory.isEmpty()) {
            problems.add(
                    ProblemCode.CONNECTOR_UNKNOWN,
                    written.place(),
                    "no connector is called " + Words.describe(written),
                    Nearest.fix(type, connectors.types()));
        }
        return factory.flatMap(known -> settings(document, known));
    }

    private Optional<Connection> settings(Document document, ConnectorFactory factory) {
        List<Problem> found = Settings.check(factory.options(), document.tree(), KNOWN);
        found.forEach(problems::add);
        if (!found.isEmpty() || problems.in(document.file())) {
            return Optional.empty();
        }
        Settings settings =
                new Settings(document.name(), folder, factory.options(), document.tree());
        List<Problem> deeper = factory.check(settings);
        deeper.forEach(problem -> problems.add(problem.at(document.place().toString())));
        return deeper.isEmpty()
                ? Optional.of(new Connection(document.name(), factory, settings, document.place()))
                : Optional.empty();
    }
}
