package dev.mortise.engine.flow.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.engine.flow.secret.PlainSecrets.Spot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainSecretsTest {
    /// The connectors are not on this class path: words decide.
    private static String taken(String text) {
        List<Spot> spots = PlainSecrets.sure(text).orElseThrow();
        return PlainSecrets.replaced(text, spots, spot -> "<" + spot.path() + ">");
    }

    private static void takes(String expected, String text) {
        assertEquals(expected, taken(text), text);
    }

    @Test
    void findsValuesHoweverTheyAreWritten() {
        takes("password: <password>\nport: 1\n", "password: hunter2\nport: 1\n");
        takes("password: <password> # note\n", "password: 'it''s' # note\n");
        takes("password: <password>\n", "password: \"a\\\"b # no: note\"\n");
        takes("password:   <password>\r\nport: 1", "password:   a b\r\nport: 1");
        takes("{user: a, password: <password>, port: 1}", "{user: a, password: x, port: 1}");
        takes("private_key: <private_key>\n\nport: 1\n", "private_key: |\n  a\n  b\n\nport: 1\n");
        takes("private_key: <private_key>\n", "private_key: >-\n  a\n  b\n");
        takes("? password\n: <password>\n", "? password\n: x\n");
        takes("名: 数据😀\npassword: <password>\nx: 1\n", "名: 数据😀\npassword: 密码😀\nx: 1\n");
    }

    @Test
    void findsThemWhereTheyNest() {
        takes(
                "auth: {kind: oauth2, client_secret: <auth.client_secret>, token_url: /t}\n",
                "auth: {kind: oauth2, client_secret: s, token_url: /t}\n");
        takes(
                "headers:\n  - {Authorization: <headers.0.Authorization>}\n",
                "headers:\n  - {Authorization: Bearer x}\n");
        takes("a:\n  token: [<a.token.0>, <a.token.1>]\n", "a:\n  token: [a, b]\n");
    }

    @Test
    void leavesReferencesAndWhatIsEmpty() {
        for (String text :
                List.of(
                        "password: ${env:PW}\n",
                        "password: \"${secret:a}${env:B}\"\n",
                        "password:\n",
                        "password: ''\n",
                        "auth: {token: $.data.token}\n",
                        "keys: a\nuser: b\n",
                        "")) {
            takes(text, text);
        }
        takes("password: <password>\n", "password: x${env:PW}\n");
    }

    @Test
    void saysWhenItCannotTell() {
        assertEquals(Optional.empty(), PlainSecrets.sure("password: 'x\n"));
        assertEquals(Optional.empty(), PlainSecrets.sure("a: ".repeat(3) + "[".repeat(60)));
        assertEquals(Optional.empty(), PlainSecrets.sure("[".repeat(100_000)));
    }
}
