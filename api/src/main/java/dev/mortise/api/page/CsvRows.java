package dev.mortise.api.page;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a CSV text (RFC 4180): a quote counts only as the first character of a cell, is
/// doubled inside, and holds delimiters and line ends. Lines with nothing on them are no rows.
final class CsvRows implements AutoCloseable {
    /// Characters of one row at most: what is longer has most likely lost a quote.
    private static final int ROW_MAX = 16 * 1_024 * 1_024;

    private static final int SIZE = 16 * 1_024;
    private static final int END = -1;

    private final Reader reader;
    private final char delimiter;
    private final int quote;
    private final char[] chars = new char[SIZE];
    private final StringBuilder cell = new StringBuilder();
    private int at;
    private int length;
    private int size;
    private long line = 1;

    CsvRows(Reader reader, Csv csv) {
        this.reader = reader;
        this.delimiter = csv.delimiter();
        // Nothing in a text is equal to the end.
        this.quote = csv.quote() == 0 ? END : csv.quote();
    }

    /// The next row, null at the end. A cell that is empty without quotes is null.
    @Nullable List<@Nullable String> next() throws IOException {
        for (int c = peek(); c == '\n' || c == '\r'; c = peek()) {
            take();
        }
        if (peek() == END) {
            return null;
        }
        List<@Nullable String> row = new ArrayList<>();
        size = 0;
        do {
            row.add(cell());
        } while (take() == delimiter);
        return row;
    }

    /// A cell; what ends it is not taken.
    private @Nullable String cell() throws IOException {
        cell.setLength(0);
        boolean quoted = quote != END && peek() == quote;
        if (quoted) {
            take();
            quoted();
        }
        for (int c = peek(); c != delimiter && c != '\n' && c != '\r' && c != END; c = peek()) {
            add(take());
        }
        return cell.isEmpty() && !quoted ? null : cell.toString();
    }

    /// The inside of a cell up to the closing quote, which is taken.
    private void quoted() throws IOException {
        long begun = line;
        while (true) {
            int c = take();
            if (c == END) {
                throw ProblemException.of(
                        ProblemCode.SERVER_FAILED,
                        "expected CSV, got a quote on line %d that nothing closes".formatted(begun),
                        "check 'quote' and 'charset' of the resource; the answer may be cut off");
            }
            if (c == quote) {
                if (peek() != quote) {
                    return;
                }
                take();
            }
            add(c);
        }
    }

    private void add(int c) {
        cell.append((char) c);
        if (++size > ROW_MAX) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "a row of CSV holds at most %d characters, but the one that ends behind line %d"
                                    .formatted(ROW_MAX, line)
                            + " is longer",
                    "check 'quote' and 'delimiter' of the resource");
        }
    }

    private int peek() throws IOException {
        if (at == length) {
            at = 0;
            length = Math.max(reader.read(chars, 0, SIZE), 0);
        }
        return at == length ? END : chars[at];
    }

    private int take() throws IOException {
        int c = peek();
        if (c != END) {
            at++;
        }
        line += c == '\n' ? 1 : 0;
        return c;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
