package dev.mortise.api.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.draft.call.Finding;
import dev.mortise.api.draft.call.Secrets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No secret of a document shows in what is made of it.
final class SecretsTest {
    @ParameterizedTest
    @CsvSource({
        "postman, tok_9a8b7c6d5e4f",
        "postman, s3cr3t-Value-778899",
        "curl-bash, eyJzdWIiOiI0MiJ9",
        "curl-bash, abc123def456",
        "curl-bash, hunter2hunter2",
        "curl-bash, sk_live_51HxYzAbCdEf",
        "curl-bash, K9K9K9K9K9",
        "curl-cmd, K-12345-SECRET",
        "har, har-token-Zx81",
        "wechat-like, live-secret-9f8e7d"
    })
    void keepsSecretsBack(String sample, String secret) {
        assertTrue(Samples.input(sample).contains(secret), "the document holds it");
        Draft draft = Samples.draft(sample);
        assertFalse(draft.yaml().contains(secret), draft.yaml());
        assertFalse(draft.toString().contains(secret), draft.toString());
    }

    @Test
    void tellsWhichSecretsWereReplaced() {
        List<String> told =
                Samples.draft("curl-cmd").findings().stream()
                        .filter(finding -> finding.kind() == Finding.Kind.SECRET)
                        .map(Finding::fix)
                        .toList();
        assertEquals(List.of("set the environment variable 'SHOP_X_API_KEY'"), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "X-Api-Key", "access_token", "appSecret", "Cookie", "sign"})
    void knowsSecretsByName(String name) {
        assertTrue(Secrets.isNamed(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"page_token", "nextPageToken", "keyword", "sign_type", "expires_in"})
    void leavesHarmlessNames(String name) {
        assertFalse(Secrets.isNamed(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer abcdefgh",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.x",
                "ghp_0123456789abcdefghijABCDEFGHIJ",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"
            })
    void knowsSecretsByLook(String value) {
        assertTrue(Secrets.looks(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BD_MATERIAL",
                "2024-05-01 08:00:00",
                "123e4567-e89b-12d3-a456-426614174000"
            })
    void leavesHarmlessValues(String value) {
        assertFalse(Secrets.looks(value));
    }
}
