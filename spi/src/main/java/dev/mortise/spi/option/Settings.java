package dev.mortise.spi.option;

import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The checked values of one connection. Made only from a tree that [#check] found nothing in, so
/// its accessors do not fail for what the user wrote.
public final class Settings {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final String connection;
    private final Path folder;
    private final Map<String, Option> options;
    private final Tree.Entries tree;
    private final List<Secret> secrets;
    private final @Nullable Strongbox strongbox;

    /// @param connection the name of the connection, for messages
    /// @param folder what relative paths are relative to: the project's folder
    public Settings(String connection, Path folder, List<Option> options, Tree.Entries tree) {
        this(connection, folder, options, tree, List.of());
    }

    /// @param secrets values that came from outside the document, in the place of `${…}`
    public Settings(
            String connection,
            Path folder,
            List<Option> options,
            Tree.Entries tree,
            List<Secret> secrets) {
        this.secrets = List.copyOf(secrets);
        this.connection = connection;
        this.folder = folder;
        this.options = options.stream().collect(Collectors.toMap(Option::name, option -> option));
        this.tree = tree;
        this.strongbox = null;
    }

    private Settings(Settings same, Strongbox strongbox) {
        this.secrets = same.secrets;
        this.connection = same.connection;
        this.folder = same.folder;
        this.options = same.options;
        this.tree = same.tree;
        this.strongbox = strongbox;
    }

    /// The same with a place for what the connection is given while it lives.
    public Settings keptIn(Strongbox place) {
        return new Settings(this, place);
    }

    /// Where the connection keeps what it is given while it lives; empty where there are only
    /// files.
    public Optional<Strongbox> strongbox() {
        return Optional.ofNullable(strongbox);
    }

    public String connection() {
        return connection;
    }

    public Path folder() {
        return folder;
    }

    /// What came from outside the document, wherever in it that stands: no message, sample or log
    /// may show it.
    public List<Secret> secrets() {
        return secrets;
    }

    public Optional<String> find(String name) {
        String text = tree.text(name);
        return text != null && !text.isEmpty()
                ? Optional.of(text)
                : Optional.ofNullable(option(name).fallback());
    }

    public String text(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("unset option " + name));
    }

    public Secret secret(String name) {
        return new Secret(find(name).orElse(""));
    }

    public int integer(String name) {
        return Integer.parseInt(text(name));
    }

    public boolean bool(String name) {
        return Boolean.parseBoolean(text(name));
    }

    public Duration duration(String name) {
        return parseDuration(text(name)).orElseThrow();
    }

    public Optional<Tree> tree(String name) {
        option(name);
        return Optional.ofNullable(tree.find(name));
    }

    /// The single values that were set, but no secrets, as one text: where the connection leads.
    public String identity() {
        return options.values().stream()
                .filter(option -> !option.secret() && tree.text(option.name()) != null)
                .map(option -> option.name() + "=" + tree.text(option.name()))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /// A text that changes with any setting, secrets among them, and tells nothing of them.
    public String fingerprint() {
        StringBuilder spelt = new StringBuilder();
        spell(tree, spelt);
        try {
            byte[] bytes = spelt.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void spell(Tree tree, StringBuilder into) {
        switch (tree) {
            case Tree.Leaf leaf ->
                    into.append(leaf.text().length()).append('=').append(leaf.text()).append(';');
            case Tree.Items items -> {
                into.append('[');
                items.items().forEach(item -> spell(item, into));
                into.append(']');
            }
            case Tree.Entries entries -> {
                into.append('{');
                entries.entries()
                        .forEach(
                                (name, value) -> {
                                    into.append(name.length()).append(':').append(name);
                                    spell(value, into);
                                });
                into.append('}');
            }
        }
    }

    private Option option(String name) {
        Option option = options.get(name);
        if (option == null) {
            throw new IllegalStateException("undeclared option " + name);
        }
        return option;
    }

    /// Every problem of what a user wrote, against what a connector declares.
    ///
    /// @param known names that are not options, such as `connection` and `type`
    public static List<Problem> check(List<Option> options, Tree.Entries tree, List<String> known) {
        List<Problem> problems = new ArrayList<>();
        List<String> names = options.stream().map(Option::name).toList();
        for (String name : tree.entries().keySet()) {
            if (!known.contains(name) && !names.contains(name)) {
                problems.add(
                        new Problem(
                                ProblemCode.OPTION_UNKNOWN,
                                "unknown option '" + name + "'",
                                tree.placeOf(name).toString(),
                                Nearest.fix(name, names)));
            }
        }
        for (Option option : options) {
            checkOne(option, tree).ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<Problem> checkOne(Option option, Tree.Entries tree) {
        Tree value = tree.find(option.name());
        if (value == null || (value instanceof Tree.Leaf empty && empty.text().isEmpty())) {
            return option.required() && option.fallback() == null
                    ? Optional.of(missing(option, tree))
                    : Optional.empty();
        }
        if (option.kind() == Option.Kind.TREE) {
            return Optional.empty();
        }
        if (!(value instanceof Tree.Leaf leaf)) {
            return Optional.of(invalid(option, "a single value, got a nested one", value));
        }
        return expected(option, leaf.text())
                .map(
                        wanted ->
                                invalid(
                                        option,
                                        wanted + ", got '" + shown(option, leaf) + "'",
                                        value));
    }

    private static String shown(Option option, Tree.Leaf leaf) {
        return option.secret() ? "***" : leaf.text();
    }

    /// What was expected instead of the text, or nothing when the text will do.
    private static Optional<String> expected(Option option, String text) {
        return switch (option.kind()) {
            case TEXT, TREE -> Optional.empty();
            case INTEGER ->
                    isInteger(option, text)
                            ? Optional.empty()
                            : Optional.of(option.min() + " to " + option.max());
            case BOOL ->
                    text.equals("true") || text.equals("false")
                            ? Optional.empty()
                            : Optional.of("true or false");
            case DURATION ->
                    parseDuration(text).isPresent()
                            ? Optional.empty()
                            : Optional.of("a number and a unit (ms, s, m, h, d) such as 10s");
            case CHOICE ->
                    option.choices().contains(text)
                            ? Optional.empty()
                            : Optional.of("one of " + String.join(", ", option.choices()));
        };
    }

    private static boolean isInteger(Option option, String text) {
        if (!text.matches("-?\\d{1,18}")) {
            return false;
        }
        long number = Long.parseLong(text);
        return number >= option.min() && number <= option.max();
    }

    private static Problem missing(Option option, Tree.Entries tree) {
        return new Problem(
                ProblemCode.OPTION_MISSING,
                "option '" + option.name() + "' is missing",
                tree.place().toString(),
                "add '" + option.name() + ": " + option.example() + "'");
    }

    private static Problem invalid(Option option, String expected, Tree value) {
        return new Problem(
                ProblemCode.OPTION_INVALID,
                "option '" + option.name() + "' expects " + expected,
                value.place().toString(),
                "write it like '" + option.name() + ": " + option.example() + "'");
    }

    /// Parses `500ms`, `10s`, `5m`, `2h`, `1d`.
    public static Optional<Duration> parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }
}
