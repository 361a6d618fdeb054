package dev.mortise.api.page;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// CSV as an array of objects. Every value is text; nothing between two delimiters is null, two
/// quotes are the empty text. A row with more or fewer cells than there are names becomes an array,
/// which no decoder of objects takes.
final class CsvFeed implements JsonStream.Feed {
    private final CsvRows rows;
    private final Csv csv;

    /// Read already, but perhaps of the footer.
    private final Deque<List<@Nullable String>> held = new ArrayDeque<>();

    private List<String> names;
    private boolean begun;
    private boolean first = true;

    CsvFeed(Reader reader, Csv csv) {
        this.rows = new CsvRows(reader, csv);
        this.csv = csv;
        this.names = csv.names();
    }

    @Override
    public boolean more(JsonBytes out) throws IOException {
        if (!begun) {
            begun = true;
            begin();
            out.raw("[");
        }
        List<@Nullable String> row = rows.next();
        while (row != null && held.size() < csv.footer()) {
            held.add(row);
            row = rows.next();
        }
        if (row == null) {
            out.raw("]");
            return false;
        }
        held.add(row);
        write(out, held.remove());
        return true;
    }

    private void begin() throws IOException {
        for (int i = 0; i < csv.skip(); i++) {
            rows.next();
        }
        List<@Nullable String> header = csv.header() ? rows.next() : null;
        if (names.isEmpty() && header != null) {
            names = names(header);
        }
    }

    private static List<String> names(List<@Nullable String> header) {
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (String cell : header) {
            String written = cell == null ? "column" : cell.strip();
            String name = written;
            for (int i = 2; !taken.add(name); i++) {
                name = written + "_" + i;
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    private void write(JsonBytes out, List<@Nullable String> row) {
        out.raw(first ? "" : ",\n");
        first = false;
        boolean fits = row.size() == names.size();
        out.raw(fits ? "{" : "[");
        for (int i = 0; i < row.size(); i++) {
            out.raw(i == 0 ? "" : ",");
            if (fits) {
                out.string(names.get(i)).raw(":");
            }
            String cell = row.get(i);
            if (cell == null) {
                out.raw("null");
            } else {
                out.string(cell.startsWith(csv.strip()) ? stripped(cell) : cell);
            }
        }
        out.raw(fits ? "}" : "]");
    }

    private String stripped(String cell) {
        return cell.substring(csv.strip().length());
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
