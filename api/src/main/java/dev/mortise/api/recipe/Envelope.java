package dev.mortise.api.recipe;

import dev.mortise.api.recipe.codec.Malformed;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Nearest;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How a body is turned into its encrypted form, or a received one into plain text.
///
/// @param names values, each a pipe over earlier ones; the one named `result` is the new body
/// @param checks pairs of names whose values must be equal, such as the receiver written in the
///     plain text and the one in the settings
record Envelope(Map<String, Pipe> names, Map<String, String> checks) {
    /// The value that becomes the body.
    static final String RESULT = "result";

    /// @param word `seal` or `open`, for messages
    static Optional<Envelope> read(String word, Map<String, Tree> trees, PipesReader reader) {
        if (trees.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Tree> values = new LinkedHashMap<>(trees);
        Tree checks = values.remove("check");
        Map<String, Pipe> pipes = reader.read(values);
        Tree first = trees.values().iterator().next();
        if (!values.containsKey(RESULT)) {
            reader.problem(
                    first,
                    "'" + word + "' lacks '" + RESULT + "', the new body",
                    "add '" + RESULT + ": …' at its end");
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        if (checks != null) {
            String what = "'check' of '" + word + "'";
            TreeReader inner = TreeReader.of(checks, what, reader.problems());
            inner.entries().keySet().forEach(name -> pairs.put(name, inner.text(name, "")));
        }
        Set<String> known = new TreeSet<>(pipes.keySet());
        known.addAll(reader.settings().keySet());
        Stream.concat(pairs.keySet().stream(), pairs.values().stream())
                .filter(name -> !known.contains(name))
                .forEach(
                        name ->
                                reader.problem(
                                        checks == null ? first : checks,
                                        "'check' speaks of an unknown value '" + name + "'",
                                        Nearest.fix(name, known)));
        return Optional.of(new Envelope(pipes, pairs));
    }

    /// @throws Malformed when a body is not of the form the recipe reads
    Message apply(Scope scope) {
        byte[] body = scope.value(RESULT).bytes();
        checks.forEach(
                (name, other) -> {
                    byte[] expected = scope.value(other).bytes();
                    if (!MessageDigest.isEqual(scope.value(name).bytes(), expected)) {
                        throw new Malformed("'" + name + "' to be '" + other + "'");
                    }
                });
        return scope.message().withBody(body);
    }
}
