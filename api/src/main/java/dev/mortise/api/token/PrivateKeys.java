package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Private keys as people have them: PEM with PKCS#8 or, for RSA, PKCS#1; or the base64 alone.
final class PrivateKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]+)-----END \\1-----");

    /// AlgorithmIdentifier of `rsaEncryption`, with the version before it (RFC 5208, RFC 8017).
    private static final byte[] RSA_HEAD = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private PrivateKeys() {}

    /// @throws IllegalArgumentException when the text is no base64
    static PrivateKey parse(Secret key, String kind) throws GeneralSecurityException {
        String text = key.reveal().strip();
        Matcher pem = PEM.matcher(text);
        boolean wrapped = pem.find();
        byte[] der = Base64.getMimeDecoder().decode(wrapped ? pem.group(2) : text);
        if (wrapped && pem.group(1).equals("RSA PRIVATE KEY")) {
            der = pkcs8(der);
        }
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /// Puts a PKCS#1 key into the PKCS#8 form that the JDK reads.
    private static byte[] pkcs8(byte[] pkcs1) {
        byte[] octets = tagged(0x04, pkcs1);
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA_HEAD);
        inner.writeBytes(octets);
        return tagged(0x30, inner.toByteArray());
    }

    /// DER: tag, length in as few bytes as hold it, content.
    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 128) {
            out.write(length);
        } else {
            int bytes = (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >> (8 * i));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
