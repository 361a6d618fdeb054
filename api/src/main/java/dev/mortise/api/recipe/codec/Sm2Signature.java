package dev.mortise.api.recipe.codec;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import org.bouncycastle.jcajce.spec.SM2ParameterSpec;

/// Signatures by SM2 with SM3 (GB/T 32918.2).
public final class Sm2Signature {
    private Sm2Signature() {}

    /// @param userId goes into the hash together with the public key
    /// @return in ASN.1; [Sm2Form#raw] makes 64 bytes of it
    public static byte[] sign(PrivateKey key, byte[] userId, byte[] text)
            throws GeneralSecurityException {
        Signature signature = engine(userId);
        signature.initSign(key);
        signature.update(text);
        return signature.sign();
    }

    /// @param signature in ASN.1
    public static boolean verifies(PublicKey key, byte[] userId, byte[] text, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = engine(userId);
        verifier.initVerify(key);
        verifier.update(text);
        try {
            return verifier.verify(signature);
        } catch (SignatureException _) {
            return false;
        }
    }

    /// Ready for a key.
    public static Signature engine(byte[] userId) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SM3withSM2", KeyReader.BOUNCY_CASTLE);
        signature.setParameter(new SM2ParameterSpec(userId));
        return signature;
    }
}
