package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that talks only to whom it knows, and that the JVM does not know.
final class MutualTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final HttpsServer server;

    MutualTlsTest(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        this.folder = folder;
        KeyStore ours = made("server");
        KeyStore theirs = made("client");
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpsServer.create(any, 0);
        server.setHttpsConfigurator(strict(context(ours, theirs)));
        server.createContext(
                "/orders",
                exchange -> {
                    byte[] body = "[{\"id\":1}]".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static HttpsConfigurator strict(SSLContext context) {
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters strict = context.getDefaultSSLParameters();
                strict.setNeedClientAuth(true);
                parameters.setSSLParameters(strict);
            }
        };
    }

    private static SSLContext context(KeyStore ours, KeyStore theirs)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(ours, PASSWORD);
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("client", theirs.getCertificate("client"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /// A key pair with its certificate, also as PEM files in the folder.
    private KeyStore made(String name)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-validity",
                                "30",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-alias",
                                name,
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        pem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded());
        pem(name + ".pem", "CERTIFICATE", keys.getCertificate(name).getEncoded());
        return keys;
    }

    private void pem(String file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
    }

    private Fixture orders() {
        return new Fixture("https://127.0.0.1:" + server.getAddress().getPort())
                .in(folder)
                .set("retries", "0")
                .set("timeout", "5s")
                .orders(Map.of("path", "/orders", "columns", Map.of("id", "int64")));
    }

    private static Map<String, Object> file(String name) {
        return Map.of("file", name);
    }

    @Test
    void provesItselfToAServerItWasToldToTrust() {
        Map<String, Object> tls =
                Map.of(
                        "certificate", file("client.pem"),
                        "key", file("client.key"),
                        "ca", file("server.pem"));
        assertEquals(List.of(List.of("1")), orders().set("tls", tls).read());
    }

    @Test
    void isRefusedWithoutProofAndTrustsNobodyUntold() {
        Fixture bare = orders().set("tls", Map.of("ca", file("server.pem")));
        ProblemCode refused = assertThrows(ProblemException.class, bare::read).problem().code();
        assertTrue(
                List.of(ProblemCode.TLS_FAILED, ProblemCode.CONNECTION_LOST).contains(refused),
                refused::name);
        ProblemException untold = assertThrows(ProblemException.class, orders()::read);
        assertEquals(ProblemCode.TLS_FAILED, untold.problem().code());
    }

    @Test
    void namesWhatIsMissingAndWhatIsNone() throws IOException {
        Files.writeString(folder.resolve("none.pem"), "hello");
        assertNames("'certificate'", Map.of("key", file("client.key")));
        assertNames("certificates in PEM", Map.of("ca", file("none.pem")));
        assertNames("nowhere.pem", Map.of("ca", file("nowhere.pem")));
        assertNames("below the project", Map.of("ca", file("../server.pem")));
    }

    private void assertNames(String word, Map<String, Object> tls) {
        String all = orders().set("tls", tls).problems().toString();
        assertTrue(all.contains(word), all);
    }
}
