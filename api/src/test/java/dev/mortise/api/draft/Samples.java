package dev.mortise.api.draft;

import dev.mortise.testkit.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The documents of the golden files, read as a user would import them.
final class Samples {
    private static final Path FOLDER =
            Path.of("src", "test", "resources", "dev", "mortise", "api", "draft");

    private Samples() {}

    static List<GoldenFile> all() {
        return GoldenFile.of(Samples.class);
    }

    static String input(String name) {
        return all().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow()
                .input();
    }

    static Hint hint(String name) {
        return Hint.of("shop", name).with(Samples::beside);
    }

    static Draft draft(String name) {
        return Draft.of(input(name), hint(name));
    }

    private static Optional<String> beside(String name) {
        Path file = FOLDER.resolve(name);
        if (!name.matches("[a-z]+\\.yaml") || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
