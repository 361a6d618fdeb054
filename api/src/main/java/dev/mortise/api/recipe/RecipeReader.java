package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Pipe.Args;
import dev.mortise.api.recipe.codec.CertificateSerial;
import dev.mortise.api.recipe.codec.TimeUnit;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Reads a recipe, finds every problem in it, and checks what no single word shows: that what is
/// placed can be read back, and that time and nonce are covered by the signature.
final class RecipeReader {
    private static final List<String> SERIALS =
            Stream.concat(Stream.of(""), CertificateSerial.words().stream()).toList();

    private final TreeReader reader;
    private final List<Problem> problems;

    /// How many problems there were before this recipe.
    private final int before;

    private final Map<String, Setting> settings = new LinkedHashMap<>();

    private RecipeReader(TreeReader reader, int before) {
        this.reader = reader;
        this.problems = reader.problems();
        this.before = before;
    }

    static Optional<Recipe> read(Tree tree, List<Problem> problems) {
        int before = problems.size();
        Recipe recipe =
                new RecipeReader(TreeReader.of(tree, "the recipe", problems), before).recipe();
        return problems.size() == before ? Optional.of(recipe) : Optional.empty();
    }

    private Recipe recipe() {
        String name = reader.required("recipe", "acme-request");
        Map<String, String> title = reader.texts("title");
        String source = reader.text("source", "");
        entries(reader, "settings").forEach(this::setting);
        checkPairs();
        PipesReader pipes = new PipesReader(settings, problems);
        Map<String, Pipe> names = pipes.read(entries(reader, "sign"));
        PlacementReader placements = new PlacementReader(pipes.known(names), problems);
        List<Placement> prepare = placements.read(entries(reader, "prepare"));
        List<Placement> place = placements.read(entries(reader, "place"));
        // What hangs together is checked only when each part is right, or it would be said twice.
        boolean sound = problems.size() == before;
        if (sound) {
            checkFresh(names, prepare, place);
        }
        List<String> sealed = sound ? sealed(names, place) : List.of();
        Recipe.Check check = check(names, sealed, sound);
        Optional<Envelope> seal = Envelope.read("seal", entries(reader, "seal"), pipes);
        Optional<Envelope> open = Envelope.read("open", entries(reader, "open"), pipes);
        if (sound && place.isEmpty() && seal.isEmpty() && open.isEmpty()) {
            problem("the recipe does nothing", "give it 'sign' and 'place', 'seal' or 'open'");
        }
        reader.end();
        return new Recipe(
                new Recipe.Head(
                        name,
                        Sentence.of(title.getOrDefault("en", name), title.getOrDefault("zh", name)),
                        source,
                        settings),
                new Recipe.Plan(names, prepare, place),
                check,
                seal,
                open);
    }

    private static Map<String, Tree> entries(TreeReader reader, String word) {
        return reader.inner(word, "'" + word + "'").map(TreeReader::entries).orElse(Map.of());
    }

    private void setting(String name, Tree tree) {
        TreeReader inner = TreeReader.of(tree, "setting '" + name + "'", problems);
        settings.put(
                name,
                new Setting(
                        name,
                        inner.text("example", ""),
                        inner.bool("secret", false),
                        inner.bool("required", true),
                        inner.text("default", ""),
                        inner.text("pair", ""),
                        inner.text("prefix", ""),
                        inner.bool("received", false),
                        inner.choice("serial", "", SERIALS)));
        inner.end();
        PipesReader.checkName(name, tree, Map.of(), problems);
    }

    private void checkPairs() {
        for (Setting setting : settings.values()) {
            if (!setting.pair().isEmpty() && !settings.containsKey(setting.pair())) {
                problem(
                        "setting '%s': unknown setting '%s' as its pair"
                                .formatted(setting.name(), setting.pair()),
                        Nearest.fix(setting.pair(), settings.keySet()));
            }
        }
    }

    /// What is made anew each time has to be in the message, or nobody could verify it.
    private void checkFresh(
            Map<String, Pipe> names, List<Placement> prepare, List<Placement> place) {
        Set<String> placed = new HashSet<>();
        prepare.forEach(placement -> placed.addAll(placement.names()));
        place.forEach(placement -> placed.addAll(placement.names()));
        names.forEach(
                (name, pipe) -> {
                    if (pipe.isFresh() && !placed.contains(name)) {
                        problem(
                                "'" + name + "' is new each time but placed nowhere",
                                "place it in a header, the query, a form or the JSON body");
                    }
                });
    }

