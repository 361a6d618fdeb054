package dev.mortise.connectors.file;

import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/// Opens the bytes of a file: a part of it, or what its compression holds, within limits.
final class Streams {
    private static final int GZIP_BUFFER = 64 << 10;

    private Streams() {}

    /// The bytes from `start` up to and without `end`.
    static InputStream part(Entry file, long start, long end) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file.path(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        channel.position(start);
        return new Part(channel, end - start);
    }

    /// The whole file, uncompressed.
    static InputStream whole(Entry file, boolean gz, Limits limits) throws IOException {
        InputStream raw = part(file, 0, Long.MAX_VALUE);
        if (!gz) {
            return raw;
        }
        try {
            return new Inflated(new GZIPInputStream(raw, GZIP_BUFFER), file, limits);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    static boolean tooLarge(long bytes, long compressed, Limits limits) {
        boolean swollen =
                bytes > Limits.RATIO_FREE_BYTES
                        && bytes / Math.max(1, compressed) > limits.archiveRatio();
        return swollen || bytes > limits.archiveBytes();
    }

    static ProblemException bomb(String place, long bytes, long compressed, Limits limits) {
        return ProblemException.of(
                        ProblemCode.LIMIT_EXCEEDED,
                        ("compressed data may grow %d times and to %d bytes, %d bytes have grown to"
                                        + " %d")
                                .formatted(
                                        limits.archiveRatio(),
                                        limits.archiveBytes(),
                                        compressed,
                                        bytes),
                        "if the file is to be trusted, raise 'archive_ratio_max' or"
                                + " 'archive_bytes_max'")
                .at(place);
    }

    private static final class Part extends InputStream {
        private final FileChannel channel;
        private long left;

        Part(FileChannel channel, long left) {
            this.channel = channel;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int wanted = (int) Math.min(length, left);
            int read = channel.read(ByteBuffer.wrap(target, offset, wanted));
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /// Stops a small file from becoming an endless one.
    private static final class Inflated extends InputStream {
        private final InputStream in;
        private final Entry file;
        private final Limits limits;
        private long bytes;

        Inflated(InputStream in, Entry file, Limits limits) {
            this.in = in;
            this.file = file;
            this.limits = limits;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            bytes += Math.max(read, 0);
            if (tooLarge(bytes, file.size(), limits)) {
                throw bomb(file.name(), bytes, file.size(), limits);
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
