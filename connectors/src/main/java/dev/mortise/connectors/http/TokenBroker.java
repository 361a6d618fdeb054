package dev.mortise.connectors.http;

import dev.mortise.connectors.http.Auth.ClientCredentials;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Keeps the access token of a connection. One thread at a time asks for a new one; while the old
/// one still holds, the others go on with it. Used by many threads.
final class TokenBroker {
    private static final Duration LIFE_UNTOLD = Duration.ofHours(1);
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final ClientCredentials auth;
    private final Function<Call, Answer> send;
    private final Refusals refusals;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Token token;

    /// @param refreshAt from when on a new one is asked for, while this one is still used
    private record Token(String value, long refreshAt, long expiresAt) {}

    /// @param send sends a call unsigned and gives whatever answer comes in the end
    TokenBroker(
            ClientCredentials auth, Function<Call, Answer> send, Refusals refusals, Ticker ticker) {
        this.auth = auth;
        this.send = send;
        this.refusals = refusals;
        this.ticker = ticker;
    }

    String token() {
        Token held = token;
        long now = ticker.nanos();
        if (held != null && now - held.refreshAt < 0) {
            return held.value;
        }
        if (held != null && now - held.expiresAt < 0) {
            return ahead(held);
        }
        lock.lock();
        try {
            Token current = token;
            if (current != null && ticker.nanos() - current.refreshAt < 0) {
                return current.value;
            }
            return renewed().value;
        } finally {
            lock.unlock();
        }
    }

    /// The old token still holds: one thread renews it, and when that fails uses it up.
    private String ahead(Token held) {
        if (!lock.tryLock()) {
            return held.value;
        }
        try {
            Token current = token;
            return current != null && !current.equals(held) ? current.value : renewed().value;
        } catch (ProblemException _) {
            return held.value;
        } finally {
            lock.unlock();
        }
    }

    /// Asks for a new token because the API refused this one; unless somebody did already.
    void renew(String refused) {
        lock.lock();
        try {
            Token current = token;
            if (current == null || current.value.equals(refused)) {
                renewed();
            }
        } finally {
            lock.unlock();
        }
    }

    private Token renewed() {
        Call call = call();
        Answer answer = send.apply(call);
        if (!answer.ok()) {
            Problem problem = refusals.problem(call, answer);
            boolean ours = answer.status() == 400 || answer.status() == 403;
            throw new ProblemException(
                    ours
                            ? Problem.of(
                                    ProblemCode.LOGIN_REFUSED,
                                    problem.message(),
                                    "check 'client_id', 'client_secret' and 'scope' of 'auth'")
                            : problem);
        }
        Token fresh = parse(call, answer);
        refusals.conceal(fresh.value);
        token = fresh;
        return fresh;
    }

    private Token parse(Call call, Answer answer) {
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (JacksonException _) {
            throw new ProblemException(refusals.notJson(call, answer));
        }
        String value = json.path("access_token").asString("");
        if (value.isEmpty()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.LOGIN_REFUSED,
                            "expected an 'access_token' from '%s', got '%s'"
                                    .formatted(
                                            refusals.hide(auth.tokenUrl().toString()),
                                            refusals.shown(answer.body())),
                            "check 'token_url' of 'auth'"));
        }
        long seconds = json.path("expires_in").asLong(LIFE_UNTOLD.toSeconds());
        Duration life = Duration.ofSeconds(Math.clamp(seconds, 1, 1_000_000_000));
        Duration tenth = life.dividedBy(10);
        Duration ahead = tenth.compareTo(AHEAD_MAX) < 0 ? tenth : AHEAD_MAX;
        long now = ticker.nanos();
        return new Token(value, now + life.minus(ahead).toNanos(), now + life.toNanos());
    }

    private Call call() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.putAll(auth.params());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        String secret = auth.clientSecret().reveal();
        if (auth.inHeader()) {
            String pair = Uris.encode(auth.clientId()) + ":" + Uris.encode(secret);
            headers.put("Authorization", "Basic " + base64(pair));
        } else {
            form.put("client_id", auth.clientId());
            form.put("client_secret", secret);
        }
        StringJoiner body = new StringJoiner("&");
        form.forEach((name, value) -> body.add(Uris.encode(name) + "=" + Uris.encode(value)));
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return new Call("token", "POST", auth.tokenUrl(), headers, bytes, true, true, false);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