    /// The placed values that hang on a secret.
    private List<String> sealed(Map<String, Pipe> names, List<Placement> place) {
        List<String> sealed =
                place.stream()
                        .flatMap(placement -> placement.names().stream())
                        .filter(name -> names.containsKey(name) || isSecret(name))
                        .filter(name -> reach(name, names).stream().anyMatch(this::isSecret))
                        .toList();
        if (!place.isEmpty() && sealed.stream().noneMatch(name -> holds(name, names))) {
            problem(
                    "nothing that is placed hangs on a secret setting, so anybody could make it",
                    "sign with a setting that says 'secret: true' and has to be given");
        }
        return sealed;
    }

    /// Whether a value can be neither left out nor made without a secret.
    private boolean holds(String name, Map<String, Pipe> names) {
        return reach(name, names).stream()
                .map(settings::get)
                .filter(Objects::nonNull)
                .anyMatch(s -> s.secret() && (s.required() || !s.pair().isEmpty()));
    }

    private boolean isSecret(String name) {
        Setting setting = settings.get(name);
        return setting != null && setting.secret();
    }

    /// The names a value is computed from, itself among them.
    private static Set<String> reach(String name, Map<String, Pipe> names) {
        Set<String> reached = new TreeSet<>();
        Deque<String> left = new ArrayDeque<>(List.of(name));
        while (!left.isEmpty()) {
            String next = left.pop();
            Pipe pipe = names.get(next);
            if (reached.add(next) && pipe != null) {
                left.addAll(pipe.mentions());
            }
        }
        return reached;
    }

    private Recipe.Check check(Map<String, Pipe> names, List<String> sealed, boolean sound) {
        Optional<TreeReader> verify = reader.inner("verify", "'verify'");
        if (verify.isEmpty()) {
            return new Recipe.Check(Optional.empty(), "", sealed);
        }
        TreeReader inner = verify.get();
        Optional<Verifier.Window> window =
                inner.inner("window", "'window'").flatMap(w -> window(w, names, sound));
        String once = inner.text("once", "");
        inner.end();
        if (sound && !once.isEmpty() && window.isEmpty()) {
            problem(
                    "'once' needs a 'window', or every value had to be remembered for ever",
                    "add 'window: {of: timestamp, within: 5m}'");
        }
        window.map(Verifier.Window::of).ifPresent(of -> checkSigned(of, names, sealed));
        if (sound && !once.isEmpty()) {
            checkSigned(once, names, sealed);
        }
        return new Recipe.Check(window, once, sealed);
    }

    private Optional<Verifier.Window> window(
            TreeReader window, Map<String, Pipe> names, boolean sound) {
        String of = window.required("of", "timestamp");
        String within = window.required("within", "5m");
        window.end();
        Optional<Duration> duration = Settings.parseDuration(within);
        if (duration.isEmpty()) {
            window.invalid("within", "a number and a unit such as 5m, got '" + within + "'");
        }
        Pipe pipe = names.get(of);
        if (!sound) {
            return Optional.empty();
        }
        if (pipe == null
                || !(pipe.head() instanceof Pipe.Head.Call call)
                || !call.source().name().equals("now")
                || !pipe.steps().isEmpty()) {
            window.invalid("of", "a value that is 'now(…)' and nothing else, got '" + of + "'");
            return Optional.empty();
        }
        TimeUnit unit = TimeUnit.of(Args.wordOf(call.args().getFirst()));
        return duration.map(d -> new Verifier.Window(of, new Verifier.TimeLimit(unit, d)));
    }

    /// A time or a nonce that no signature covers could be changed on the way.
    private void checkSigned(String name, Map<String, Pipe> names, List<String> sealed) {
        if (!names.containsKey(name)) {
            problem(
                    "'verify' speaks of an unknown value '" + name + "'",
                    Nearest.fix(name, names.keySet()));
        } else if (sealed.stream().noneMatch(s -> reach(s, names).contains(name))) {
            problem(
                    "'verify' speaks of '" + name + "', which no signature covers",
                    "put it into the signed text");
        }
    }

    private void problem(String message, String fix) {
        problems.add(
                new Problem(ProblemCode.VALUE_INVALID, message, reader.place().toString(), fix));
    }
}
