package dev.mortise.connectors.file;

import dev.mortise.connectors.file.FileFormat.Dialect;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Finds the rows and cells of delimited text in UTF-8, block by block, and copies nothing: cells
/// are places in [#bytes], valid until the next [#next]. A quote means something only as the first
/// byte of a cell. Memory is bounded by the longest row allowed.
///
/// The bytes are searched eight at a time: in a word XORed with the wanted byte repeated, the
/// lowest byte that becomes zero is the first match.
final class CsvScanner implements AutoCloseable {
    /// How a row ended.
    static final byte FINE = 0;

    /// The row has bytes outside ASCII.
    static final byte HIGH = 1;

    /// Something stands between a closing quote and the next delimiter.
    static final byte STRAY = 2;

    /// A quote is opened and never closed; the row is its first line.
    static final byte OPEN = 3;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long LINE_ENDS = '\n' * ONES;
    private static final int PADDING = 8;
    private static final int BUFFER_BYTES = 256 << 10;
    private static final int MORE = -1;

    private final InputStream in;
    private final Dialect dialect;
    private final int lineBytesMax;
    private final long delimiters;
    private final long quotes;
    private final boolean keepsBlankLines;

    private byte[] buffer = new byte[BUFFER_BYTES + PADDING];
    private int limit;
    private int position;
    private boolean ended;
    private long base;
    private long line;

    private int rows;
    private int cells;
    private int[] firsts = new int[65];
    private int[] rowStarts = new int[64];
    private int[] rowEnds = new int[64];
    private long[] lines = new long[64];
    private byte[] states = new byte[64];
    private int[] starts = new int[1024];
    private int[] ends = new int[1024];

    // The row being scanned.
    private int at;
    private long high;
    private int newlines;
    private byte state;

    CsvScanner(InputStream in, Dialect dialect, int lineBytesMax, int columns, Place place) {
        this.in = in;
        this.dialect = dialect;
        this.lineBytesMax = lineBytesMax;
        this.delimiters = (dialect.delimiter() & 0xFFL) * ONES;
        this.quotes = (dialect.quote() & 0xFFL) * ONES;
        this.keepsBlankLines = columns == 1;
        this.base = place.offset();
        this.line = place.line();
    }

    /// Where a stream begins in its file.
    ///
    /// @param line counted from 1
    record Place(long offset, long line) {
        static final Place START = new Place(0, 1);
    }

    /// Scans the next rows.
    ///
    /// @return how many; 0 at the end
    int next(int rowsMax) throws IOException {
        rows = 0;
        cells = 0;
        while (rows < rowsMax) {
            if ((position == limit && ended) || !row()) {
                if (rows > 0 || (ended && position == limit)) {
                    break;
                }
                fill();
            }
        }
        firsts[rows] = cells;
        return rows;
    }

    /// Scans one row; answers false, with nothing changed, when the buffer ends within it.
    private boolean row() {
        int start = position;
        int first = cells;
        at = start;
        high = 0;
        newlines = 0;
        state = FINE;
        boolean more = true;
        while (more) {
            int found = at < limit && buffer[at] == dialect.quote() ? quoted() : plain();
            if (found == MORE) {
                cells = first;
                return ended && state == OPEN && openRow(start);
            }
            more = found < limit && buffer[found] == dialect.delimiter();
            at = found + 1;
        }
        endRow(start, first);
        return true;
    }

    private void endRow(int start, int first) {
        int next = Math.min(at, limit);
        boolean blank = cells == first + 1 && starts[first] == ends[first] && at - start <= 2;
        position = next;
        long rowLine = line;
        line += newlines + 1;
        if (blank && !keepsBlankLines) {
            cells = first;
            return;
        }
        if (next - start > lineBytesMax) {
            position = start;
            line = rowLine;
            throw tooLong(next - start);
        }
        add(first, start, trimmed(start, next), rowLine);
    }

    private int trimmed(int start, int next) {
        int end = next;
        end -= end > start && buffer[end - 1] == '\n' ? 1 : 0;
        return end > start && buffer[end - 1] == '\r' ? end - 1 : end;
    }

    private void add(int first, int start, int end, long rowLine) {
        if (rows == rowStarts.length) {
            int size = rows * 2;
            firsts = Arrays.copyOf(firsts, size + 1);
            rowStarts = Arrays.copyOf(rowStarts, size);
            rowEnds = Arrays.copyOf(rowEnds, size);
            lines = Arrays.copyOf(lines, size);
            states = Arrays.copyOf(states, size);
        }
        firsts[rows] = first;
        rowStarts[rows] = start;
        rowEnds[rows] = end;
        lines[rows] = rowLine;
        states[rows++] = state == FINE && (high & TOPS) != 0 ? HIGH : state;
    }

    /// The file ends inside quotes: its first line alone is the bad row, and the rest is read
    /// again as rows of its own.
    private boolean openRow(int start) {
        int end = find(start, LINE_ENDS, LINE_ENDS);
        at = end == MORE ? limit : end + 1;
        newlines = 0;
        cell(start, end == MORE ? limit : end);
        endRow(start, cells - 1);
        return true;
    }

