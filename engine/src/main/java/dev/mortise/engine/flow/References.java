package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts values in the place of `${env:NAME}`, `${secret:name}` and `${param:name}`. `$${` stands
/// for a plain `${`.
final class References {
    private static final List<String> KINDS = List.of("env", "param", "secret");

    private final Surroundings surroundings;
    private final Problems problems;

    References(Surroundings surroundings, Problems problems) {
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /// @param taken the values of the environment and the secrets that were put in, in any place
    record Resolved(Tree tree, List<Secret> taken) {}

    Resolved resolve(Tree tree) {
        Set<String> taken = new LinkedHashSet<>();
        Tree resolved = resolve(tree, taken);
        return new Resolved(resolved, taken.stream().map(Secret::new).toList());
    }

    private Tree resolve(Tree tree, Set<String> taken) {
        return switch (tree) {
            case Tree.Leaf leaf when leaf.text().contains("${") ->
                    new Tree.Leaf(
                            text(leaf.text(), leaf.place(), taken), leaf.quoted(), leaf.place());
            case Tree.Leaf leaf -> leaf;
            case Tree.Items items ->
                    new Tree.Items(
                            items.items().stream().map(item -> resolve(item, taken)).toList(),
                            items.place());
            case Tree.Entries entries -> {
                Map<String, Tree> resolved = new LinkedHashMap<>();
                entries.entries()
                        .forEach((name, value) -> resolved.put(name, resolve(value, taken)));
                yield new Tree.Entries(resolved, entries.names(), entries.place());
            }
        };
    }

    private String text(String text, Place place, Set<String> taken) {
        StringBuilder result = new StringBuilder();
        int done = 0;
        boolean missing = false;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", done)) {
            int end = text.indexOf('}', at);
            if (at > done && text.charAt(at - 1) == '$') {
                result.append(text, done, at - 1).append("${");
                done = at + 2;
            } else if (end < 0) {
                unclosed(text.substring(at), place);
                return text;
            } else {
                result.append(text, done, at);
                Optional<String> value = value(text.substring(at + 2, end), place);
                missing |= value.isEmpty();
                // A parameter stands on the command line, for all to see.
                if (!text.startsWith("param:", at + 2)) {
                    value.ifPresent(taken::add);
                }
                result.append(value.orElse(""));
                done = end + 1;
            }
        }
        if (missing) {
            problems.silence(place);
            return text;
        }
        return result.append(text, done, text.length()).toString();
    }

    private Optional<String> value(String reference, Place place) {
        int colon = reference.indexOf(':');
        String kind = colon < 0 ? "" : reference.substring(0, colon);
        String name = reference.substring(colon + 1);
        return switch (kind) {
            case "env" -> variable(name, place);
            case "param" -> param(name, place);
            case "secret" -> secret(name, place);
            default -> unknown(reference, kind, name, place);
        };
    }

    private Optional<String> variable(String name, Place place) {
        String value = surroundings.environment().get(name);
        if (value != null) {
            problems.hide(place, value, "${env:" + name + "}");
        } else {
            problems.add(
                    ProblemCode.SECRET_MISSING,
                    place,
                    "environment variable '" + name + "' is not set",
                    "set it before the start: export " + name + "=…");
        }
        return Optional.ofNullable(value);
    }

    private Optional<String> param(String name, Place place) {
        String value = surroundings.params().get(name);
        if (value == null) {
            problems.add(
                    ProblemCode.CALL_INVALID,
                    place,
                    "parameter '" + name + "' is not given",
                    "call with --param " + name + "=…");
        }
        return Optional.ofNullable(value);
    }

    private Optional<String> secret(String name, Place place) {
        Optional<String> value;
        try {
            value = surroundings.secrets().find(name);
        } catch (ProblemException e) {
            Problem problem = e.problem();
            problems.add(problem.code(), place, problem.message(), problem.fix());
            return Optional.empty();
        }
        if (value.isPresent()) {
            problems.hide(place, value.get(), "${secret:" + name + "}");
        } else if (surroundings.secrets().isKept()) {
            problems.add(
                    ProblemCode.SECRET_MISSING,
                    place,
                    "no secret is called '" + name + "'",
                    "store it among the project's secrets");
        } else {
            problems.add(
                    ProblemCode.SECRET_MISSING,
                    place,
                    "secret '" + name + "' is kept by a server, and this runs without one",
                    "take it from the environment: ${env:" + variableLike(name) + "}");
        }
        return value;
    }

    private Optional<String> unknown(String reference, String kind, String name, Place place) {
        problems.add(
                ProblemCode.WORD_UNKNOWN,
                place,
                "expected ${env:NAME}, ${secret:name} or ${param:name}, got '${" + reference + "}'",
                kind.isEmpty()
                        ? "write ${env:" + name + "}, or $${ for a plain ${"
                        : Nearest.fix(kind, KINDS));
        return Optional.empty();
    }

    private void unclosed(String rest, Place place) {
        problems.add(
                ProblemCode.VALUE_INVALID,
                place,
                "expected '}' at the end of '" + rest.lines().findFirst().orElse("") + "'",
                "close it, or write $${ for a plain ${");
        problems.silence(place);
    }

    private static String variableLike(String name) {
        StringBuilder result = new StringBuilder();
        for (char c : name.toUpperCase(java.util.Locale.ROOT).toCharArray()) {
            result.append(Character.isLetterOrDigit(c) ? c : '_');
        }
        return result.toString();
    }
}
