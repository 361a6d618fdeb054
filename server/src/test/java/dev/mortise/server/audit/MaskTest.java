package dev.mortise.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MaskTest {
    private static void masks(String expected, String text) {
        assertEquals(expected, Mask.of(text));
    }

    @Test
    void takesOutValuesAndLeavesReferences() {
        masks("host: a\npassword: ***\nport: 1\n", "host: a\npassword: hunter2\nport: 1\n");
        masks("password: ${secret:erp}\n", "password: ${secret:erp}\n");
        masks("password: \"${env:PW}\"\n", "password: \"${env:PW}\"\n");
        masks("{user: a, password: ***, port: 1}", "{user: a, password: hunter2, port: 1}");
        masks("client_secret: ***\nx: 1", "client_secret: 'it''s: a, secret'\nx: 1");
        masks("{\"api_key\":***,\"a\":1}", "{\"api_key\":\"a\\\"b, c\",\"a\":1}");
        masks("private_key: ***\nnext: 1", "private_key: |\n  line one\n\n  line two\nnext: 1");
    }

    @Test
    void takesOutAPrefixedValueToo() {
        masks("password: ***\n", "password: abc${env:PW}\n");
    }

    /// A pattern that went back and forth would take minutes for these.
    @Test
    void isDoneInTimeWhateverTheText() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    Mask.of("password".repeat(20_000));
                    Mask.of("password: |\n" + " \n".repeat(50_000));
                    Mask.of("token".repeat(20_000) + ": \"" + "\\".repeat(100_000));
                    Mask.of("a.".repeat(100_000));
                });
    }
}
