package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A small file whose content only the holder of a secret can read or change: AES-256-GCM. Replaced
/// whole, by a rename, so that a crash leaves the old content or the new. Callers take turns.
final class SealedFile {
    private static final int BYTES_MAX = 1 << 20;

    private final Path file;
    private final String label;
    private final Seal seal;

    /// @param label what the content belongs to; sealed for another, it does not open
    SealedFile(Path file, String label, Secret secret) {
        this.file = file;
        this.label = label;
        this.seal = new Seal(secret, label);
    }

    /// A file name for any label: two labels never share one.
    static String name(String label) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(label.getBytes(StandardCharsets.UTF_8));
            String word = label.replaceAll("[^A-Za-z0-9-]", "_");
            word = word.length() > 40 ? word.substring(0, 40) : word;
            return word + "-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    byte[] read() throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw corrupt(null);
        }
        // Streams, not channels: an interrupted thread must still save what it was given.
        try (InputStream in = new FileInputStream(file.toFile())) {
            return seal.open(in.readNBytes(BYTES_MAX));
        } catch (GeneralSecurityException e) {
            throw corrupt(e);
        }
    }

    private ProblemException corrupt(@Nullable Exception cause) {
        return new ProblemException(
                new Problem(
                        ProblemCode.FILE_CORRUPT,
                        "the saved tokens of connection '%s' do not open with its secret"
                                .formatted(label),
                        "",
                        "put the old secret back, or delete '%s' in the state folder and sign in"
                                        .formatted(file.getFileName())
                                + " again"),
                cause);
    }

    void write(byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        byte[] sealed;
        try {
            sealed = seal.close(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK 25 has AES-GCM and HKDF", e);
        }
        Files.createFile(fresh, ownerOnly());
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            out.write(sealed);
            out.getFD().sync();
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /// Only then the rename itself outlives a power cut. Some systems cannot open a folder.
    private void forceFolder() {
        Path folder = file.getParent();
        if (folder == null) {
            return;
        }
        // An interrupted thread would close the channel instead.
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            assert Files.exists(file) : "the rename itself has worked";
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
