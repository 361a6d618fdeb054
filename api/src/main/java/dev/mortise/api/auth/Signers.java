package dev.mortise.api.auth;

import dev.mortise.api.token.JwtAlgorithm;
import dev.mortise.api.token.JwtSigner;
import dev.mortise.api.token.Sm2Style;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.TreeReader;
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
}
