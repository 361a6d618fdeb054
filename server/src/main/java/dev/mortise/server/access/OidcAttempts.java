package dev.mortise.server.access;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.Hash;
import dev.mortise.server.store.Ids;
import dev.mortise.server.store.ShortLived;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/// Logins on their way through a provider: in the database, so that any server may receive the
/// answer; bound to the browser that began by a cookie, so that nobody is made to finish a login
/// of somebody else's; used once.
@Component
final class OidcAttempts implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    static final String COOKIE = "mortise_login";
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int COUNT_MAX = 10_000;

    private static final Table<Record> ATTEMPT = table("login_attempt");
    private static final Field<String> STATE = text("state");
    private static final Field<String> CONTENT = text("content");
    private static final Field<Long> UNTIL = big("until");
    private static final ShortLived ATTEMPTS = new ShortLived(ATTEMPT, UNTIL, COUNT_MAX);

    private final Database database;
    private final ObjectMapper json;

    OidcAttempts(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /// @param browser the hash of the cookie's value
    /// @param attributes among them the nonce, and the verifier of PKCE
    record Kept(
            String browser,
            String authorizationUri,
            String clientId,
            String redirectUri,
            Set<String> scopes,
            Map<String, String> attributes) {}

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest begun,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (begun == null) {
            return;
        }
        String browser = Ids.secret();
        Map<String, String> attributes = new java.util.HashMap<>();
        begun.getAttributes().forEach((name, value) -> attributes.put(name, value.toString()));
        Kept kept =
                new Kept(
                        Hash.of(browser),
                        begun.getAuthorizationUri(),
                        begun.getClientId(),
                        Objects.requireNonNullElse(begun.getRedirectUri(), ""),
                        begun.getScopes(),
                        attributes);
        String state = Objects.requireNonNull(begun.getState());
        database.write(
                dsl -> {
                    long now = database.now(dsl).toEpochMilli();
                    ATTEMPTS.makeRoom(dsl, now);
                    return dsl.insertInto(ATTEMPT)
                            .set(STATE, Hash.of(state))
                            .set(CONTENT, json.writeValueAsString(kept))
                            .set(UNTIL, now + LIFE.toMillis())
                            .execute();
                });
        setCookie(request, response, browser, LIFE.toSeconds());
    }

    /// `Lax`, for the browser comes back from another site.
    private static void setCookie(
            HttpServletRequest request, HttpServletResponse response, String value, long seconds) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, value)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .path(OidcChain.PATH)
                        .maxAge(seconds)
                        .build()
                        .toString());
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(
            HttpServletRequest request) {
        String state = request.getParameter("state");
        return state == null
                ? null
                : database.read(dsl -> find(dsl, state))
                        .flatMap(kept -> restored(kept, state, request))
                        .orElse(null);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        String state = request.getParameter("state");
        if (state == null) {
            return null;
        }
        setCookie(request, response, "", 0);
        return database.write(
                        dsl -> {
                            Optional<Kept> found = find(dsl, state);
                            int removed =
                                    dsl.deleteFrom(ATTEMPT)
                                            .where(STATE.eq(Hash.of(state)))
                                            .execute();
                            return removed == 1 ? found : Optional.<Kept>empty();
                        })
                .flatMap(kept -> restored(kept, state, request))
                .orElse(null);
    }

    private Optional<Kept> find(DSLContext dsl, String state) {
        return dsl.select(CONTENT)
                .from(ATTEMPT)
                .where(STATE.eq(Hash.of(state)))
                .and(UNTIL.gt(database.now(dsl).toEpochMilli()))
                .fetchOptional(CONTENT)
                .map(content -> json.readValue(content, Kept.class));
    }

    private static Optional<OAuth2AuthorizationRequest> restored(
            Kept kept, String state, HttpServletRequest request) {
        boolean isSameBrowser =
                Cookies.find(request, COOKIE)
                        .map(Hash::of)
                        .filter(kept.browser()::equals)
                        .isPresent();
        return isSameBrowser
                ? Optional.of(
                        OAuth2AuthorizationRequest.authorizationCode()
                                .authorizationUri(kept.authorizationUri())
                                .clientId(kept.clientId())
                                .redirectUri(kept.redirectUri())
                                .scopes(kept.scopes())
                                .state(state)
                                .attributes(all -> all.putAll(kept.attributes()))
                                .build())
                : Optional.empty();
    }
}
