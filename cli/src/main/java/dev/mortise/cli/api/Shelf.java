package dev.mortise.cli.api;

import dev.mortise.api.cassette.Cassette;
import dev.mortise.api.cassette.Masking;
import dev.mortise.api.cassette.Masks;
import dev.mortise.api.egress.Uris;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The cassettes of a project: `cassettes/<connection>/<resource>.yaml`.
///
/// @param folder the project's
record Shelf(Path folder) {
    private static final int SEED_BYTES = 32;
    private static final long FILE_MAX = 3L * Cassette.BYTES_MAX;

    Path file(String connection, String resource) {
        return folder.resolve("cassettes")
                .resolve(Uris.encode(connection))
                .resolve(Uris.encode(resource) + ".yaml");
    }

    /// A path as people see it: relative to the project where it lies in it.
    String shown(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        return whole.startsWith(folder) ? folder.relativize(whole).toString() : file.toString();
    }

    Optional<Cassette> find(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > FILE_MAX) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "'%s' holds more than %d bytes".formatted(shown(file), FILE_MAX),
                    "record fewer pages");
        }
        List<Problem> problems = new ArrayList<>();
        Cassette cassette = Cassette.read(shown(file), Files.readString(file), problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems.getFirst());
        }
        return Optional.of(cassette);
    }

    /// @throws ProblemException FILE_MISSING when nothing was recorded yet
    Cassette load(Path file, String target) throws IOException {
        return find(file)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.FILE_MISSING,
                                        "expected a cassette at '%s', there is none"
                                                .formatted(shown(file)),
                                        "record it first: mortise record " + target));
    }

    /// Whole or not at all.
    void save(Path file, Cassette cassette) throws IOException {
        Path home = java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(home);
        Path written = home.resolve(file.getFileName() + ".new");
        try {
            Files.writeString(written, cassette.yaml(), StandardCharsets.UTF_8);
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /// Masks that are the same each time, and that nobody can undo who has the cassette alone: the
    /// seed stays in the project's state.
    ///
    /// @param wanted those of the fields that must occur
    Masking masking(List<String> fields, List<String> wanted) throws IOException {
        if (fields.isEmpty()) {
            return Masking.none();
        }
        Path file = folder.resolve(".mortise").resolve("mask.seed");
        if (!Files.isRegularFile(file)) {
            Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
            byte[] seed = new byte[SEED_BYTES];
            new SecureRandom().nextBytes(seed);
            Files.write(file, seed);
        }
        return new Masking(fields, wanted, new Masks(Files.readAllBytes(file)));
    }
}
