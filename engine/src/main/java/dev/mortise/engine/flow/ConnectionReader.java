package dev.mortise.engine.flow;

import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads a connection document against what its connector declares.
final class ConnectionReader {
    private static final List<String> KNOWN = List.of("connection", "type");

    private static final Set<Option.Kind> FREE = Set.of(Option.Kind.TEXT, Option.Kind.TREE);

    private final Path folder;
    private final Connectors connectors;
    private final Surroundings.Secrets keeper;
    private final Problems problems;

    ConnectionReader(
            Path folder, Connectors connectors, Surroundings.Secrets keeper, Problems problems) {
        this.folder = folder;
        this.connectors = connectors;
        this.keeper = keeper;
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
        Settings written =
                new Settings(
                        document.name(),
                        folder,
                        factory.options(),
                        document.tree(),
                        secrets(document, factory));
        Settings settings = keeper.strongbox(document.name()).map(written::keptIn).orElse(written);
        List<Problem> deeper = factory.check(settings);
        deeper.forEach(
                problem -> problems.add(hidden(problem, settings).at(document.place().toString())));
        return deeper.isEmpty()
                ? Optional.of(new Connection(document.name(), factory, settings, document.place()))
                : Optional.empty();
    }

    /// The values from outside but for numbers, durations and choices: what a connector has checked
    /// to be one of a few is no secret, and hiding it would black out words that are.
    private static List<Secret> secrets(Document document, ConnectorFactory factory) {
        Set<String> plain =
                factory.options().stream()
                        .filter(option -> !option.secret() && !FREE.contains(option.kind()))
                        .map(option -> String.valueOf(document.tree().text(option.name())))
                        .collect(Collectors.toSet());
        return document.taken().stream()
                .filter(secret -> !plain.contains(secret.reveal()))
                .toList();
    }

    /// A problem may stand at another place than the value it quotes.
    private static Problem hidden(Problem problem, Settings settings) {
        String message = problem.message();
        for (Secret secret : settings.secrets()) {
            message =
                    secret.reveal().length() < Problems.HIDDEN_MIN
                            ? message
                            : message.replace(secret.reveal(), secret.toString());
        }
        return new Problem(problem.code(), message, problem.place(), problem.fix());
    }
}
