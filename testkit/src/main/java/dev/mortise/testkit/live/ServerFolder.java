package dev.mortise.testkit.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;

/// Where one server lives: `data`, `password` and `server.log`, all owned by the server's account.
final class ServerFolder {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TAIL = 20;

    private final Path root;
    private final boolean temporary;
    private final Account account;
    private final String password;

    private ServerFolder(Path root, boolean temporary, Account account) throws IOException {
        this.root = root;
        this.temporary = temporary;
        this.account = account;
        this.password = readOrChoosePassword();
    }

    static ServerFolder open(String kind, LocalOptions options, Account account) {
        try {
            if (options.folder().isEmpty()) {
                var root = Files.createTempDirectory("mortise-" + kind + "-");
                account.own(root);
                return new ServerFolder(root, true, account);
            }
            var root = options.folder().get().toAbsolutePath().normalize();
            Files.createDirectories(root);
            restrict(root, "rwx------");
            account.own(root);
            return new ServerFolder(root, false, account);
        } catch (IOException e) {
            throw new LocalServerException("cannot create the folder of a " + kind + " server", e);
        }
    }

    boolean temporary() {
        return temporary;
    }

    Path root() {
        return root;
    }

    Path data() {
        return root.resolve("data");
    }

    Path log() {
        return root.resolve("server.log");
    }

    Path passwordFile() {
        return root.resolve("password");
    }

    String password() {
        return password;
    }

    /// Writes a small file that only the server's account may read.
    Path write(String name, String content) throws IOException {
        var file = root.resolve(name);
        Files.writeString(file, content);
        restrict(file, "rw-------");
        account.own(file);
        return file;
    }

    /// Copies a folder tree to `data`.
    void copyData(Path template) throws IOException {
        try (var tree = Files.walk(template)) {
            for (var from : (Iterable<Path>) tree::iterator) {
                var to = data().resolve(template.relativize(from).toString());
                Files.copy(from, to);
                account.own(to);
            }
        }
    }

    static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    void deleteIfTemporary() {
        if (temporary) delete(root);
    }

    /// Deletes a tree, bearing with files that a dying server deletes at the same time.
    static void delete(Path tree) {
        for (var attempt = 1; Files.exists(tree) && attempt <= 5; attempt++) {
            try (var paths = Files.walk(tree)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException | UncheckedIOException e) {
                if (attempt == 5) throw new LocalServerException("cannot delete '" + tree + "'", e);
            }
        }
    }

    private String readOrChoosePassword() throws IOException {
        if (Files.exists(passwordFile())) return Files.readString(passwordFile()).strip();
        var chosen = new BigInteger(96, RANDOM).toString(36);
        write("password", chosen);
        return chosen;
    }

    private static void restrict(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }
}
