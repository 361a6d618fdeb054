package dev.mortise.api.recipe.codec;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.jce.ECNamedCurveTable;

/// The two forms of an SM2 signature: an ASN.1 sequence of two numbers, or their 64 raw bytes.
public final class Sm2Form {
    private static final BigInteger ORDER = ECNamedCurveTable.getParameterSpec("sm2p256v1").getN();

    private Sm2Form() {}

    public static byte[] raw(byte[] asn1) {
        try {
            BigInteger[] numbers = StandardDSAEncoding.INSTANCE.decode(ORDER, asn1);
            return PlainDSAEncoding.INSTANCE.encode(ORDER, numbers[0], numbers[1]);
        } catch (IOException | IllegalArgumentException e) {
            throw new Malformed("an SM2 signature in ASN.1");
        }
    }

    public static byte[] asn1(byte[] raw) {
        try {
            BigInteger[] numbers = PlainDSAEncoding.INSTANCE.decode(ORDER, raw);
            return StandardDSAEncoding.INSTANCE.encode(ORDER, numbers[0], numbers[1]);
        } catch (IOException | IllegalArgumentException e) {
            throw new Malformed("an SM2 signature of 64 bytes");
        }
    }
}
