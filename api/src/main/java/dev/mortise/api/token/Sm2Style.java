package dev.mortise.api.token;

import dev.mortise.api.recipe.codec.Malformed;
import dev.mortise.api.recipe.codec.Sm2Form;
import dev.mortise.api.recipe.codec.Sm2Signature;
import dev.mortise.spi.option.TreeReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.util.List;

/// What vendors do not agree on when they sign with SM2 and SM3 (GB/T 32918.2).
///
/// @param userId goes into the hash together with the public key
/// @param asn1 whether the signature is the ASN.1 sequence of its two numbers, instead of the 64
///     raw bytes that JWS has for other curves
public record Sm2Style(String userId, boolean asn1) {
    /// The user id that GB/T 35276 names where none was agreed on, and the form of JWS.
    public static final Sm2Style USUAL = new Sm2Style("1234567812345678", false);

    /// The longest user id, in bytes: its length in bits is written in 16 bits.
    private static final int USER_ID_MAX = 8_191;

    /// Reads `sm2_user` and `sm2_form`; what is absent is as in [#USUAL].
    public static Sm2Style read(TreeReader reader) {
        String user = reader.text("sm2_user", USUAL.userId);
        String form = reader.choice("sm2_form", "raw", List.of("raw", "asn1"));
        if (user.getBytes(StandardCharsets.UTF_8).length > USER_ID_MAX) {
            reader.invalid("sm2_user", "at most " + USER_ID_MAX + " bytes");
            return USUAL;
        }
        return new Sm2Style(user, form.equals("asn1"));
    }

    byte[] sign(PrivateKey key, byte[] text) throws GeneralSecurityException {
        byte[] user = userId.getBytes(StandardCharsets.UTF_8);
        byte[] signed = Sm2Signature.sign(key, user, text);
        try {
            return asn1 ? signed : Sm2Form.raw(signed);
        } catch (Malformed _) {
            throw new InvalidKeyException("a key of another curve");
        }
    }
}
