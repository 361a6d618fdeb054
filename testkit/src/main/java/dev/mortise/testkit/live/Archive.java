package dev.mortise.testkit.live;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.JarEntry;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// Unpacks server binaries from the class path. Everything is done in Java, because a bare machine
/// has no `xz`, and sometimes no `tar`.
final class Archive {
    private Archive() {}

    static void unpackTar(URL archive, Path target) throws IOException {
        try (var raw = new BufferedInputStream(archive.openStream(), 1 << 16);
                var tar = new TarArchiveInputStream(decompressed(archive.getPath(), raw))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                place(entry, tar, target);
            }
        }
    }

    /// Unpacks the folder of a jar that holds `marker`; files below `bin` become executable.
    static void unpackFolder(URL marker, String folder, Path target) throws IOException {
        var connection = (JarURLConnection) marker.openConnection();
        connection.setUseCaches(false);
        try (var jar = connection.getJarFile()) {
            for (var entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (entry.isDirectory() || !entry.getName().startsWith(folder)) continue;
                var name = entry.getName().substring(folder.length());
                try (var content = jar.getInputStream(entry)) {
                    write(content, inside(target, name), name.startsWith("bin/"));
                }
            }
        }
    }

    private static InputStream decompressed(String name, InputStream raw) throws IOException {
        return name.endsWith("xz") ? new XZInputStream(raw) : new GZIPInputStream(raw, 1 << 16);
    }

    private static void place(TarArchiveEntry entry, InputStream content, Path target)
            throws IOException {
        var path = inside(target, entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        if (entry.isSymbolicLink()) {
            link(path, entry.getLinkName(), target);
            return;
        }
        write(content, path, (entry.getMode() & 0100) != 0);
    }

    private static void link(Path path, String to, Path target) throws IOException {
        var folder = requireNonNull(path.getParent());
        inside(target, folder.resolve(to).toString());
        Files.createDirectories(folder);
        Files.createSymbolicLink(path, Path.of(to));
    }

    private static void write(InputStream content, Path path, boolean executable)
            throws IOException {
        Files.createDirectories(requireNonNull(path.getParent()));
        Files.copy(content, path);
        var rights = executable ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    private static Path inside(Path target, String name) throws IOException {
        var path = target.resolve(name).normalize();
        if (path.startsWith(target)) return path;
        throw new IOException("the archive points outside of its folder: '" + name + "'");
    }
}
