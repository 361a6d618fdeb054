package dev.mortise.engine.flow.secret;

import dev.mortise.engine.flow.Connectors;
import dev.mortise.engine.flow.leaf.YamlLeaf;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What of a connection's text is nobody's business: the values of its secret options, where they
/// stand in the text as they are. A reference such as `${secret:erp}` is no secret. Other bytes of
/// the text are never touched.
public final class PlainSecrets {
    private static final Pattern REFERENCE = Pattern.compile("(\\$\\{[a-z]+:[^}]*})+");

    /// Words below a secret option that say how, not what.
    private static final Set<String> HARMLESS =
            Set.of(
                    "kind",
                    "grant",
                    "algorithm",
                    "recipe",
                    "file",
                    "in",
                    "method",
                    "url",
                    "token_url",
                    "authorize_url",
                    "client_id",
                    "client_auth",
                    "scope",
                    "user");

    /// Words whose value is a secret wherever they stand.
    private static final Pattern ANYWHERE =
            Pattern.compile(
                    "(?i).*(password|passwd|passphrase|secret|token"
                            + "|(api|app|private|secret|access)[_-]?key|authorization|credential"
                            + "|security|assertion)");

    /// The same below a secret option.
    private static final Pattern SURE = Pattern.compile(ANYWHERE.pattern() + "|key|pwd");

    /// What a mistyped word for a secret begins with.
    private static final Pattern LIKE = Pattern.compile("(?i)pas|pwd|secr|tok|cred|auth");

    private PlainSecrets() {}

    /// A value in a text.
    ///
    /// @param path such as `password` or `auth.token`
    /// @param from where its characters begin, quotes and all
    /// @param to where they have ended
    public record Spot(String path, String value, int from, int to) {
        static Spot of(YamlLeaf leaf) {
            return new Spot(String.join(".", leaf.path()), leaf.value(), leaf.from(), leaf.to());
        }
    }

    /// All that is not to be shown, in the order of the text.
    ///
    /// @return empty when the text cannot be taken apart
    public static Optional<List<Spot>> hidden(String text) {
        return found(
                text,
                (declared, leaf) ->
                        declared || !HARMLESS.contains(leaf.word()) || leaf.path().size() == 1);
    }

    /// What is a secret for sure, so that a reference may take its place.
    ///
    /// @return as the other
    public static Optional<List<Spot>> sure(String text) {
        return found(
                text,
                (declared, leaf) ->
                        leaf.path().size() == 1
                                || ((declared || SURE.matcher(leaf.word()).matches())
                                        && !leaf.value().startsWith("$.")));
    }

    /// The text with something else in the place of each value.
    public static String replaced(String text, List<Spot> spots, Function<Spot, String> by) {
        StringBuilder made = new StringBuilder();
        int done = 0;
        for (Spot spot : spots) {
            made.append(text, done, spot.from()).append(by.apply(spot));
            done = spot.to();
        }
        return made.append(text, done, text.length()).toString();
    }

    /// Which of the values of secret options.
    private interface Wanted {
        /// @param declared whether the connector says that this very place holds a secret
        boolean test(boolean declared, YamlLeaf leaf);
    }

    private static Optional<List<Spot>> found(String text, Wanted wanted) {
        return YamlLeaf.all(text)
                .map(
                        leaves -> {
                            List<Option> options = options(leaves);
                            Predicate<YamlLeaf> secret = secret(options);
                            List<Spot> spots = new ArrayList<>();
                            for (YamlLeaf leaf : leaves) {
                                boolean plain =
                                        !leaf.value().isEmpty()
                                                && !REFERENCE.matcher(leaf.value()).matches();
                                if (plain
                                        && secret.test(leaf)
                                        && wanted.test(declared(options, leaf.path()), leaf)) {
                                    spots.add(Spot.of(leaf));
                                }
                            }
                            return spots;
                        });
    }

    /// None where nobody knows the connector.
    private static List<Option> options(List<YamlLeaf> leaves) {
        return leaves.stream()
                .filter(leaf -> leaf.path().equals(List.of("type")))
                .findFirst()
                .flatMap(leaf -> Connectors.installed().factory(leaf.value()))
                .map(ConnectorFactory::described)
                .orElse(List.of());
    }

    /// Whether a place below an option is declared a secret, or stands below one that is: several
    /// keys by their ids, say.
    private static boolean declared(List<Option> options, List<String> path) {
        for (int depth = path.size(); depth > 1; depth--) {
            List<String> below = path.subList(1, depth);
            List<Option> parts =
                    options.stream()
                            .filter(option -> option.name().equals(path.getFirst()))
                            .flatMap(option -> option.below(below))
                            .toList();
            if (!parts.isEmpty()) {
                return parts.stream().anyMatch(Option::secret);
            }
        }
        return false;
    }

    /// Whether it is the one word that an object may be instead: `auth: none`.
    private static boolean isChoice(List<Option> options, YamlLeaf leaf) {
        return leaf.path().size() == 1
                && options.stream()
                        .filter(option -> option.name().equals(leaf.path().getFirst()))
                        .flatMap(option -> option.shape().parts().stream())
                        .anyMatch(part -> part.choices().contains(leaf.value()));
    }

    /// What the connector says of its options; where nobody knows the connector, any word that
    /// sounds like one.
    private static Predicate<YamlLeaf> secret(List<Option> options) {
        if (options.isEmpty()) {
            return leaf -> ANYWHERE.matcher(leaf.word()).matches();
        }
        Set<String> secret =
                options.stream()
                        .filter(Option::secret)
                        .map(Option::name)
                        .collect(Collectors.toSet());
        Set<String> known = options.stream().map(Option::name).collect(Collectors.toSet());
        // A mistyped 'pasword' is refused as an option, and holds a password nevertheless.
        return leaf ->
                (secret.contains(leaf.path().getFirst()) && !isChoice(options, leaf))
                        || (!known.contains(leaf.path().getFirst())
                                && LIKE.matcher(leaf.path().getFirst()).lookingAt());
    }
}
