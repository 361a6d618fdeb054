package dev.mortise.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What shows of a text in which secrets stand.
final class HidingTest {
    private final Hiding hiding = new Hiding();

    @ParameterizedTest
    @CsvSource({
        "the token tok-1/2+3 is unknown, the token *** is unknown",
        "?token=tok-1%2F2%2B3&x, ?token=***&x",
        "dG9rLTEvMisz, ***",
        "the token tok-1/2…, the token ***…",
        "tok-1… and tok-1/2+3 and tok-…, ***… and *** and ***…",
        "tok-1% of them…, tok-1% of them…",
        "to…, to…"
    })
    void hidesASecretInEachFormAndWhereItIsCut(String text, String shown) {
        hiding.conceal("tok-1/2+3");
        assertEquals(shown, hiding.hide(text));
    }

    @Test
    void hidesTheBeginningOfTheLongerOfTwo() {
        hiding.conceal("eyJhbGci");
        hiding.conceal("eyJhbGci.eyJzdWIi.c2lnbmVk");
        assertEquals("got ***…", hiding.hide("got eyJhbGci.eyJz…"));
    }

    @Test
    void forgetsWhatWasMadeForOneCallLongAgo() {
        hiding.conceal("for-good");
        for (int i = 1_000; i < 2_000; i++) {
            hiding.concealPassing("passing-" + i);
        }
        assertEquals("*** *** ***", hiding.hide("for-good passing-1744 passing-1999"));
        assertEquals("passing-1743", hiding.hide("passing-1743"));
    }

    @Test
    void tellsTheCookiesThatLetIn() {
        var telling = Cookies.telling("SID=a1b2; lang=zh-CN; kd=0123456789; odd", "SID");
        assertTrue(telling.contains("a1b2"), telling::toString);
        assertTrue(telling.contains("0123456789"), telling::toString);
        assertFalse(telling.contains("zh-CN"), telling::toString);
    }
}
