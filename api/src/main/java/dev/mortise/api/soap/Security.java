package dev.mortise.api.soap;

import dev.mortise.spi.option.Secret;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;

/// WS-Security 1.0 of a request: any of a user, a time span and a signature.
///
/// @param timestamp how long the message is valid
/// @param signing signs the body, and the timestamp when there is one
/// @param mustUnderstand whether a service that does not know WS-Security has to refuse
public record Security(
        Optional<User> user,
        Optional<Duration> timestamp,
        Optional<Signing> signing,
        boolean mustUnderstand) {
    /// How the password travels.
    public enum Password {
        /// As it is; over TLS only.
        TEXT,
        /// Hashed with a nonce and the time.
        DIGEST
    }

    public record User(String name, Secret password, Password form) {}

    /// @param key RSA or EC; never printed
    public record Signing(PrivateKey key, X509Certificate certificate) {
        @Override
        public String toString() {
            return "Signing[" + certificate.getSubjectX500Principal() + "]";
        }
    }

    public static Security user(String name, Secret password, Password form) {
        User user = new User(name, password, form);
        return new Security(Optional.of(user), Optional.empty(), Optional.empty(), true);
    }

    public static Security signed(Signing signing, Duration valid) {
        return new Security(Optional.empty(), Optional.of(valid), Optional.of(signing), true);
    }
}
