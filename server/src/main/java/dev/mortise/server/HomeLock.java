package dev.mortise.server;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A home belongs to one server at a time. The system lets go of the lock when the process ends,
/// however suddenly.
final class HomeLock implements AutoCloseable {
    private static final int SAID_MAX = 32;

    private final FileChannel file;

    private HomeLock(FileChannel file) {
        this.file = file;
    }

    static HomeLock take(Path home) throws IOException {
        Path path = home.resolve("server.lock");
        FileChannel file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (tried(file) == null) {
                throw held(home, said(file));
            }
            String pid = Long.toString(ProcessHandle.current().pid());
            file.truncate(0);
            file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
            return new HomeLock(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static @Nullable FileLock tried(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static String said(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SAID_MAX);
        file.read(bytes, 0);
        String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        return pid.matches("\\d+") ? " (process " + pid + ")" : "";
    }

    private static ProblemException held(Path home, String who) {
        return new ProblemException(
                new Problem(
                        ProblemCode.LOCKED,
                        "another server" + who + " runs on the home '" + home + "'",
                        "--home",
                        "use that server, stop it, or give this one another home"));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
