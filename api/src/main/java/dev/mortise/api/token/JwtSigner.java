package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;

/// What signs the JWTs of a connection.
///
/// @param key of a symmetric algorithm its text, else a private key: PEM (PKCS#8, or PKCS#1 for
///     RSA), or 64 hexadecimal digits for SM2
/// @param keyId stands in the header as `kid`; empty for none
/// @param sm2 how SM2 signs; of no matter to the other algorithms
public record JwtSigner(JwtAlgorithm algorithm, Secret key, String keyId, Sm2Style sm2) {
    public Secret sign(Jwt jwt) {
        Jwt headed = keyId.isEmpty() ? jwt : jwt.headed("kid", keyId);
        return headed.sign(algorithm, key, sm2);
    }
}
