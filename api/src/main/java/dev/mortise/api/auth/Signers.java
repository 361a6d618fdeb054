package dev.mortise.api.auth;

import dev.mortise.api.token.JwtAlgorithm;
import dev.mortise.api.token.JwtSigner;
import dev.mortise.api.token.Sm2Style;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.TreeReader;
import java.util.List;
import java.util.Optional;

/// Reads what signs JWTs: `algorithm, key, key_id, sm2_user, sm2_form`.
final class Signers {
    private Signers() {}

    /// @param fallback the algorithm where none is named
    static JwtSigner read(TreeReader reader, Files files, String fallback) {
        JwtAlgorithm algorithm =
                JwtAlgorithm.of(reader.choice("algorithm", fallback, JwtAlgorithm.WORDS));
        Optional<Secret> key = files.secret(reader, "key");
        if (key.isEmpty()) {
            reader.required("key", "{file: keys/app.pem}");
        }
        return new JwtSigner(
                algorithm,
                key.orElse(new Secret("")),
                reader.text("key_id", ""),
                Sm2Style.read(reader));
    }

    /// What [#read] reads, as forms show it.
    static List<Option> options(String fallback) {
        return List.of(
                Option.choice(
                                "algorithm",
                                JwtAlgorithm.WORDS,
                                Sentence.of("How it is signed.", "签名算法。"))
                        .or(fallback),
                AuthOptions.orFile(
                        Option.text(
                                        "key",
                                        Sentence.of("The key it is signed with.", "签名所用密钥。"),
                                        Tls.PEM)
                                .asRequired()
                                .asSecret()),
                Option.text("key_id", Sentence.of("Id of the key (kid).", "密钥 ID（kid）。"), "2024-1"),
                Option.text(
                        "sm2_user",
                        Sentence.of("User id of SM2.", "SM2 用户标识。"),
                        Sm2Style.USUAL.userId()),
                Option.choice(
                        "sm2_form",
                        List.of("raw", "asn1"),
                        Sentence.of("Form of an SM2 signature.", "SM2 签名的格式。")));
    }
}
