package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Verifier.Refusal;
import dev.mortise.api.recipe.codec.Malformed;
import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How one vendor wants calls signed, as data: what is signed, with what, and where the signature
/// stands. The same recipe signs a message and verifies one. Immutable; safe for many threads.
///
/// ```
/// there   seal -> prepare -> sign -> place
/// back    read places -> compute again -> compare -> open
/// ```
///
/// Neither way writes the body anew, save where the recipe puts a member into a JSON body or a
/// field into a form: there it inserts bytes and leaves the others as they are.
public final class Recipe {
    private final String name;
    private final Sentence title;
    private final String source;
    private final Map<String, Setting> settings;
    private final Map<String, Pipe> names;
    private final List<Placement> prepare;
    private final List<Placement> place;
    private final Check check;
    private final Optional<Envelope> seal;
    private final Optional<Envelope> open;

    /// What verifying looks at beyond the placed values.
    ///
    /// @param once the name whose value may come only once; empty for none
    /// @param sealed the placed names that only the holder of a secret can compute
    record Check(Optional<Verifier.Window> window, String once, List<String> sealed) {}

    /// What is known of a recipe before its pipes.
    record Head(String name, Sentence title, String source, Map<String, Setting> settings) {}

    /// What is computed and where it goes.
    record Plan(Map<String, Pipe> names, List<Placement> prepare, List<Placement> place) {}

    Recipe(Head head, Plan plan, Check check, Optional<Envelope> seal, Optional<Envelope> open) {
        this.name = head.name();
        this.title = head.title();
        this.source = head.source();
        this.settings = new LinkedHashMap<>(head.settings());
        this.names = Map.copyOf(plan.names());
        this.prepare = List.copyOf(plan.prepare());
        this.place = List.copyOf(plan.place());
        this.check = check;
        this.seal = seal;
        this.open = open;
    }

    /// Reads a recipe and adds every problem it has; empty when it has any.
    public static Optional<Recipe> read(Tree tree, List<Problem> problems) {
        return RecipeReader.read(tree, problems);
    }

    /// Reads a recipe from YAML.
    ///
    /// @param file names the text in messages
    public static Optional<Recipe> read(String file, String yaml, List<Problem> problems) {
        return YamlText.definition(file, yaml, problems).flatMap(tree -> read(tree, problems));
    }

    /// The recipes that come with Mortise, by name.
    public static List<Recipe> shipped() {
        return List.copyOf(Shipped.ALL.values());
    }

    /// @throws ProblemException when no recipe of this name is shipped
    public static Recipe shipped(String name) {
        Recipe recipe = Shipped.ALL.get(name);
        if (recipe == null) {
            throw ProblemException.of(
                    ProblemCode.VALUE_INVALID,
                    "unknown recipe '" + name + "'",
                    Nearest.fix(name, Shipped.ALL.keySet()));
        }
        return recipe;
    }

    public String name() {
        return name;
    }

    public Sentence title() {
        return title;
    }

    /// Where the vendor says so.
    public String source() {
        return source;
    }

    public List<Setting> settings() {
        return List.copyOf(settings.values());
    }

    public boolean signs() {
        return !place.isEmpty();
    }

    public boolean seals() {
        return seal.isPresent();
    }

    public boolean opens() {
        return open.isPresent();
    }

    /// The message with what the recipe places added.
    ///
    /// @throws ProblemException when a setting is missing or unfit, or the message is
    public Message sign(Message message, Keys keys, Signing signing) {
        return doing("signing", ProblemCode.VALUE_INVALID, () -> signed(message, keys, signing));
    }

