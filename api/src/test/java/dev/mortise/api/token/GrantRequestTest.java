package dev.mortise.api.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.answer.AnswerPath;
import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GrantRequestTest {
    private static final Client BASIC = new Client.Basic("id:1", new Secret("p w"));
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private static String body(GrantRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    @Test
    void partsScopesBySpacesAndSignsInByHeader() {
        GrantRequest request = GrantRequest.clientCredentials(BASIC, List.of("a:read", "b"));
        assertEquals("grant_type=client_credentials&scope=a%3Aread+b", body(request));
        assertEquals("Basic aWQlM0ExOnArdw==", request.headers().get("Authorization"));
        assertFalse(request.toString().contains("aWQ"));
    }

    @Test
    void signsInByFormWhereAsked() {
        Client post = new Client.Post("id", new Secret("s&"));
        assertEquals(
                "grant_type=refresh_token&client_id=id&client_secret=s%26&refresh_token=r",
                body(GrantRequest.refresh(post, new Secret("r"), List.of())));
    }

    @Test
    void bringsTheVerifierWithTheCode() {
        Pkce pkce = new Pkce(new Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        // RFC 7636, appendix B.
        assertEquals("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", pkce.challenge());
        GrantRequest request =
                GrantRequest.authorizationCode(
                        new Client.Open("app"), new Secret("c"), "https://me/cb", pkce);
        assertTrue(body(request).endsWith("&code_verifier=" + pkce.verifier().reveal()));
        String url =
                pkce.authorizationUrl(
                        "https://as/authorize?x=1", "app", "https://me/cb", List.of("a", "b"), "s");
        assertEquals(
                "https://as/authorize?x=1&response_type=code&client_id=app"
                        + "&redirect_uri=https%3A%2F%2Fme%2Fcb&scope=a+b&state=s"
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                        + "&code_challenge_method=S256",
                url);
        assertEquals(43, Pkce.fresh(new SecureRandom()).verifier().reveal().length());
    }

    @Test
    void exchangesTokensAndAssertions() {
        Secret jwt = new Secret("h.c.s");
        assertEquals(
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=h.c.s",
                body(GrantRequest.jwtBearer(jwt, List.of())));
        String exchange =
                body(GrantRequest.tokenExchange(BASIC, jwt, GrantRequest.JWT, List.of("x")));
        assertTrue(exchange.contains("token-exchange&subject_token=h.c.s"), exchange);
        assertTrue(exchange.contains("subject_token_type=urn%3Aietf%3Aparams%3Aoauth"), exchange);
        Client signed = new Client.Signed("id", jwt);
        String own = body(GrantRequest.clientCredentials(signed, List.of()));
        assertTrue(own.contains("client-assertion-type%3Ajwt-bearer&client_assertion=h.c.s"), own);
    }

    @Test
    void readsWhatVendorsAnswer() {
        GrantAnswer ekuaibao =
                new GrantAnswer(
                        AnswerPath.parse("$.value.accessToken"),
                        AnswerPath.parse("$.value.expireTime"),
                        new Expiry.At(Duration.ofMillis(1)),
                        AnswerPath.parse("$.value.refreshToken"),
                        Map.of("corporation", AnswerPath.parse("$.value.corporationId")));
        String body =
                """
                {"value": {"accessToken": "a", "refreshToken": "r", "expireTime": 1772359200000,
                 "corporationId": "c1"}}""";
        Granted granted = ekuaibao.parse(body.getBytes(StandardCharsets.UTF_8), NOW);
        assertEquals("a", granted.value().reveal());
        assertEquals("r", granted.refreshToken().orElseThrow().reveal());
        assertEquals(Instant.ofEpochMilli(1772359200000L), granted.expiresAt().orElseThrow());
        assertEquals("c1", granted.told().get("corporation"));
        ProblemException e =
                assertThrows(
                        ProblemException.class,
                        () ->
                                GrantAnswer.OAUTH.parse(
                                        "{\"x\":\"hidden\"}".getBytes(StandardCharsets.UTF_8),
                                        NOW));
        assertFalse(e.problem().line().contains("hidden"));
        assertTrue(e.problem().line().contains("$.access_token"));
    }

    @Test
    void readsEveryWayToNameAnEnd() {
        Expiry seconds = GrantAnswer.OAUTH.format();
        assertEquals(Optional.of(NOW.plusSeconds(7200)), seconds.parse("7200", NOW));
        assertEquals(Optional.of(NOW.plusSeconds(7200)), seconds.parse("7200.0", NOW));
        for (String none : List.of("soon", "0", "-1", "NaN", "Infinity", "0x10", "")) {
            assertEquals(Optional.empty(), seconds.parse(none, NOW), none);
        }
        assertEquals(Optional.of(NOW.plus(Expiry.LIFE_MAX)), seconds.parse("9e30", NOW));
        Expiry ms = new Expiry.In(Duration.ofMillis(1));
        assertEquals(Optional.of(NOW.plusMillis(1500)), ms.parse("1500", NOW));
        Expiry text =
                new Expiry.Text(Optional.of("yyyy-MM-dd HH:mm:ss"), ZoneId.of("Asia/Shanghai"));
        assertEquals(Optional.of(NOW.plusSeconds(60)), text.parse("2026-03-01 16:01:00", NOW));
        Expiry iso = new Expiry.Text(Optional.empty(), ZoneId.of("UTC"));
        assertEquals(Optional.of(NOW), iso.parse("2026-03-01T16:00:00+08:00", NOW));
        assertEquals(Optional.of(NOW), iso.parse("2026-03-01T08:00:00", NOW));
        assertEquals(
                Optional.of(NOW.plus(Expiry.LIFE_MAX)), seconds.parse("99999999999999999", NOW));
    }

    @Test
    void refusesATokenThatCouldNotBeSentOrSaved() {
        for (String bad : List.of("a\\r\\nX-Evil: 1", "x".repeat(GrantAnswer.TOKEN_MAX + 1))) {
            String body = "{\"access_token\": \"%s\"}".formatted(bad);
            ProblemException e =
                    assertThrows(
                            ProblemException.class,
                            () ->
                                    GrantAnswer.OAUTH.parse(
                                            body.getBytes(StandardCharsets.UTF_8), NOW));
            assertTrue(e.problem().line().length() < 300, "no token in the message");
        }
    }

    @Test
    void refusesAPatternThatIsNoneBeforeAnyGrant() {
        List<Problem> problems = new ArrayList<>();
        YamlText.definition("a.yaml", "{expiry_as: at, expiry_format: 'yyyy-bb'}", problems)
                .ifPresent(tree -> GrantAnswer.read(TreeReader.of(tree, "it", problems)));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().message().contains("'yyyy-bb'"), problems::toString);
    }
}
