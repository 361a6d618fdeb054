package dev.mortise.api.auth;

import dev.mortise.api.recipe.codec.KeyReader;
import dev.mortise.api.recipe.codec.KeyReader.Family;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.TreeReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keys and certificates below the words of a definition, as text or as files of the project.
public final class Pem {
    private Pem() {}

    /// A private key of RSA or EC; empty when there is none, or when it was reported.
    public static Optional<PrivateKey> key(TreeReader reader, String name, Files files) {
        Optional<Secret> pem = files.secret(reader, name);
        if (pem.isEmpty()) {
            return Optional.empty();
        }
        for (Family family : List.of(Family.RSA, Family.EC)) {
            try {
                return Optional.of(KeyReader.privateKey(pem.get().reveal(), family));
            } catch (GeneralSecurityException | RuntimeException _) {
                // Of the other kind, perhaps.
            }
        }
        reader.invalid(name, "a private key of RSA or EC in PEM");
        return Optional.empty();
    }

    /// The certificates of a file, the holder's first; none when the word is absent, or when what
    /// it stands for was reported.
    public static List<X509Certificate> certificates(TreeReader reader, String name, Files files) {
        Optional<Secret> pem = files.secret(reader, name);
        if (pem.isEmpty()) {
            return List.of();
        }
        byte[] bytes = pem.get().reveal().getBytes(StandardCharsets.US_ASCII);
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Certificate each : factory.generateCertificates(new ByteArrayInputStream(bytes))) {
                found.add((X509Certificate) each);
            }
        } catch (GeneralSecurityException _) {
            found.clear();
        }
        if (found.isEmpty()) {
            reader.invalid(name, "certificates in PEM");
        }
        return found;
    }
}
