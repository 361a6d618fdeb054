package dev.mortise.server;

import dev.mortise.server.settings.ServerSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// What Spring puts together: the slices below this package.
@SpringBootApplication
class Studio {
    /// For the build alone, which stops the start before anything is made, and writes down as code
    /// what Spring found until then. No setting may change what is found.
    public static void main(String[] args) {
        Server.application(
                        new ServerSettings(
                                Path.of(""), "127.0.0.1", 0, "", Optional.empty(), Map.of()))
                .run(args);
    }
}
