package dev.mortise.testkit.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/// A self-signed certificate for localhost, made by the JDK's `keytool`. MariaDB would otherwise
/// search for large primes at every start, which takes it up to 12 seconds.
final class SelfSigned {
    private static final String NAME = "localhost";
    private static final String STORE_PASSWORD = "changeit";

    private SelfSigned() {}

    /// Writes `server-cert.pem` and `server-key.pem` into a folder.
    static void write(Path folder, Path log, Account account) throws IOException {
        var store = folder.resolve("server.p12");
        ServerProcess.run(keytool(store), Path.of("/dev/null"), log, account.ourselves());
        try {
            var keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
            var key = keys.getKey(NAME, STORE_PASSWORD.toCharArray()).getEncoded();
            pem(folder.resolve("server-key.pem"), "PRIVATE KEY", key, account);
            var certificate = keys.getCertificate(NAME).getEncoded();
            pem(folder.resolve("server-cert.pem"), "CERTIFICATE", certificate, account);
            Files.delete(store);
        } catch (GeneralSecurityException e) {
            throw new LocalServerException("cannot make a certificate for the server", e);
        }
    }

    private static List<String> keytool(Path store) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                "3650",
                "-dname",
                "CN=" + NAME,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-alias",
                NAME,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD);
    }

    private static void pem(Path file, String kind, byte[] content, Account account)
            throws IOException {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        var text =
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(kind, encoder.encodeToString(content), kind);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        account.own(file);
    }
}
