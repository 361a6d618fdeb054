package dev.mortise.api.paging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;

/// Which paths have led somewhere, kept over processes: for each a file with the moment it last
/// did, named by a hash that tells nothing of the path. A file that cannot be read or written is no
/// proof, and none is needed to go on. Used by many threads and processes.
public final class Proofs {
    /// A path that led somewhere longer ago has to do so again.
    static final Duration LASTS = Duration.ofDays(1);

    private final Path folder;
    private final InstantSource clock;

    public Proofs(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// Whether a path has led somewhere within the last day.
    boolean has(String path) {
        try {
            Instant then = Instant.parse(Files.readString(file(path)));
            return then.plus(LASTS).isAfter(clock.instant());
        } catch (IOException | DateTimeException _) {
            return false;
        }
    }

    /// Notes that a path leads somewhere.
    void note(String path) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(path), clock.instant().toString());
        } catch (IOException _) {
            // A run that comes back has to find it out again.
        }
    }

    private Path file(String path) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(path.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