    /// A cell that does not begin with a quote. Answers where its delimiter or line end is.
    private int plain() {
        int found = find(at, delimiters, LINE_ENDS);
        if (found == MORE) {
            if (!ended) {
                return MORE;
            }
            found = limit;
        }
        boolean carriage =
                found > at
                        && buffer[found - 1] == '\r'
                        && (found == limit || buffer[found] == '\n');
        cell(at, carriage ? found - 1 : found);
        return found;
    }

    private int quoted() {
        int from = at + 1;
        boolean doubled = false;
        while (true) {
            int found = find(from, quotes, LINE_ENDS);
            if (found == MORE || (found + 1 >= limit && !ended)) {
                state = OPEN;
                return MORE;
            }
            if (buffer[found] == '\n') {
                newlines++;
                from = found + 1;
            } else if (found + 1 < limit && buffer[found + 1] == dialect.quote()) {
                doubled = true;
                from = found + 2;
            } else {
                return closed(found, doubled);
            }
        }
    }

    private int closed(int quote, boolean doubled) {
        int next = quote + 1;
        if (next < limit && buffer[next] == '\r') {
            if (next + 1 == limit && !ended) {
                return MORE;
            }
            next += next + 1 == limit || buffer[next + 1] == '\n' ? 1 : 0;
        }
        if (next >= limit || buffer[next] == '\n' || buffer[next] == dialect.delimiter()) {
            cell(at + 1, doubled ? ~quote : quote);
            return Math.min(next, limit);
        }
        state = STRAY;
        int found = find(next, delimiters, LINE_ENDS);
        if (found == MORE && !ended) {
            return MORE;
        }
        found = found == MORE ? limit : found;
        cell(at, found);
        return found;
    }

    private void cell(int start, int end) {
        if (cells == starts.length) {
            starts = Arrays.copyOf(starts, cells * 2);
            ends = Arrays.copyOf(ends, cells * 2);
        }
        starts[cells] = start;
        ends[cells++] = end;
    }

    /// The first place from `from` on that holds either byte, or [#MORE].
    private int find(int from, long one, long other) {
        byte[] b = buffer;
        long seen = 0;
        for (int i = from; i < limit; i += 8) {
            long word = (long) WORDS.get(b, i);
            seen |= word;
            long x = word ^ one;
            long y = word ^ other;
            long match = (((x - ONES) & ~x) | ((y - ONES) & ~y)) & TOPS;
            if (match != 0) {
                high |= seen;
                int found = i + (Long.numberOfTrailingZeros(match) >>> 3);
                return found < limit ? found : MORE;
            }
        }
        high |= seen;
        return MORE;
    }

    /// Moves what is left to the front and reads on. Called only between blocks.
    private void fill() throws IOException {
        int left = limit - position;
        if (left > lineBytesMax) {
            throw tooLong(left);
        }
        byte[] target = buffer;
        if (left > (buffer.length - PADDING) / 2) {
            target = new byte[Math.min(left * 4, lineBytesMax + BUFFER_BYTES) + PADDING];
        }
        System.arraycopy(buffer, position, target, 0, left);
        buffer = target;
        base += position;
        position = 0;
        limit = left;
        while (!ended && limit < buffer.length - PADDING) {
            int read = in.read(buffer, limit, buffer.length - PADDING - limit);
            ended = read < 0;
            limit += Math.max(read, 0);
        }
    }

    private ProblemException tooLong(int bytes) {
        String cause = state == OPEN ? " (a quote is opened there and not closed)" : "";
        return ProblemException.of(
                        ProblemCode.LIMIT_EXCEEDED,
                        "a row may have %d bytes, the one that begins at byte %d has more than %d%s"
                                .formatted(lineBytesMax, base + position, bytes - 1, cause),
                        "check the delimiter, the quotes and the line ends of the file, or raise"
                                + " 'line_bytes_max'")
                .at(Long.toString(line));
    }

    byte[] bytes() {
        return buffer;
    }

    /// How many cells a row has.
    int width(int row) {
        return firsts[row + 1] - firsts[row];
    }

    int start(int row, int cell) {
        return starts[firsts[row] + cell];
    }

    /// Where a cell ends; the complement of it when the cell has doubled quotes inside.
    int end(int row, int cell) {
        return ends[firsts[row] + cell];
    }

    /// Whether a cell stands in quotes.
    boolean quoted(int row, int cell) {
        int start = start(row, cell);
        return start > rowStarts[row] && buffer[start - 1] == dialect.quote();
    }

    String quote() {
        return Character.toString(dialect.quote());
    }

    byte state(int row) {
        return states[row];
    }

    /// Number of the line a row begins at, from 1.
    long line(int row) {
        return lines[row];
    }

    int rowStart(int row) {
        return rowStarts[row];
    }

    int rowEnd(int row) {
        return rowEnds[row];
    }

    /// The place after the last row of the block.
    Place place() {
        return new Place(base + position, line);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
