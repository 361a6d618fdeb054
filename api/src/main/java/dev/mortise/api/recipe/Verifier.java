package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Verdict.Reason;
import dev.mortise.api.recipe.codec.Malformed;
import dev.mortise.api.recipe.codec.TimeUnit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs a recipe against a received message: reads the placed values, takes from them what was
/// fresh when the message was signed, computes everything else again and compares.
///
/// ```
/// read placements -> receive what is fresh -> compare the rest -> time window -> once
/// ```
///
/// The window and the memory of values seen come last, so that only signed messages touch them.
final class Verifier {
    /// How far back and ahead a timestamp may lie.
    record Window(String of, TimeLimit limit) {}

    record TimeLimit(TimeUnit unit, Duration within) {}

    private final Recipe recipe;
    private final Scope scope;
    private final Map<String, List<String>> received = new HashMap<>();

    private Verifier(Recipe recipe, Scope scope) {
        this.recipe = recipe;
        this.scope = scope;
    }

    static Verdict verify(Recipe recipe, Scope scope, Seen seen) {
        Verifier verifier = new Verifier(recipe, scope);
        try {
            verifier.read();
            verifier.receive();
            verifier.compare();
            verifier.checkTime();
            verifier.checkOnce(seen);
            return new Verdict.Accepted(verifier.single());
        } catch (Refusal refusal) {
            return refusal.verdict();
        } catch (Malformed malformed) {
            return new Verdict.Refused(Reason.MALFORMED, "expected " + malformed.expected());
        }
    }

    private void read() {
        for (Placement placement : recipe.placements()) {
            placement
                    .read(scope)
                    .forEach(
                            (name, values) ->
                                    received.computeIfAbsent(name, _ -> new ArrayList<>())
                                            .addAll(values));
        }
    }

    private void receive() {
        for (String name : received.keySet()) {
            if (isTaken(name)) {
                scope.receive(name, only(name));
            }
        }
    }

    /// Whether the value is the sender's to choose.
    private boolean isTaken(String name) {
        Optional<Pipe> pipe = scope.pipe(name);
        return pipe.map(Pipe::isFresh).orElseGet(() -> scope.setting(name).received());
    }

    private String only(String name) {
        List<String> values = received.getOrDefault(name, List.of());
        if (values.stream().distinct().count() != 1) {
            throw new Refusal(Reason.AMBIGUOUS, "expected one '" + name + "', found several");
        }
        return values.getFirst();
    }

    private void compare() {
        for (Map.Entry<String, List<String>> entry : received.entrySet()) {
            if (!isTaken(entry.getKey()) && !matches(entry.getKey(), entry.getValue())) {
                throw new Refusal(Reason.SIGNATURE_WRONG, "'" + entry.getKey() + "' differs");
            }
        }
    }

    /// A signature may stand there several times, as when keys change: one has to be right. Any
    /// other value has to be right wherever it stands.
    private boolean matches(String name, List<String> values) {
        Optional<Pipe> pipe = scope.pipe(name).filter(p -> p.signature().isPresent());
        if (pipe.isPresent()) {
            return values.stream().anyMatch(v -> verifies(pipe.get(), v));
        }
        byte[] computed = scope.value(name).bytes();
        boolean any = false;
        boolean all = true;
        for (String value : values) {
            boolean same = MessageDigest.isEqual(computed, bytes(value));
            any |= same;
            all &= same;
        }
        return recipe.isSealed(name) ? any : all;
    }

    private boolean verifies(Pipe pipe, String value) {
        try {
            return pipe.verifies(bytes(value), scope);
        } catch (Malformed malformed) {
            return false;
        }
    }

    private void checkTime() {
        Window window = recipe.window().orElse(null);
        if (window == null) {
            return;
        }
        Instant now = scope.now();
        String text = scope.value(window.of()).text();
        Instant sent =
                window.limit()
                        .unit()
                        .parse(text)
                        .orElseThrow(() -> new Malformed("a time in '" + window.of() + "'"));
        if (Duration.between(sent, now).abs().compareTo(window.limit().within()) > 0) {
            throw new Refusal(
                    Reason.OUT_OF_TIME,
                    "'%s' is more than %d s from the clock here"
                            .formatted(window.of(), window.limit().within().toSeconds()));
        }
    }

    private void checkOnce(Seen seen) {
        String once = recipe.once();
        if (once.isEmpty()) {
            return;
        }
        Instant now = scope.now();
        Duration within = recipe.window().orElseThrow().limit().within();
        String value = recipe.name() + ":" + scope.value(once).text();
        // It may bear a time as far ahead as the window allows, and is good at both ends of it.
        Instant until = now.plus(within.multipliedBy(2)).plusSeconds(1);
        if (!seen.first(value, now, until)) {
            throw new Refusal(Reason.REPLAYED, "'" + once + "' has come before");
        }
    }

    /// What was placed, but no secrets: a verdict may be logged.
    private Map<String, String> single() {
        Map<String, String> values = new HashMap<>();
        received.forEach(
                (name, found) -> {
                    boolean secret = scope.pipe(name).isEmpty() && scope.setting(name).secret();
                    if (!secret) {
                        values.put(name, found.getFirst());
                    }
                });
        return values;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Carries a refusal up to where the verdict is given.
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        Refusal(Reason reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }

        Verdict.Refused verdict() {
            return new Verdict.Refused(reason, String.valueOf(getMessage()));
        }
    }
}
