package dev.mortise.api.page;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// A body that may be a gzip or a zip file, told by its first bytes, unpacked: of a zip file the
/// one entry meant.
final class Unpacked {
    private static final int SIZE = 64 * 1_024;
    private static final int ENTRIES_MAX = 10_000;

    private Unpacked() {}

    /// @param entry pattern of the entry's name, such as `*.csv`; empty for the only one
    /// @param bytesMax bytes unpacked at most
    /// @throws ProblemException when no entry is meant, or more than one
    static InputStream of(InputStream packed, String entry, long bytesMax) throws IOException {
        PushbackInputStream body = new PushbackInputStream(packed, 4);
        byte[] first = body.readNBytes(4);
        body.unread(first);
        if (first.length >= 2 && first[0] == 0x1f && first[1] == (byte) 0x8b) {
            return bounded(new GZIPInputStream(body, SIZE), bytesMax);
        }
        boolean zip =
                first.length == 4
                        && first[0] == 'P'
                        && first[1] == 'K'
                        && first[2] == 3
                        && first[3] == 4;
        return zip ? bounded(new OneEntry(body, entry), bytesMax) : body;
    }

    /// A file that is small may unpack to a large one.
    private static InputStream bounded(InputStream unpacked, long bytesMax) {
        return CountedStream.bounded(
                unpacked,
                bytesMax,
                () -> {
                    throw ProblemException.of(
                            ProblemCode.LIMIT_EXCEEDED,
                            "expected a body of at most %d bytes, unpacked, got more"
                                    .formatted(bytesMax),
                            "raise 'body_bytes_max', or say 'stream: true' in the resource");
                });
    }

    private static boolean meant(String pattern, ZipEntry entry) {
        if (entry.isDirectory()) {
            return false;
        }
        if (pattern.isEmpty()) {
            return true;
        }
        try {
            PathMatcher names = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            Path path = Path.of(entry.getName());
            Path name = path.getFileName();
            return names.matches(path) || (name != null && names.matches(name));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    /// The one entry of a zip file that is meant. That no second one is meant shows at its end.
    private static final class OneEntry extends FilterInputStream {
        private final ZipInputStream zip;
        private final String pattern;
        private final String name;
        private boolean ended;

        OneEntry(InputStream body, String pattern) throws IOException {
            super(new ZipInputStream(body));
            this.zip = (ZipInputStream) in;
            this.pattern = pattern;
            this.name = next();
            if (name.isEmpty()) {
                throw ProblemException.of(
                        ProblemCode.SERVER_FAILED,
                        "the zip file of the answer has no entry '%s'"
                                .formatted(pattern.isEmpty() ? "*" : pattern),
                        "check 'entry' of the resource");
            }
        }

        /// The name of the next entry that is meant, empty when there is none.
        private String next() throws IOException {
            int seen = 0;
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && seen++ < ENTRIES_MAX && !meant(pattern, entry)) {
                entry = zip.getNextEntry();
            }
            return entry == null || !meant(pattern, entry) ? "" : entry.getName();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            int read = ended ? -1 : zip.read(into, offset, count);
            if (read < 0 && !ended) {
                ended = true;
                String second = next();
                if (!second.isEmpty()) {
                    throw ProblemException.of(
                            ProblemCode.SERVER_FAILED,
                            "the zip file of the answer has the entries '%s' and '%s'"
                                    .formatted(name, second),
                            "say which is meant by 'entry' of the resource, such as '*.csv'");
                }
            }
            return read;
        }
    }
}
