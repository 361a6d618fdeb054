package dev.mortise.testkit.live;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/// A folder of the user where servers are unpacked once and started from ever after. Safe with
/// concurrent starts: one process fills an entry under a lock, and it appears by one rename.
final class BinaryCache {
    /// Fills an empty folder with the content of an entry.
    interface Filling {
        void fill(Path folder) throws IOException;
    }

    private BinaryCache() {}

    /// The folder called `name`, filled first when it is not there yet.
    static synchronized Path entry(String name, Filling filling) {
        var root = root();
        var entry = root.resolve(name);
        if (Files.isDirectory(entry)) return entry;
        try {
            createReadable(root);
            try (var channel =
                            FileChannel.open(
                                    root.resolve(name + ".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                if (!Files.isDirectory(entry)) fill(entry, filling);
            }
            return entry;
        } catch (IOException e) {
            throw new LocalServerException(
                    "cannot unpack '%s' into '%s': set MORTISE_CACHE to a folder with 500 MB free"
                            .formatted(name, root),
                    e);
        }
    }

    private static void fill(Path entry, Filling filling) throws IOException {
        var draft = entry.resolveSibling(entry.getFileName() + ".tmp-" + UUID.randomUUID());
        createReadable(draft);
        try {
            filling.fill(draft);
            Files.move(draft, entry, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            ServerFolder.delete(draft);
        }
    }

    // Root gets a place outside its home, because the server's account cannot look in there.
    private static Path root() {
        var chosen = System.getenv("MORTISE_CACHE");
        if (chosen != null) return Path.of(chosen).toAbsolutePath();
        if (Account.current().root()) return Path.of("/var/cache/mortise");
        var xdg = System.getenv("XDG_CACHE_HOME");
        if (xdg != null) return Path.of(xdg, "mortise");
        return Path.of(System.getProperty("user.home"), ".cache", "mortise");
    }

    private static void createReadable(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
