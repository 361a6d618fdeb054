package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Filter.Param;
import dev.mortise.api.recipe.Pipe.Args;
import dev.mortise.api.recipe.Value.Shape;
import dev.mortise.api.recipe.Verifier.Refusal;
import dev.mortise.api.recipe.codec.KeyReader;
import dev.mortise.api.recipe.codec.Malformed;
import dev.mortise.api.recipe.codec.Padding;
import dev.mortise.api.recipe.codec.Sm2Cipher;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.jspecify.annotations.Nullable;

/// Encryption, and the way back under the same name with `-decrypt`. Every choice is an argument:
/// the key, the nonce or initialisation vector, the associated data, the block that padding fills.
/// A GCM tag has 128 bits and stands at the end. Whatever is wrong with what is decrypted, the
/// message is the same, so that nobody learns from it.
final class CipherFilters {
    private static final int TAG_BITS = 128;
    private static final Param KEY = Param.value("key");
    private static final Param ORDER = Param.word("order", "c1c3c2", "c1c2c3");
    private static final Param FORM = Param.word("form", "raw", "bare", "asn1");

    private CipherFilters() {}

    static List<Filter> all() {
        List<Filter> filters = new ArrayList<>();
        for (int mode : new int[] {Cipher.ENCRYPT_MODE, Cipher.DECRYPT_MODE}) {
            String end = mode == Cipher.ENCRYPT_MODE ? "" : "-decrypt";
            filters.add(gcm("aes-gcm" + end, "AES", mode));
            filters.add(gcm("sm4-gcm" + end, "SM4", mode));
            filters.add(cbc("aes-cbc" + end, "AES", mode));
            filters.add(cbc("sm4-cbc" + end, "SM4", mode));
            filters.add(ecb("aes-ecb" + end, "AES", mode));
            filters.add(ecb("sm4-ecb" + end, "SM4", mode));
            filters.add(ecb("3des-ecb" + end, "DESede", mode));
        }
        filters.add(filter("rsa-oaep-sha1", List.of(Param.key("public key")), CipherFilters::seal));
        filters.add(
                filter(
                        "rsa-oaep-sha1-decrypt",
                        List.of(Param.key("private key")),
                        CipherFilters::open));
        List<Param> open = List.of(Param.key("public key"), ORDER, FORM);
        filters.add(filter("sm2", open, CipherFilters::sm2));
        List<Param> own = List.of(Param.key("private key"), ORDER, FORM);
        filters.add(filter("sm2-decrypt", own, CipherFilters::sm2Decrypt));
        return filters;
    }

    private static Filter gcm(String name, String algorithm, int mode) {
        List<Param> params = List.of(KEY, Param.value("nonce"), Param.value("associated data"));
        return filter(
                name,
                params,
                (bytes, args) -> {
                    var nonce = new GCMParameterSpec(TAG_BITS, args.bytes(1));
                    Key key = new SecretKeySpec(args.bytes(0), algorithm);
                    Cipher cipher =
                            cipher(algorithm + "/GCM/NoPadding", algorithm, mode, key, nonce);
                    cipher.updateAAD(args.bytes(2));
                    return cipher.doFinal(bytes);
                });
    }

    /// Pads to blocks of 16 or 32 bytes; the initialisation vector has 16.
    private static Filter cbc(String name, String algorithm, int mode) {
        List<Param> params =
                List.of(KEY, Param.value("initialisation vector"), Param.word("block", "16", "32"));
        return filter(
                name,
                params,
                (bytes, args) -> {
                    var vector = new IvParameterSpec(args.bytes(1));
                    int block = args.number(2);
                    Key key = new SecretKeySpec(args.bytes(0), algorithm);
                    Cipher cipher =
                            cipher(algorithm + "/CBC/NoPadding", algorithm, mode, key, vector);
                    return mode == Cipher.ENCRYPT_MODE
                            ? cipher.doFinal(Padding.add(bytes, block))
                            : Padding.remove(cipher.doFinal(bytes), block);
                });
    }

    /// Pads to the block of the cipher: 8 bytes for 3DES, 16 for the others.
    private static Filter ecb(String name, String algorithm, int mode) {
        return filter(
                name,
                List.of(KEY),
                (bytes, args) -> {
                    Key key = new SecretKeySpec(args.bytes(0), algorithm);
                    return cipher(algorithm + "/ECB/PKCS5Padding", algorithm, mode, key, null)
                            .doFinal(bytes);
                });
    }

    private static byte[] seal(byte[] bytes, Args args) throws GeneralSecurityException {
        return oaep(Cipher.ENCRYPT_MODE, publicKey(args, KeyReader.Family.RSA)).doFinal(bytes);
    }

    private static PublicKey publicKey(Args args, KeyReader.Family family) {
        Setting setting = args.key(0);
        var now = args.scope().now();
        return args.scope().keys().publicKeys(setting, family, "", now).stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refusal(
                                        Verdict.Reason.KEY_UNKNOWN,
                                        "no key of '" + setting.name() + "' is valid now"));
    }

    private static byte[] sm2(byte[] bytes, Args args) throws GeneralSecurityException {
        return form(args).encrypt(publicKey(args, KeyReader.Family.SM2), bytes);
    }

    private static byte[] sm2Decrypt(byte[] bytes, Args args) throws GeneralSecurityException {
        var now = args.scope().now();
        var key = args.scope().keys().privateKey(args.key(0), KeyReader.Family.SM2, now);
        return form(args).decrypt(key, bytes);
    }

    private static Sm2Cipher form(Args args) {
        return new Sm2Cipher(
                SM2Engine.Mode.valueOf(args.word(1).toUpperCase(Locale.ROOT)),
                Sm2Cipher.Form.valueOf(args.word(2).toUpperCase(Locale.ROOT)));
    }

    private static byte[] open(byte[] bytes, Args args) throws GeneralSecurityException {
        Key key =
                args.scope()
                        .keys()
                        .privateKey(args.key(0), KeyReader.Family.RSA, args.scope().now());
        return oaep(Cipher.DECRYPT_MODE, key).doFinal(bytes);
    }

    private static Cipher oaep(int mode, Key key) throws GeneralSecurityException {
        return cipher("RSA/ECB/OAEPWithSHA-1AndMGF1Padding", "RSA", mode, key, null);
    }

    private static Cipher cipher(
            String transformation,
            String algorithm,
            int mode,
            Key key,
            @Nullable AlgorithmParameterSpec spec)
            throws GeneralSecurityException {
        Cipher cipher =
                algorithm.equals("SM4")
                        ? Cipher.getInstance(transformation, KeyReader.BOUNCY_CASTLE)
                        : Cipher.getInstance(transformation);
        cipher.init(mode, key, spec);
        return cipher;
    }

    private interface Work {
        byte[] apply(byte[] bytes, Args args) throws GeneralSecurityException;
    }

    private static Filter filter(String name, List<Param> params, Work work) {
        return new Filter.Plain(
                name,
                Shape.BYTES,
                Shape.BYTES,
                params,
                (value, args) -> {
                    try {
                        return Value.of(work.apply(value.bytes(), args));
                    } catch (GeneralSecurityException | IllegalArgumentException e) {
                        throw new Malformed("a value and a key for '" + name + "'");
                    }
                });
    }
}
