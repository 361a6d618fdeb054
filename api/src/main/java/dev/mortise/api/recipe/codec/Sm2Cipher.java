package dev.mortise.api.recipe.codec;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.jcajce.provider.asymmetric.util.ECUtil;
import org.bouncycastle.util.BigIntegers;

/// Encryption with an SM2 key pair (GB/T 32918.4). C1 is a point, C2 what is encrypted, C3 a
/// digest.
///
/// @param order how the parts follow each other; the standard of 2016 has C1C3C2, older software
///     C1C2C3. Of no meaning for ASN.1
/// @param form how the whole is written
public record Sm2Cipher(SM2Engine.Mode order, Form form) {
    private static final int NUMBER = 32;
    private static final int POINT = 1 + 2 * NUMBER;
    private static final int DIGEST = 32;
    private static final byte UNCOMPRESSED = 4;

    /// The forms of a text in cipher.
    public enum Form {
        /// The bytes, the point with the `04` before it.
        RAW,
        /// The bytes without that `04`.
        BARE,
        /// The sequence of GM/T 0009: both numbers of the point, digest, encrypted bytes.
        ASN1
    }

    public byte[] encrypt(PublicKey key, byte[] plain) throws GeneralSecurityException {
        SM2Engine engine = engine();
        var parameters = ECUtil.generatePublicKeyParameter(key);
        engine.init(true, new ParametersWithRandom(parameters, new SecureRandom()));
        return write(run(engine, plain));
    }

    public byte[] decrypt(PrivateKey key, byte[] cipher) throws GeneralSecurityException {
        byte[] raw = read(cipher);
        if (raw.length <= POINT + DIGEST) {
            throw new GeneralSecurityException("too short");
        }
        SM2Engine engine = engine();
        engine.init(false, ECUtil.generatePrivateKeyParameter(key));
        return run(engine, raw);
    }

    private SM2Engine engine() {
        return new SM2Engine(form == Form.ASN1 ? SM2Engine.Mode.C1C3C2 : order);
    }

    private static byte[] run(SM2Engine engine, byte[] bytes) throws GeneralSecurityException {
        try {
            return engine.processBlock(bytes, 0, bytes.length);
        } catch (InvalidCipherTextException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private byte[] write(byte[] raw) throws GeneralSecurityException {
        return switch (form) {
            case RAW -> raw;
            case BARE -> Arrays.copyOfRange(raw, 1, raw.length);
            case ASN1 -> asn1(raw);
        };
    }

    private byte[] read(byte[] cipher) throws GeneralSecurityException {
        return switch (form) {
            case RAW -> cipher;
            case BARE -> joined(new byte[] {UNCOMPRESSED}, cipher);
            case ASN1 -> raw(cipher);
        };
    }

    private static byte[] asn1(byte[] raw) throws GeneralSecurityException {
        var x = new BigInteger(1, Arrays.copyOfRange(raw, 1, 1 + NUMBER));
        var y = new BigInteger(1, Arrays.copyOfRange(raw, 1 + NUMBER, POINT));
        byte[] digest = Arrays.copyOfRange(raw, POINT, POINT + DIGEST);
        byte[] encrypted = Arrays.copyOfRange(raw, POINT + DIGEST, raw.length);
        try {
            return new DERSequence(
                            new ASN1Encodable[] {
                                new ASN1Integer(x),
                                new ASN1Integer(y),
                                new DEROctetString(digest),
                                new DEROctetString(encrypted)
                            })
                    .getEncoded();
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static byte[] raw(byte[] asn1) {
        ASN1Sequence parts = ASN1Sequence.getInstance(asn1);
        if (parts.size() != 4) {
            throw new IllegalArgumentException("parts: " + parts.size());
        }
        byte[] x = number(parts, 0);
        byte[] y = number(parts, 1);
        byte[] digest = ASN1OctetString.getInstance(parts.getObjectAt(2)).getOctets();
        byte[] encrypted = ASN1OctetString.getInstance(parts.getObjectAt(3)).getOctets();
        return joined(new byte[] {UNCOMPRESSED}, x, y, digest, encrypted);
    }

    private static byte[] number(ASN1Sequence parts, int index) {
        BigInteger number = ASN1Integer.getInstance(parts.getObjectAt(index)).getPositiveValue();
        return BigIntegers.asUnsignedByteArray(NUMBER, number);
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
