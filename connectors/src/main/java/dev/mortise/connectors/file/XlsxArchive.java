package dev.mortise.connectors.file;

import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Looks through a workbook's archive before anything of it is trusted: what it says about its
/// sizes, and then what really comes out. Costs one pass of inflating, a tenth of reading it.
final class XlsxArchive {
    private static final int ENTRIES_MAX = 10_000;
    private static final int BUFFER_BYTES = 64 << 10;

    /// Shared strings and styles are held in memory.
    private static final long HELD_BYTES_MAX = 256L << 20;

    private final Entry file;
    private final Limits limits;
    private long grown;

    private XlsxArchive(Entry file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    /// @throws ProblemException FILE_CORRUPT or LIMIT_EXCEEDED
    static void check(Entry file, Limits limits) throws IOException {
        try (ZipFile zip = new ZipFile(file.path().toFile())) {
            new XlsxArchive(file, limits).check(zip);
        } catch (ZipException e) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.FILE_CORRUPT,
                            "expected a workbook, the archive is damaged: " + e.getMessage(),
                            file.name(),
                            "fetch the file again: it is damaged or not whole"),
                    e);
        }
    }

    private void check(ZipFile zip) throws IOException {
        if (zip.size() > ENTRIES_MAX) {
            throw limit("a workbook may have %d entries, this one has %d", ENTRIES_MAX, zip.size());
        }
        long said = 0;
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            said += Math.max(0, all.nextElement().getSize());
            grown(said);
        }
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            inflate(zip, all.nextElement());
        }
    }

    private void grown(long bytes) {
        if (Streams.tooLarge(bytes, file.size(), limits)) {
            throw Streams.bomb(file.name(), bytes, file.size(), limits);
        }
    }

    private void inflate(ZipFile zip, ZipEntry entry) throws IOException {
        boolean held = !entry.getName().startsWith("xl/worksheets/");
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        long text = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            int read = in.read(buffer);
            while (read >= 0) {
                bytes += read;
                grown += read;
                grown(grown);
                if (held && bytes > HELD_BYTES_MAX) {
                    throw limit("shared strings may have %d bytes, got %d", HELD_BYTES_MAX, bytes);
                }
                text = longest(buffer, read, text);
                if (text > limits.valueBytes()) {
                    throw limit("a value may have %d bytes, got %d", limits.valueBytes(), text);
                }
                read = in.read(buffer);
            }
        }
    }

    /// Bytes since the last tag: a text that does not end would be held whole.
    private static long longest(byte[] buffer, int read, long before) {
        for (int i = read - 1; i >= 0; i--) {
            if (buffer[i] == '<') {
                return (long) read - i;
            }
        }
        return before + read;
    }

    private ProblemException limit(String message, long max, long actual) {
        return ProblemException.of(
                        ProblemCode.LIMIT_EXCEEDED,
                        message.formatted(max, actual),
                        "save the sheet as CSV, or split the workbook")
                .at(file.name());
    }
}
