package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The state as JSON, in clear; only [SealedFile] writes it down. Words are never renamed: a newer
/// program must read what an older one has saved.
final class StateJson {
    private static final JsonMapper JSON = new JsonMapper();

    private StateJson() {}

    static byte[] write(TokenState state) {
        ObjectNode json = JSON.createObjectNode();
        json.put("serial", state.serial());
        state.token().ifPresent(token -> json.set("token", token(token)));
        state.refreshToken().ifPresent(t -> json.put("refresh_token", t.reveal()));
        state.underWay().ifPresent(since -> json.put("under_way", since.toString()));
        var attempts = json.putArray("attempts");
        state.attempts().forEach(at -> attempts.add(at.toString()));
        state.failure()
                .ifPresent(
                        f ->
                                json.putObject("failure")
                                        .put("at", f.at().toString())
                                        .put("code", f.problem().code().name())
                                        .put("message", f.problem().message())
                                        .put("place", f.problem().place())
                                        .put("fix", f.problem().fix()));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode token(Token token) {
        ObjectNode json = JSON.createObjectNode();
        json.put("serial", token.serial());
        json.put("value", token.value().reveal());
        json.put("usable_at", token.usableAt().toString());
        json.put("refresh_at", token.refreshAt().toString());
        json.put("expires_at", token.expiresAt().toString());
        ObjectNode told = json.putObject("told");
        token.told().forEach(told::put);
        return json;
    }

    /// @throws IOException when the bytes are no state, though the seal was ours
    static TokenState parse(byte[] bytes) throws IOException {
        try {
            JsonNode json = JSON.readTree(bytes);
            List<Instant> attempts = new ArrayList<>();
            json.path("attempts").forEach(at -> attempts.add(Instant.parse(at.asString())));
            return new TokenState(
                    json.path("serial").asLong(0),
                    find(json, "token").map(StateJson::parseToken),
                    find(json, "refresh_token").map(t -> new Secret(t.asString())),
                    find(json, "under_way").map(t -> Instant.parse(t.asString())),
                    attempts,
                    find(json, "failure").flatMap(StateJson::parseFailure));
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new IOException("reading the saved tokens", e);
        }
    }

    private static Optional<JsonNode> find(JsonNode json, String name) {
        JsonNode found = json.path(name);
        return found.isMissingNode() || found.isNull() ? Optional.empty() : Optional.of(found);
    }

    private static Token parseToken(JsonNode json) {
        Map<String, String> told = new LinkedHashMap<>();
        json.path("told").properties().forEach(e -> told.put(e.getKey(), e.getValue().asString()));
        return new Token(
                json.path("serial").asLong(0),
                new Secret(json.path("value").asString("")),
                instant(json, "usable_at"),
                instant(json, "refresh_at"),
                instant(json, "expires_at"),
                told);
    }

    private static Instant instant(JsonNode json, String name) {
        return Instant.parse(json.path(name).asString(""));
    }

    /// Empty when a newer program failed for a reason we do not know.
    private static Optional<TokenState.Failure> parseFailure(JsonNode json) {
        String word = json.path("code").asString("");
        return Stream.of(ProblemCode.values())
                .filter(code -> code.name().equals(word))
                .findFirst()
                .map(code -> new TokenState.Failure(instant(json, "at"), problem(code, json)));
    }

    private static Problem problem(ProblemCode code, JsonNode json) {
        return new Problem(
                code,
                json.path("message").asString(""),
                json.path("place").asString(""),
                json.path("fix").asString(""));
    }
}
