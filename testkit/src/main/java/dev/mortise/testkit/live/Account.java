package dev.mortise.testkit.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The user a server runs as: ourselves, or `nobody` when we are root, which database servers
// refuse.
final class Account {
    private static final String NOBODY = "nobody";

    private final boolean root;
    private final List<String> prefix;
    private final int uid;
    private final int gid;

    private Account(boolean root, List<String> prefix, int uid, int gid) {
        this.root = root;
        this.prefix = prefix;
        this.uid = uid;
        this.gid = gid;
    }

    static Account current() {
        try {
            var uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            if (uid != 0) return new Account(false, List.of(), uid, -1);
            var entry = nobodyEntry();
            var user = Integer.parseInt(entry[2]);
            var group = Integer.parseInt(entry[3]);
            return new Account(true, dropTo(user, group), user, group);
        } catch (IOException e) {
            throw new LocalServerException("cannot tell which user this is from /proc/self", e);
        }
    }

    /// The account this JVM runs as, for programs out of reach of the server's account.
    Account ourselves() {
        return new Account(false, List.of(), uid, gid);
    }

    boolean root() {
        return root;
    }

    List<String> command(List<String> words) {
        var command = new ArrayList<>(prefix);
        command.addAll(words);
        return command;
    }

    /// Makes the server's account the owner of a file that we created.
    void own(Path file) throws IOException {
        if (!root) return;
        Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }

    private static String[] nobodyEntry() throws IOException {
        for (var line : Files.readAllLines(Path.of("/etc/passwd"))) {
            if (line.startsWith(NOBODY + ":")) return line.split(":", -1);
        }
        throw new LocalServerException(
                "expected a user 'nobody' to run a database as root:"
                        + " add one, or run as another user");
    }

    // Both programs replace themselves by the command, so the process id stays the server's own.
    private static List<String> dropTo(int uid, int gid) {
        if (onPath("setpriv")) {
            return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups");
        }
        if (onPath("chroot")) {
            return List.of("chroot", "--userspec=" + uid + ":" + gid, "/");
        }
        throw new LocalServerException(
                "expected 'setpriv' or 'chroot' to run a database as root:"
                        + " install util-linux, or run as another user");
    }

    private static boolean onPath(String program) {
        for (var folder : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
            if (Files.isExecutable(Path.of(folder, program))) return true;
        }
        return false;
    }
}
