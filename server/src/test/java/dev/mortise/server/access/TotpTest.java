package dev.mortise.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotpTest {
    /// The ASCII text 12345678901234567890 of RFC 6238, appendix B, in base32.
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /// The appendix has eight digits; six are their end.
    private static final Map<Long, String> CODES =
            Map.of(
                    59L, "287082",
                    1111111109L, "081804",
                    1111111111L, "050471",
                    1234567890L, "005924",
                    2000000000L, "279037",
                    20000000000L, "353130");

    @Test
    void countsAsTheStandardDoes() {
        CODES.forEach(
                (second, code) ->
                        assertEquals(code, Totp.code(SECRET, Instant.ofEpochSecond(second))));
    }

    @Test
    void forgivesOneStepAndNoMore() {
        Instant now = Instant.ofEpochSecond(1234567890);
        for (int off : new int[] {-30, 0, 30}) {
            String code = Totp.code(SECRET, now.plusSeconds(off));
            assertEquals((1234567890 + off) / 30, Totp.step(SECRET, code, now).orElseThrow());
        }
        for (int off : new int[] {-60, 60, 90}) {
            assertTrue(Totp.step(SECRET, Totp.code(SECRET, now.plusSeconds(off)), now).isEmpty());
        }
        assertTrue(Totp.step(SECRET, "", now).isEmpty());
    }

    @Test
    void makesSecretsThatAppsRead() {
        String secret = Totp.secret();
        assertTrue(secret.matches("[A-Z2-7]{32}"), secret);
        Instant now = Instant.ofEpochSecond(1234567890);
        assertTrue(Totp.step(secret, Totp.code(secret, now), now).isPresent());
        assertEquals(
                "otpauth://totp/Mortise:%E7%8E%8B%20w?secret=" + secret + "&issuer=Mortise",
                Totp.uri("王 w", secret));
    }
}
