package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Filter.Param;
import dev.mortise.api.recipe.Value.Shape;
import dev.mortise.api.recipe.codec.KeyReader;
import dev.mortise.api.recipe.codec.Malformed;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Digests, and message authentication codes with a key. SM3 after GB/T 32905.
final class DigestFilters {
    private DigestFilters() {}

    static List<Filter> all() {
        return List.of(
                digest("md5", "MD5"),
                digest("sha1", "SHA-1"),
                digest("sha256", "SHA-256"),
                digest("sha512", "SHA-512"),
                digest("sm3", "SM3"),
                hmac("hmac-md5", "HmacMD5"),
                hmac("hmac-sha1", "HmacSHA1"),
                hmac("hmac-sha256", "HmacSHA256"),
                hmac("hmac-sha512", "HmacSHA512"),
                hmac("hmac-sm3", "HmacSM3"));
    }

    private static Filter digest(String name, String algorithm) {
        return filter(name, List.of(), (bytes, _) -> digest(algorithm).digest(bytes));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return algorithm.equals("SM3")
                    ? MessageDigest.getInstance(algorithm, KeyReader.BOUNCY_CASTLE)
                    : MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("looking for " + algorithm, e);
        }
    }

    private static Filter hmac(String name, String algorithm) {
        return filter(
                name,
                List.of(Param.value("key")),
                (bytes, args) -> hmac(algorithm, bytes, args.bytes(0)));
    }

    private static byte[] hmac(String algorithm, byte[] text, byte[] key) {
        if (key.length == 0) {
            throw new Malformed("a key that is not empty");
        }
        try {
            Mac mac =
                    algorithm.equals("HmacSM3")
                            ? Mac.getInstance(algorithm, KeyReader.BOUNCY_CASTLE)
                            : Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("computing " + algorithm, e);
        }
    }

    private static Filter filter(String name, List<Param> params, Filter.Code code) {
        return new Filter.Plain(
                name,
                Shape.BYTES,
                Shape.BYTES,
                params,
                (value, args) -> Value.of(code.code(value.bytes(), args)));
    }
}
