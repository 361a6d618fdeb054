package dev.mortise.api.auth;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Keys and certificates that a definition names as files of its project: `{file: keys/app.pem}`.
///
/// @param folder of the project
public record Files(Path folder) {
    /// Longest key file.
    private static final int BYTES_MAX = 256 * 1_024;

    /// The text below a word, or in the file it names; what is wrong is reported.
    public Optional<Secret> secret(TreeReader reader, String name) {
        Optional<Tree> found = reader.find(name);
        if (found.isPresent() && found.get() instanceof Tree.Entries entries) {
            return file(reader, name, entries);
        }
        return reader.text(name).map(Secret::new);
    }

    private Optional<Secret> file(TreeReader reader, String name, Tree.Entries entries) {
        String file = entries.text("file");
        if (file == null || entries.entries().size() != 1) {
            reader.invalid(name, "a text, or {file: path} with a path below the project");
            return Optional.empty();
        }
        Path root = folder.toAbsolutePath().normalize();
        Path path = root.resolve(file).normalize();
        if (!path.startsWith(root)) {
            reader.invalid(name, "a path below the project, got '" + file + "'");
            return Optional.empty();
        }
        try {
            if (java.nio.file.Files.size(path) > BYTES_MAX) {
                reader.invalid(name, "a file of at most " + BYTES_MAX + " bytes");
                return Optional.empty();
            }
            return Optional.of(new Secret(java.nio.file.Files.readString(path)));
        } catch (IOException e) {
            reader.invalid(
                    name,
                    "a file that can be read, '%s' cannot: %s"
                            .formatted(file, e.getClass().getSimpleName()));
            return Optional.empty();
        }
    }
}
