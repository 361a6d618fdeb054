package dev.mortise.api.page;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/// A body that is read once, with its latest bytes kept: those of the record under way, so that
/// parts of it can be had as they stand. Of a body of any size only about a record is in memory.
final class Window extends InputStream {
    private static final int SIZE = 64 * 1_024;

    /// Bytes of one record at most.
    private static final int KEPT_MAX = 256 * 1_024 * 1_024;

    private final InputStream from;
    private byte[] kept = new byte[SIZE];
    private int length;
    private int given;

    /// Place of the first kept byte in the body.
    private long base;

    Window(InputStream from) {
        this.from = from;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (given == length && !more(count)) {
            return -1;
        }
        int read = Math.min(count, length - given);
        System.arraycopy(kept, given, into, offset, read);
        given += read;
        return read;
    }

    private boolean more(int wanted) throws IOException {
        if (length == kept.length) {
            if (length >= KEPT_MAX) {
                throw ProblemException.of(
                        ProblemCode.LIMIT_EXCEEDED,
                        "a record has at most %d bytes, got a longer one".formatted(KEPT_MAX),
                        "let 'records' of the resource lead to what repeats");
            }
            kept = java.util.Arrays.copyOf(kept, kept.length * 2);
        }
        int read = from.read(kept, length, Math.min(Math.max(wanted, 1), kept.length - length));
        length += Math.max(read, 0);
        return read > 0;
    }

    /// The first bytes, without reading them: what they look like.
    byte[] peek(int count) throws IOException {
        while (length < count && more(count - length)) {
            // Until there are enough, or no more.
        }
        return java.util.Arrays.copyOf(kept, Math.min(count, length));
    }

    /// Gives up bytes that nobody asks for again. Those that were not read yet stay.
    ///
    /// @param until place in the body
    void release(long until) {
        int gone = (int) Math.min(until - base, given);
        // Moving costs; so only when at least half goes.
        if (gone < Math.max(kept.length / 2, 1)) {
            return;
        }
        System.arraycopy(kept, gone, kept, 0, length - gone);
        base += gone;
        length -= gone;
        given -= gone;
    }

    /// The array that holds a place which was not released.
    byte[] bytes() {
        return kept;
    }

    /// Where in [#bytes] a place of the body is.
    int at(long place) {
        return Math.toIntExact(place - base);
    }

    void sum(CRC32C sum, long start, long end) {
        sum.update(kept, at(start), Math.toIntExact(end - start));
    }

    @Override
    public void close() throws IOException {
        from.close();
    }
}
