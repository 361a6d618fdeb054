package dev.mortise.server.audit;

import dev.mortise.server.audit.AuditMark.Kind;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// How far the audit went at some moments, signed, in the file `audit-anchors.log` of the server's
/// home and in its log: apart from the database, so that whoever changes the one does not change
/// the other. When it is full it becomes `audit-anchors.1.log`.
@Component
final class AuditAnchors {
    private static final Logger LOG = LoggerFactory.getLogger(AuditAnchors.class);
    private static final long BYTES_MAX = 2L << 20;
    private static final Pattern LINE =
            Pattern.compile("(\\d{1,18}) ([0-9a-f]{64}) ([0-9a-f]{64})");

    private final Path file;
    private final Path older;

    AuditAnchors(ServerSettings settings) {
        this.file = settings.home().resolve("audit-anchors.log");
        this.older = settings.home().resolve("audit-anchors.1.log");
    }

    /// Durable when it returns.
    synchronized void add(AuditMark head) {
        String line = "%d %s %s%n".formatted(head.seq(), head.hash(), head.mac());
        try {
            if (Files.exists(file) && Files.size(file) > BYTES_MAX) {
                Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
            }
            try (FileChannel channel =
                    FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.IO_FAILED,
                            "writing 'audit-anchors.log': " + e.getClass().getSimpleName(),
                            "give the server's user the right to write into its home"),
                    e);
        }
        LOG.info("audit anchored seq={} hash={} mac={}", head.seq(), head.hash(), head.mac());
    }

    /// Those that are kept, oldest first. A line that cannot be read is none.
    synchronized List<AuditMark> all() {
        List<AuditMark> all = new ArrayList<>();
        for (Path one : List.of(older, file)) {
            try {
                if (Files.exists(one)) {
                    Files.readAllLines(one, StandardCharsets.ISO_8859_1)
                            .forEach(line -> read(line, all));
                }
            } catch (IOException e) {
                LOG.warn("anchors not read file={} reason={}", one.getFileName(), e.toString());
            }
        }
        return all;
    }

    private static void read(String line, List<AuditMark> into) {
        Matcher parts = LINE.matcher(line);
        if (parts.matches()) {
            long seq = Long.parseLong(parts.group(1));
            into.add(new AuditMark(Kind.HEAD, seq, parts.group(2), parts.group(3)));
        }
    }
}
