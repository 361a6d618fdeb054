package dev.mortise.api.soap;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.soap.Security.Password;
import dev.mortise.api.soap.Security.Signing;
import dev.mortise.api.soap.wsdl.Operation;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecurityTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private static Signing rsa;
    private static Signing curve;

    private final Envelope envelope = new Envelope(CLOCK, new Random(1));
    private final Operation find = Samples.read("customers.wsdl").operation("find");

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        rsa = Keys.make(folder, "rsa", "RSA");
        curve = Keys.make(folder, "curve", "EC");
    }

    private String write(Security security) throws IOException {
        var out = new ByteArrayOutputStream();
        envelope.write(find, Samples.json("{'code': 'x'}"), Headers.of(security), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String group(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }

    @Test
    void sendsADigestThatTheOtherSideCanMake() throws Exception {
        String xml = write(Security.user("li", new Secret("pä55"), Password.DIGEST));
        String nonce = group(xml, "Nonce [^>]*>([^<]+)<");
        String created = group(xml, "Created[^>]*>([^<]+)<");
        MessageDigest hash = MessageDigest.getInstance("SHA-1");
        hash.update(Base64.getDecoder().decode(nonce));
        hash.update((created + "pä55").getBytes(StandardCharsets.UTF_8));
        assertEquals(
                Base64.getEncoder().encodeToString(hash.digest()),
                group(xml, "#PasswordDigest\">([^<]+)<"));
        assertEquals("2026-11-25T12:00:00Z", created);
        assertFalse(xml.contains("pä55"));
        assertTrue(xml.contains("soap:mustUnderstand=\"1\""));
    }

    @Test
    void neverSendsANonceTwice() throws Exception {
        Security security = Security.user("li", new Secret("p"), Password.DIGEST);
        String nonce = "Nonce [^>]*>([^<]+)<";
        assertFalse(group(write(security), nonce).equals(group(write(security), nonce)));
    }

    @Test
    void sendsAPasswordAsTextWhenAsked() throws Exception {
        String xml = write(Security.user("li", new Secret("p<1"), Password.TEXT));
        assertEquals("p&lt;1", group(xml, "#PasswordText\">([^<]+)<"));
        assertFalse(xml.contains("Nonce"));
    }

    @Test
    void printsNoSecret() {
        assertFalse(
                Security.user("li", new Secret("hunter2"), Password.TEXT)
                        .toString()
                        .contains("hunter2"));
        assertEquals("Signing[CN=rsa]", rsa.toString());
    }

    private static void verify(Signing signing, String xml, Instant now) {
        new Verification(signing.certificate(), InstantSource.fixed(now))
                .verify(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(Signing signing, String xml, Instant now) {
        var refusal = assertThrows(ProblemException.class, () -> verify(signing, xml, now));
        assertEquals(ProblemCode.LOGIN_REFUSED, refusal.problem().code());
        return refusal.problem().message();
    }

    @Test
    void verifiesWhatItSigned() throws Exception {
        for (Signing signing : new Signing[] {rsa, curve}) {
            String xml = write(Security.signed(signing, Duration.ofMinutes(5)));
            assertDoesNotThrow(() -> verify(signing, xml, NOW));
            var answer =
                    (Answer.Returned)
                            envelope.readCall(
                                    find,
                                    new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
            assertEquals(Samples.json("{'code': 'x'}"), answer.value());
        }
    }

    @Test
    void refusesAChangedBodyAChangedTimeAndAnotherKey() throws Exception {
        String xml = write(Security.signed(rsa, Duration.ofMinutes(5)));
        refusal(rsa, xml.replace("<code>x<", "<code>y<"), NOW);
        refusal(rsa, xml.replace("12:05:00Z", "12:50:00Z"), NOW);
        refusal(curve, xml, NOW);
        assertTrue(refusal(rsa, xml, NOW.plusSeconds(301)).contains("valid until"));
    }

    @Test
    void refusesASignedBodyThatWasMovedAside() throws Exception {
        String xml = write(Security.signed(rsa, Duration.ofMinutes(5)));
        int from = xml.indexOf("<soap:Body");
        int to = xml.indexOf("</soap:Envelope>");
        String body = xml.substring(from, to);
        String evil = body.replace("<code>x<", "<code>evil<");
        String moved = "<aside>" + body + "</aside>";
        // The signed body in the header, and another one in its place, with the same id or not.
        String header = xml.substring(0, from).replace("</soap:Header>", moved + "</soap:Header>");
        refusal(rsa, header + evil + xml.substring(to), NOW);
        String renamed = evil.replace("wsu:Id=\"body\"", "wsu:Id=\"other\"");
        refusal(rsa, header + renamed + xml.substring(to), NOW);
        refusal(rsa, header + evil.replace(" wsu:Id=\"body\"", "") + xml.substring(to), NOW);
        refusal(rsa, xml.substring(0, from) + evil + body + xml.substring(to), NOW);
    }

    @Test
    void acceptsASignatureOverFurtherParts() throws Exception {
        String xml = write(Security.user("li", new Secret("p"), Password.TEXT));
        String signed = FurtherParts.sign(xml, rsa);
        assertDoesNotThrow(() -> verify(rsa, signed, NOW));
        refusal(rsa, signed.replace(">li<", ">lo<"), NOW);
    }

    @Test
    void refusesAnUnsignedAnswer() throws Exception {
        assertTrue(
                refusal(rsa, write(Security.user("u", new Secret("p"), Password.TEXT)), NOW)
                        .contains("expected one signature, got 0"));
    }
}
