package dev.mortise.api.auth;

import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Problem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// How a connection proves itself in TLS, and whom it trusts there: `tls: {certificate: {file:
/// keys/app.pem}, key: {file: keys/app.key}, ca: {file: keys/vendor-ca.pem}}`.
public final class Tls {
    /// Tells a form that the text has several lines.
    static final String PEM = "-----BEGIN…";

    private static final char[] NO_PASSWORD = {};

    private Tls() {}

    /// The option, as forms show it.
    public static Option option() {
        return Option.tree(
                        "tls",
                        Sentence.of(
                                "Certificate and key that prove us, and whom we trust.",
                                "证明本方身份的证书与私钥，以及信任的 CA。"),
                        "{certificate: {file: keys/a.pem}, key: {file: keys/a.key}}")
                .asSecret()
                .of(
                        List.of(
                                AuthOptions.orFile(
                                        certificate("certificate", "Our certificate.", "本方证书。")),
                                AuthOptions.orFile(
                                        Option.text(
                                                        "key",
                                                        Sentence.of("Its private key.", "证书的私钥。"),
                                                        PEM)
                                                .asSecret()),
                                AuthOptions.orFile(
                                        certificate("ca", "Whom we trust.", "信任的 CA 证书。"))));
    }

    private static Option certificate(String name, String en, String zh) {
        return Option.text(name, Sentence.of(en, zh), PEM);
    }

    /// Empty when it was reported that it cannot be used.
    static Optional<SSLContext> read(Tree tree, Files files, List<Problem> problems) {
        TreeReader reader = TreeReader.of(tree, "'tls'", problems);
        Optional<PrivateKey> key = Pem.key(reader, "key", files);
        List<X509Certificate> chain = Pem.certificates(reader, "certificate", files);
        List<X509Certificate> trusted = Pem.certificates(reader, "ca", files);
        if (key.isPresent() && reader.find("certificate").isEmpty()) {
            reader.required("certificate", "{file: keys/app.pem}");
        }
        if (!chain.isEmpty() && reader.find("key").isEmpty()) {
            reader.required("key", "{file: keys/app.key}");
        }
        reader.end();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    chain.isEmpty() ? null : key.map(k -> managers(k, chain)).orElse(null),
                    trusted.isEmpty() ? null : trust(trusted),
                    null);
            return Optional.of(context);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may quote the key; its kind says enough.
            reader.invalid("key", "the key of 'certificate': " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static KeyManager @Nullable [] managers(PrivateKey key, List<X509Certificate> chain) {
        try {
            KeyStore store = empty();
            store.setKeyEntry("us", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static TrustManager[] trust(List<X509Certificate> trusted) {
        try {
            KeyStore store = empty();
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("ca" + i, trusted.get(i));
            }
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
