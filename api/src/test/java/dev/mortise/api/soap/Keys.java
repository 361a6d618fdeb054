package dev.mortise.api.soap;

import dev.mortise.api.soap.Security.Signing;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Keys made for one test run by the JDK's own tool; none is kept.
final class Keys {
    private static final char[] PASSWORD = "only-here".toCharArray();

    private Keys() {}

    /// @param algorithm `RSA` or `EC`
    static Signing make(Path folder, String name, String algorithm) throws Exception {
        Path file = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(List.of("-genkeypair", "-alias", name, "-keyalg", algorithm));
        command.addAll(List.of("-dname", "CN=" + name, "-keystore", file.toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new Signing(
                (PrivateKey) store.getKey(name, PASSWORD),
                (X509Certificate) store.getCertificate(name));
    }
}
