package dev.mortise.api.soap;

import dev.mortise.api.soap.Security.Password;
import dev.mortise.api.soap.wsdl.SoapVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.xml.namespace.QName;

/// Writes the header `wsse:Security` with timestamp and user; a signature is added afterwards.
///
/// @param random of nonces; must not be guessable
record SecurityHeader(InstantSource clock, RandomGenerator random) {
    private static final String OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    static final String WSSE = OASIS + "wssecurity-secext-1.0.xsd";
    static final String WSU = OASIS + "wssecurity-utility-1.0.xsd";
    static final String X509 = OASIS + "x509-token-profile-1.0#X509v3";
    static final String BASE64 = OASIS + "soap-message-security-1.0#Base64Binary";
    static final QName ID = new QName(WSU, "Id");

    private static final String USER = OASIS + "username-token-profile-1.0";
    private static final int NONCE_BYTES = 16;

    void write(Markup out, Security security, SoapVersion version) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        out.start(new QName(WSSE, "Security"));
        if (security.mustUnderstand()) {
            out.attribute(new QName(version.namespace(), "mustUnderstand"), "1");
        }
        security.timestamp().ifPresent(valid -> timestamp(out, now, valid));
        security.user().ifPresent(user -> user(out, user, now));
        out.end();
    }

    private static void timestamp(Markup out, Instant now, Duration valid) {
        out.start(new QName(WSU, "Timestamp"));
        out.attribute(ID, "timestamp");
        out.leaf(new QName(WSU, "Created"), now.toString());
        out.leaf(new QName(WSU, "Expires"), now.plus(valid).toString());
        out.end();
    }

    private void user(Markup out, Security.User user, Instant now) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String password = user.password().reveal();
        boolean digest = user.form() == Password.DIGEST;
        out.start(new QName(WSSE, "UsernameToken"));
        out.leaf(new QName(WSSE, "Username"), user.name());
        out.start(new QName(WSSE, "Password"));
        out.attribute(new QName("Type"), USER + (digest ? "#PasswordDigest" : "#PasswordText"));
        out.text(digest ? digest(nonce, now.toString(), password) : password);
        out.end();
        if (digest) {
            out.start(new QName(WSSE, "Nonce"));
            out.attribute(new QName("EncodingType"), BASE64);
            out.text(Base64.getEncoder().encodeToString(nonce));
            out.end();
            out.leaf(new QName(WSU, "Created"), now.toString());
        }
        out.end();
    }

    /// `Base64(SHA-1(nonce + created + password))`, as the UsernameToken profile has it.
    static String digest(byte[] nonce, String created, String password) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-1");
            hash.update(nonce);
            hash.update(created.getBytes(StandardCharsets.UTF_8));
            hash.update(password.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
