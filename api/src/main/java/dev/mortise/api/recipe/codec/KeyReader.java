package dev.mortise.api.recipe.codec;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECParameterSpec;
import org.bouncycastle.jce.spec.ECPrivateKeySpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;

/// Reads keys in the forms vendors hand them out: PEM, base64 of DER (PKCS #8, PKCS #1, X.509, a
/// certificate), 32 raw bytes for Ed25519, and hexadecimal numbers and points for SM2.
public final class KeyReader {
    /// Never registered: other code of the process keeps the providers it has.
    public static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] ED25519_PKCS8 = HEX.parseHex("302e020100300506032b657004220420");
    private static final byte[] ED25519_X509 = HEX.parseHex("302a300506032b6570032100");
    private static final int ED25519_BYTES = 32;
    private static final int PKCS1_PARTS_MIN = 9;
    private static final Pattern ARMOUR = Pattern.compile("-----(BEGIN|END) [A-Z0-9 ]+-----");
    private static final Pattern SM2_NUMBER = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SM2_POINT = Pattern.compile("(04)?([0-9a-fA-F]{128})");

    /// What a key is for.
    public enum Family {
        RSA,
        EC,
        ED25519,
        SM2
    }

    /// A public key and when its certificate is valid; always, when it came without one.
    public record Public(PublicKey key, Instant from, Instant until) {
        public boolean isValid(Instant at) {
            return !at.isBefore(from) && !at.isAfter(until);
        }
    }

    private KeyReader() {}

    public static PrivateKey privateKey(String setting, String text, Family family) {
        try {
            return privateKey(text, family);
        } catch (GeneralSecurityException e) {
            throw invalid(setting, "a private key of the kind " + family);
        }
    }

    /// @throws GeneralSecurityException when the text is no such key; may quote it
    public static PrivateKey privateKey(String text, Family family)
            throws GeneralSecurityException {
        try {
            if (family == Family.SM2 && SM2_NUMBER.matcher(text).matches()) {
                BigInteger number = new BigInteger(text, 16);
                // With 0 or n - 1 nothing could be signed (GB/T 32918.1 section 6.1).
                BigInteger most = sm2().getN().subtract(BigInteger.TWO);
                if (number.signum() == 0 || number.compareTo(most) > 0) {
                    throw new InvalidKeyException("a number outside the curve");
                }
                var spec = new ECPrivateKeySpec(number, sm2());
                return factory(family).generatePrivate(spec);
            }
            byte[] der = der(text);
            if (family == Family.ED25519
                    && (der.length == ED25519_BYTES || der.length == 2 * ED25519_BYTES)) {
                der = joined(ED25519_PKCS8, Arrays.copyOf(der, ED25519_BYTES));
            } else if (family == Family.RSA) {
                der = pkcs8(der);
            }
            return factory(family).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidKeyException(e);
        }
    }

    public static Public publicKey(String setting, String text, Family family) {
        try {
            var point = SM2_POINT.matcher(text);
            if (family == Family.SM2 && point.matches()) {
                byte[] encoded = HEX.parseHex("04" + point.group(2));
                var spec = new ECPublicKeySpec(sm2().getCurve().decodePoint(encoded), sm2());
                return always(factory(family).generatePublic(spec));
            }
            byte[] der = der(text);
            if (text.contains("BEGIN CERTIFICATE")) {
                return certificate(der, family);
            }
            if (family == Family.ED25519 && der.length == ED25519_BYTES) {
                der = joined(ED25519_X509, der);
            }
            return bare(der, family);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw invalid(setting, "a public key or a certificate of the kind " + family);
        }
    }

    private static Public bare(byte[] der, Family family) throws GeneralSecurityException {
        try {
            return always(factory(family).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException notBare) {
            return certificate(der, family);
        }
    }

    private static Public certificate(byte[] der, Family family) throws GeneralSecurityException {
        CertificateFactory factory =
                family == Family.SM2
                        ? CertificateFactory.getInstance("X.509", BOUNCY_CASTLE)
                        : CertificateFactory.getInstance("X.509");
        var found = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        if (found == null) {
            throw new IllegalArgumentException("no certificate");
        }
        PublicKey key =
                factory(family)
                        .generatePublic(new X509EncodedKeySpec(found.getPublicKey().getEncoded()));
        return new Public(key, found.getNotBefore().toInstant(), found.getNotAfter().toInstant());
    }

    private static Public always(PublicKey key) {
        return new Public(key, Instant.MIN, Instant.MAX);
    }

    private static KeyFactory factory(Family family) throws GeneralSecurityException {
        return switch (family) {
            case RSA -> KeyFactory.getInstance("RSA");
            case EC -> KeyFactory.getInstance("EC");
            case ED25519 -> KeyFactory.getInstance("Ed25519");
            case SM2 -> KeyFactory.getInstance("EC", BOUNCY_CASTLE);
        };
    }

    private static ECParameterSpec sm2() {
        return ECNamedCurveTable.getParameterSpec("sm2p256v1");
    }

    /// The bytes of a PEM block or of base64; of several blocks the first.
    private static byte[] der(String text) {
        var armour = ARMOUR.matcher(text);
        String block = text;
        if (armour.find()) {
            int from = armour.end();
            block = text.substring(from, armour.find() ? armour.start() : text.length());
        }
        return Base64.getDecoder().decode(block.replaceAll("\\s", ""));
    }

    /// An RSA key as PKCS #8, whether it was that or PKCS #1.
    private static byte[] pkcs8(byte[] der) throws IOException {
        ASN1Sequence sequence = ASN1Sequence.getInstance(der);
        if (sequence.size() < PKCS1_PARTS_MIN) {
            return der;
        }
        var rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        return new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(sequence)).getEncoded();
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }

    private static ProblemException invalid(String setting, String expected) {
        return ProblemException.of(
                ProblemCode.OPTION_INVALID,
                "setting '" + setting + "' of the recipe expects " + expected,
                "give it as PEM, or as base64 of its DER form");
    }
}
