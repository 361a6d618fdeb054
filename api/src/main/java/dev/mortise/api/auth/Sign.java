package dev.mortise.api.auth;

import dev.mortise.api.answer.Answer;
import dev.mortise.api.answer.AnswerPath;
import dev.mortise.api.answer.Document;
import dev.mortise.api.recipe.Keys;
import dev.mortise.api.recipe.Message;
import dev.mortise.api.recipe.Pair;
import dev.mortise.api.recipe.Recipe;
import dev.mortise.api.recipe.Seen;
import dev.mortise.api.recipe.Setting;
import dev.mortise.api.recipe.Signing;
import dev.mortise.api.recipe.Verdict;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A recipe with the keys of a connection: signs calls, verifies and opens answers.
///
/// @param opened where an answer holds what the recipe opens; empty when answers are plain
/// @param answers verifies answers; empty when they are not signed
/// @param unsigned resources whose messages the recipe does not look at, such as downloads
public record Sign(
        Recipe recipe,
        Keys keys,
        List<Secret> secretValues,
        Optional<AnswerPath> opened,
        Optional<Sign> answers,
        Set<String> unsigned) {
    public Sign {
        secretValues = List.copyOf(secretValues);
        unsigned = Set.copyOf(unsigned);
    }

    /// Reads `sign`: the name of a recipe and its settings, and below `answers` the same for what
    /// comes back.
    public static Optional<Sign> read(Tree tree, Files files, List<Problem> problems) {
        TreeReader reader = TreeReader.of(tree, "'sign'", problems);
        Optional<Sign> answers =
                reader.find("answers").flatMap(inner -> plain(inner, files, problems));
        return one(reader, files, answers, false);
    }

    private static Optional<Sign> plain(Tree tree, Files files, List<Problem> problems) {
        TreeReader reader = TreeReader.of(tree, "'answers' of 'sign'", problems);
        return one(reader, files, Optional.empty(), true);
    }

    private static Optional<Sign> one(
            TreeReader reader, Files files, Optional<Sign> answers, boolean answering) {
        Optional<Recipe> recipe = recipe(reader);
        Optional<AnswerPath> opened = AnswerPath.read(reader, "open");
        Set<String> unsigned = answering ? Set.copyOf(reader.words("except")) : Set.of();
        if (recipe.isEmpty()) {
            reader.entries();
            return Optional.empty();
        }
        if (answering && !recipe.get().signs()) {
            reader.invalid("recipe", "one that signs: with this one no answer could be verified");
        }
        Keys keys = Keys.none();
        List<Secret> secrets = new ArrayList<>();
        for (Setting setting : recipe.get().settings()) {
            boolean map =
                    reader.find(setting.name()).orElse(null) instanceof Tree.Entries entries
                            && !entries.entries().containsKey("file");
            keys =
                    map
                            ? several(reader, setting, files, keys, secrets)
                            : single(reader, setting, files, keys, secrets);
        }
        reader.end();
        return Optional.of(new Sign(recipe.get(), keys, secrets, opened, answers, unsigned));
    }

    private static Optional<Recipe> recipe(TreeReader reader) {
        Optional<Tree> written = reader.find("recipe");
        if (written.isPresent() && written.get() instanceof Tree.Entries entries) {
            return Recipe.read(entries, reader.problems());
        }
        String name = reader.required("recipe", "kingdee");
        List<String> names = Recipe.shipped().stream().map(Recipe::name).toList();
        if (names.contains(name)) {
            return Optional.of(Recipe.shipped(name));
        }
        if (!name.isEmpty()) {
            reader.problem(
                    ProblemCode.OPTION_INVALID,
                    reader.placeOf("recipe"),
                    "unknown recipe '" + name + "'",
                    Nearest.fix(name, names));
        }
        return Optional.empty();
    }

    private static Keys single(
            TreeReader reader, Setting setting, Files files, Keys keys, List<Secret> secrets) {
        Optional<Secret> value = files.secret(reader, setting.name());
        if (value.isEmpty()) {
            if (setting.required()) {
                reader.required(setting.name(), setting.example());
            }
            return keys;
        }
        if (setting.secret()) {
            secrets.add(value.get());
        }
        return keys.with(setting.name(), value.get());
    }

    /// Several values by their ids, such as certificates by their serials.
    private static Keys several(
            TreeReader reader, Setting setting, Files files, Keys keys, List<Secret> secrets) {
        Keys more = keys;
        TreeReader inner = reader.inner(setting.name(), "'" + setting.name() + "'").orElseThrow();
        for (String id : inner.entries().keySet()) {
            Optional<Secret> value = files.secret(inner, id);
            if (value.isPresent()) {
                more = more.with(setting.name(), id, value.get(), Instant.MIN, Instant.MAX);
                secrets.addAll(setting.secret() ? List.of(value.get()) : List.of());
            }
        }
        return more;
    }

    Stream<Secret> secrets() {
        return Stream.concat(
                secretValues.stream(), answers.stream().flatMap(a -> a.secretValues().stream()));
    }

    /// The call sealed, if the recipe seals, and signed.
    Message sign(Message call, InstantSource clock) {
        Signing signing = signing(clock);
        Message sealed = call.body().length == 0 ? call : recipe.seal(call, keys, signing);
        return recipe.signs() ? recipe.sign(sealed, keys, signing) : sealed;
    }

    private static Signing signing(InstantSource clock) {
        return new Signing(clock, new SecureRandom(), Map.of());
    }

    /// Whether the answers of a resource have to be read whole to be verified or opened.
    boolean reads(String resource) {
        return opened.isPresent() || verifies(resource);
    }

    private boolean verifies(String resource) {
        return answers.isPresent() && !answers.get().unsigned.contains(resource);
    }

    /// The answer verified and opened.
    ///
    /// @throws ProblemException when it was not signed by the vendor, or cannot be opened
    byte[] received(Answer answer, String resource, InstantSource clock) {
        if (verifies(resource)) {
            answers.orElseThrow().verify(answer, clock);
        }
        if (opened.isEmpty()) {
            return answer.body();
        }
        Optional<String> sealed = Document.of(answer.body()).text(opened.get());
        if (sealed.isEmpty()) {
            return answer.body();
        }
        Message whole = Message.response(List.of(), sealed.get().getBytes(StandardCharsets.UTF_8));
        return recipe.open(whole, keys, signing(clock)).body();
    }

    private void verify(Answer answer, InstantSource clock) {
        List<Pair> headers =
                answer.headers().entrySet().stream()
                        .flatMap(h -> h.getValue().stream().map(v -> new Pair(h.getKey(), v)))
                        .toList();
        Message message = Message.response(headers, answer.body());
        Verdict verdict = recipe.verify(message, keys, signing(clock), Seen.nothing());
        if (verdict instanceof Verdict.Refused(var reason, var why)) {
            throw ProblemException.of(
                    ProblemCode.SERVER_FAILED,
                    "expected an answer signed as recipe '%s' says, got one that is not: %s (%s)"
                            .formatted(recipe.name(), why, reason),
                    "check the vendor's public key in 'answers' of 'sign', and the clock");
        }
    }

    /// What the settings are called, for messages.
    @Override
    public String toString() {
        return "Sign["
                + recipe.name()
                + recipe.settings().stream()
                        .map(Setting::name)
                        .collect(Collectors.joining(", ", " with ", "]"));
    }
}
