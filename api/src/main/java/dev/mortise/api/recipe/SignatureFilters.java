package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Filter.Param;
import dev.mortise.api.recipe.Pipe.Args;
import dev.mortise.api.recipe.Verifier.Refusal;
import dev.mortise.api.recipe.codec.KeyReader;
import dev.mortise.api.recipe.codec.Malformed;
import dev.mortise.api.recipe.codec.Sm2Form;
import dev.mortise.api.recipe.codec.Sm2Signature;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;

/// Signatures with a key pair: the recipe names the private key, its setting names the public one.
/// The last argument of each is the id of the key, when a message names one.
final class SignatureFilters {
    private static final int SHA256_BYTES = 32;
    private static final Param KEY = Param.key("private key");
    private static final Param ID = Param.value("key id").orNone();
    private static final Param FORM = Param.word("form", "asn1", "raw");

    private SignatureFilters() {}

    static List<Filter> all() {
        return List.of(
                filter("rsa-sha1", KeyReader.Family.RSA, 1, (_, _) -> jca("SHA1withRSA"), KEY, ID),
                filter(
                        "rsa-sha256",
                        KeyReader.Family.RSA,
                        1,
                        (_, _) -> jca("SHA256withRSA"),
                        KEY,
                        ID),
                filter("rsa-pss-sha256", KeyReader.Family.RSA, 1, (_, _) -> pss(), KEY, ID),
                filter(
                        "ecdsa-sha256",
                        KeyReader.Family.EC,
                        2,
                        (args, _) ->
                                jca(
                                        args.word(1).equals("raw")
                                                ? "SHA256withECDSAinP1363Format"
                                                : "SHA256withECDSA"),
                        KEY,
                        FORM,
                        ID),
                filter("ed25519", KeyReader.Family.ED25519, 1, (_, _) -> jca("Ed25519"), KEY, ID),
                filter(
                        "sm2-sm3",
                        KeyReader.Family.SM2,
                        3,
                        (args, _) -> Sm2Signature.engine(args.bytes(1)),
                        KEY,
                        Param.value("user id"),
                        FORM,
                        ID));
    }

    private interface Engine {
        Signature make(Args args, KeyReader.Family family) throws GeneralSecurityException;
    }

    /// @param id where the argument with the id of the key stands
    private static Filter filter(
            String name, KeyReader.Family family, int id, Engine engine, Param... params) {
        return new Filter.Signature(
                name, List.of(params), new KeyPairScheme(name, family, id, engine));
    }

    private static Signature jca(String algorithm) throws GeneralSecurityException {
        return Signature.getInstance(algorithm);
    }

    private static Signature pss() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SHA256_BYTES, 1));
        return signature;
    }

    /// Signs with the private key of a setting and verifies with the keys of its partner.
    private record KeyPairScheme(String name, KeyReader.Family family, int id, Engine engine)
            implements Filter.Scheme {
        @Override
        public byte[] sign(byte[] text, Args args) {
            var key = args.scope().keys().privateKey(args.key(0), family, args.scope().now());
            try {
                Signature signature = engine.make(args, family);
                signature.initSign(key);
                signature.update(text);
                byte[] signed = signature.sign();
                return isRawSm2(args) ? Sm2Form.raw(signed) : signed;
            } catch (GeneralSecurityException e) {
                throw new Malformed("a private key that can sign with '" + name + "'");
            }
        }

        @Override
        public boolean verify(byte[] text, byte[] signature, Args args) {
            Setting partner = args.scope().setting(args.key(0).pair());
            String keyId = args.text(id, "");
            List<PublicKey> keys =
                    args.scope().keys().publicKeys(partner, family, keyId, args.scope().now());
            if (keys.isEmpty()) {
                throw new Refusal(
                        Verdict.Reason.KEY_UNKNOWN,
                        "no key of '" + partner.name() + "' with the id of the message is valid");
            }
            byte[] form = isRawSm2(args) ? Sm2Form.asn1(signature) : signature;
            return keys.stream().anyMatch(key -> verify(text, form, key, args));
        }

        private boolean isRawSm2(Args args) {
            return family == KeyReader.Family.SM2 && args.word(2).equals("raw");
        }

        private boolean verify(byte[] text, byte[] signature, PublicKey key, Args args) {
            try {
                Signature verifier = engine.make(args, family);
                verifier.initVerify(key);
                verifier.update(text);
                return verifier.verify(signature);
            } catch (SignatureException e) {
                return false;
            } catch (GeneralSecurityException e) {
                throw new Malformed("a public key that can verify with '" + name + "'");
            }
        }
    }
}