    private Message signed(Message message, Keys keys, Signing signing) {
        Scope scope = new Scope(settings, names, message, keys, signing);
        for (Placement placement : prepare) {
            Message bare = scope.message();
            scope.become(placement.render(scope).map(v -> placement.write(bare, v)).orElse(bare));
        }
        List<Optional<String>> values = place.stream().map(p -> p.render(scope)).toList();
        Message signed = scope.message();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isPresent()) {
                signed = place.get(i).write(signed, values.get(i).get());
            }
        }
        return signed;
    }

    /// Whether a received message was signed by the holder of the key, in time and once.
    ///
    /// @param signing gives the clock
    /// @throws ProblemException when a setting is missing or unfit; for what is wrong with the
    ///     message there is [Verdict.Refused]
    public Verdict verify(Message message, Keys keys, Signing signing, Seen seen) {
        if (!signs()) {
            // Where nothing is compared, everything would be right.
            return new Verdict.Refused(
                    Verdict.Reason.KEY_UNKNOWN, "recipe '" + name + "' signs nothing");
        }
        Verdict verdict = new Verdict.Refused(Verdict.Reason.KEY_UNKNOWN, "no keys");
        for (Keys choice : keys.choices(settings.values(), signing.clock().instant())) {
            Scope scope = new Scope(settings, names, message, choice, signing);
            verdict = Verifier.verify(this, scope, seen);
            boolean wrong =
                    verdict instanceof Verdict.Refused(var reason, var _)
                            && reason == Verdict.Reason.SIGNATURE_WRONG;
            if (!wrong) {
                return verdict;
            }
        }
        return verdict;
    }

    /// The message with its body in the encrypted form of the vendor; the same message when the
    /// recipe knows none.
    public Message seal(Message message, Keys keys, Signing signing) {
        return seal.map(
                        envelope ->
                                doing(
                                        "sealing",
                                        ProblemCode.VALUE_INVALID,
                                        () -> apply(envelope, message, keys, signing)))
                .orElse(message);
    }

    /// The message with its body in plain text; the same message when the recipe knows no
    /// encrypted form. Call it after [#verify], if the recipe signs.
    ///
    /// @throws ProblemException when the body cannot be decrypted, or is for another receiver
    public Message open(Message message, Keys keys, Signing signing) {
        return open.map(
                        envelope ->
                                doing(
                                        "opening",
                                        ProblemCode.ROW_MALFORMED,
                                        () -> opened(envelope, message, keys, signing)))
                .orElse(message);
    }

    /// With the first choice of secrets that opens it.
    private Message opened(Envelope envelope, Message message, Keys keys, Signing signing) {
        Malformed unfit = new Malformed("keys");
        for (Keys choice : keys.choices(settings.values(), signing.clock().instant())) {
            try {
                return apply(envelope, message, choice, signing);
            } catch (Malformed malformed) {
                unfit = malformed;
            }
        }
        throw unfit;
    }

    private Message apply(Envelope envelope, Message message, Keys keys, Signing signing) {
        return envelope.apply(new Scope(settings, envelope.names(), message, keys, signing));
    }

    private Message doing(String act, ProblemCode code, Supplier<Message> work) {
        try {
            return work.get();
        } catch (Malformed malformed) {
            throw ProblemException.of(
                    code,
                    "%s with recipe '%s': expected %s".formatted(act, name, malformed.expected()),
                    "compare the settings and the message with those of the vendor");
        } catch (Refusal refusal) {
            throw ProblemException.of(
                    code,
                    "%s with recipe '%s': %s".formatted(act, name, refusal.verdict().message()),
                    "compare the settings and the message with those of the vendor");
        }
    }

    /// All placements, in the order they are written.
    List<Placement> placements() {
        return Stream.concat(prepare.stream(), place.stream()).toList();
    }

    Optional<Verifier.Window> window() {
        return check.window();
    }

    String once() {
        return check.once();
    }

    boolean isSealed(String placed) {
        return check.sealed().contains(placed);
    }

    /// Read when the first recipe is asked for.
    private static final class Shipped {
        private static final Map<String, Recipe> ALL = ShippedRecipes.read();
    }

    @Override
    public String toString() {
        return "recipe '" + name + "'";
    }
}
