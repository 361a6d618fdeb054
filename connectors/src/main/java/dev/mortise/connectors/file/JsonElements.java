package dev.mortise.connectors.file;

import dev.mortise.connectors.file.CsvScanner.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Cuts a JSON array, or objects one after another, into elements without reading them: only
/// strings and brackets count. Memory is bounded by the largest element allowed, and an element
/// that is wrong inside spoils no other.
final class JsonElements implements JsonReader.Pieces {
    private static final int BUFFER_BYTES = 256 << 10;

    private final InputStream in;
    private final int elementBytesMax;
    private final String name;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int limit;
    private int position;
    private long base;
    private long line;
    private long lineStart;
    private boolean ended;
    private Inside inside = Inside.UNKNOWN;
    private boolean first = true;
    private int start;
    private int end;
    private long startLine;

    private enum Inside {
        UNKNOWN,
        ARRAY,
        SEQUENCE,
        CLOSED
    }

    /// @param place where the stream begins in its file; past the beginning it stands within the
    ///     array, after an element
    JsonElements(InputStream in, String name, int elementBytesMax, Place place) {
        this.in = in;
        this.name = name;
        this.elementBytesMax = elementBytesMax;
        this.base = place.offset();
        this.line = place.line();
        this.lineStart = base;
        if (base > 0) {
            first = false;
        }
    }

    @Override
    public boolean next() throws IOException {
        int found = significant();
        if (inside == Inside.UNKNOWN && found >= 0) {
            inside = found == '[' || !first ? Inside.ARRAY : Inside.SEQUENCE;
            position += found == '[' && first ? 1 : 0;
            found = significant();
        }
        return switch (inside) {
            case UNKNOWN -> false;
            case CLOSED -> found >= 0 && corrupt("nothing after the end of the array", found);
            case SEQUENCE -> found >= 0 && element(found);
            case ARRAY -> inArray(found);
        };
    }

    private boolean inArray(int found) throws IOException {
        if (found == ']') {
            position++;
            inside = Inside.CLOSED;
            int more = significant();
            return more >= 0 && corrupt("nothing after the end of the array", more);
        }
        int at = found;
        if (!first) {
            if (found != ',') {
                return corrupt("',' or ']'", found);
            }
            position++;
            at = significant();
        }
        first = false;
        return element(at);
    }

    private boolean element(int found) throws IOException {
        if (found != '{') {
            return corrupt("an object", found);
        }
        startLine = line;
        int length = length();
        start = position;
        end = position + length;
        position = end;
        return true;
    }

    /// Length of the element at the position, which is all in the buffer afterwards.
    private int length() throws IOException {
        int depth = 0;
        boolean text = false;
        int at = 0;
        while (true) {
            if (position + at >= limit && !fill()) {
                corrupt("the end of the object that begins at line " + startLine, -1);
            }
            byte c = buffer[position + at++];
            if (c == '\n') {
                line++;
                lineStart = base + position + at;
            } else if (text) {
                at += c == '\\' ? 1 : 0;
                text = c != '"';
            } else if (c == '"') {
                text = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return at;
            }
        }
    }

    /// The next byte that is no blank, or -1 at the end. The position stands at it.
    private int significant() throws IOException {
        while (position < limit || fill()) {
            byte c = buffer[position];
            if (c == '\n') {
                line++;
                lineStart = base + position + 1;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return c;
            }
            position++;
        }
        return -1;
    }

    /// Reads on, keeping what stands from the position on.
    private boolean fill() throws IOException {
        int left = limit - position;
        if (left > elementBytesMax) {
            throw tooLong();
        }
        byte[] target =
                left > buffer.length / 2
                        ? new byte[Math.min(left * 4, elementBytesMax + BUFFER_BYTES)]
                        : buffer;
        System.arraycopy(buffer, position, target, 0, left);
        buffer = target;
        base += position;
        position = 0;
        limit = left;
        int read = ended ? -1 : in.read(buffer, limit, buffer.length - limit);
        ended = read < 0;
        limit += Math.max(read, 0);
        return read > 0;
    }

    private ProblemException tooLong() {
        return ProblemException.of(
                        ProblemCode.LIMIT_EXCEEDED,
                        "an object may have %d bytes, the one at byte %d has more"
                                .formatted(elementBytesMax, base + position),
                        "check the brackets of the file, or raise 'line_bytes_max'")
                .at(name + ":" + startLine);
    }

    /// Throws; the answer is there for expressions.
    private boolean corrupt(String expected, int found) {
        String got = found < 0 ? "the end of the file" : "'" + (char) found + "'";
        throw new ProblemException(
                new Problem(
                        ProblemCode.FILE_CORRUPT,
                        "expected " + expected + ", got " + got,
                        name + ":" + line + ":" + (base + position - lineStart + 1),
                        "mend the file, or fetch it again when it is not whole"));
    }

    @Override
    public byte[] bytes() {
        return buffer;
    }

    @Override
    public int start() {
        return start;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public long line() {
        return startLine;
    }

    @Override
    public @Nullable Place place() {
        // Only an array says by itself, from any place on, what comes next.
        return inside == Inside.SEQUENCE ? null : new Place(base + position, line);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
