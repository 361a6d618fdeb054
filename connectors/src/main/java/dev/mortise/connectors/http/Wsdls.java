package dev.mortise.connectors.http;

import dev.mortise.api.soap.schema.Documents;
import dev.mortise.api.soap.wsdl.Wsdl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The WSDL files of a project, each read once. Nothing outside the project's folder is read, and
/// nothing is fetched: a connection that is checked calls nobody.
final class Wsdls implements Documents {
    private final Path folder;
    private final Map<String, Wsdl> known = new HashMap<>();

    Wsdls(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Path folder() {
        return folder;
    }

    /// @throws dev.mortise.spi.problem.ProblemException when it is none, with the place in it
    Wsdl read(String location) {
        return known.computeIfAbsent(location, file -> Wsdl.read(this, file));
    }

    @Override
    public byte[] fetch(String location) throws IOException {
        if (location.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
            throw new IOException(
                    "expected a file of the project, got '" + location + "'; save it beside");
        }
        Path path = folder.resolve(location).normalize();
        if (!path.startsWith(folder)) {
            throw new IOException("expected a file below the project, got '" + location + "'");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(BYTES_MAX + 1);
        }
    }
}
