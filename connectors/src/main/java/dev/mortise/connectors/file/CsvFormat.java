package dev.mortise.connectors.file;

import dev.mortise.connectors.file.CsvScanner.Place;
import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// CSV and TSV: finds charset, names and types, and opens readers.
final class CsvFormat implements RowFormat {
    private static final int BLOCK_ROWS = 512;

    /// Files of a set that are looked into for types; each gives its share of the sample.
    private static final int SAMPLED_FILES_MAX = 64;

    private static final int SAMPLE_ROWS_MIN = 100;

    private final FileFormat format;
    private final Limits limits;
    private final Map<Entry, Layout> layouts = new HashMap<>();

    CsvFormat(FileFormat format, Limits limits) {
        this.format = format;
        this.limits = limits;
    }

    /// What is known of one file after a look at its beginning.
    ///
    /// @param renamed headers that stood there twice and got a number
    private record Layout(
            Charsets.Found charset, List<String> names, List<String> renamed, Sample sample) {}

    /// The beginning of a file, in whole lines of UTF-8.
    private static final class Sample {
        private final byte[] bytes;

        Sample(byte[] bytes) {
            this.bytes = bytes;
        }

        InputStream stream() {
            return new ByteArrayInputStream(bytes);
        }

        long rowBytes() {
            long lines = 1;
            for (byte b : bytes) {
                lines += b == '\n' ? 1 : 0;
            }
            return Math.max(1, bytes.length / lines);
        }
    }

    @Override
    public Schema schema(List<Entry> files) throws IOException {
        List<Entry> sampled = files.subList(0, Math.min(files.size(), SAMPLED_FILES_MAX));
        int rowsMax = Math.max(SAMPLE_ROWS_MIN, limits.sampleRows() / sampled.size());
        List<String> names = layout(files.getFirst()).names();
        Map<String, Guess> guesses = new HashMap<>();
        names.forEach(name -> guesses.put(name, new Guess(format.spelling())));
        for (Entry file : sampled) {
            sample(file, rowsMax, guesses);
        }
        return new Schema(names.stream().map(name -> field(name, guesses)).toList());
    }

    private Field field(String name, Map<String, Guess> guesses) {
        Type pinned = format.columns().get(name);
        if (pinned != null) {
            return new Field(name, pinned, true, null, null, Loss.NONE);
        }
        return java.util.Objects.requireNonNull(guesses.get(name)).field(name);
    }

    private void sample(Entry file, int rowsMax, Map<String, Guess> guesses) throws IOException {
        Layout layout = layout(file);
        List<Guess> places = new ArrayList<>();
        for (String name : layout.names()) {
            Guess guess = guesses.get(name);
            places.add(guess == null ? new Guess(format.spelling()) : guess);
        }
        try (CsvScanner scanner = sampleScanner(layout)) {
            skipHeader(scanner);
            int seen = 0;
            int rows = scanner.next(BLOCK_ROWS);
            while (rows > 0 && seen < rowsMax) {
                for (int row = 0; row < rows; row++) {
                    see(scanner, row, places);
                }
                seen += rows;
                rows = scanner.next(BLOCK_ROWS);
            }
        }
    }

    private void see(CsvScanner scanner, int row, List<Guess> places) {
        if (scanner.width(row) != places.size() || scanner.state(row) > CsvScanner.HIGH) {
            return;
        }
        for (int i = 0; i < places.size(); i++) {
            int start = scanner.start(row, i);
            int end = scanner.end(row, i);
            int stop = end < 0 ? ~end : end;
            if (stop > start && !CsvReader.isNull(format.spelling(), scanner, row, i)) {
                places.get(i).see(scanner.bytes(), start, stop);
            }
        }
    }

    private CsvScanner sampleScanner(Layout layout) {
        return new CsvScanner(
                layout.sample().stream(),
                format.dialect(),
                Math.max(limits.lineBytes(), limits.sampleBytes() * 2),
                layout.names().size(),
                Place.START);
    }

    private void skipHeader(CsvScanner scanner) throws IOException {
        if (format.dialect().header()) {
            scanner.next(1);
        }
    }

    private Layout layout(Entry file) throws IOException {
        Layout known = layouts.get(file);
        if (known == null) {
            known = look(file);
            layouts.put(file, known);
        }
        return known;
    }

    private Layout look(Entry file) throws IOException {
        byte[] raw;
        try (InputStream in = Streams.whole(file, format.gz(), limits)) {
            raw = in.readNBytes(limits.sampleBytes());
        }
        boolean whole = raw.length < limits.sampleBytes();
        Charsets.Found charset = Charsets.find(format.dialect().charset(), raw, whole);
        InputStream text =
                new ByteArrayInputStream(raw, charset.mark(), raw.length - charset.mark());
        byte[] utf8 = Charsets.utf8(text, charset.charset()).readAllBytes();
        byte[] sample = whole ? utf8 : wholeLines(utf8);
        return named(file, new Layout(charset, List.of(), List.of(), new Sample(sample)));
    }

    /// The row at the end of a sample is cut off somewhere: it must not be looked at.
    private static byte[] wholeLines(byte[] sample) {
        int end = sample.length;
        while (end > 0 && sample[end - 1] != '\n') {
            end--;
        }
        return end == 0 ? sample : java.util.Arrays.copyOf(sample, end);
    }

    private Layout named(Entry file, Layout layout) throws IOException {
        List<String> found = new ArrayList<>();
        try (CsvScanner scanner = sampleScanner(layout)) {
            int rows = scanner.next(1);
            for (int i = 0; rows > 0 && i < scanner.width(0); i++) {
                found.add(format.dialect().header() ? CsvReader.text(scanner, 0, i) : "");
            }
        }
        if (found.isEmpty()) {
            found.addAll(format.columns().keySet());
        }
        if (found.isEmpty()) {
            throw ProblemException.of(
                            ProblemCode.FILE_CORRUPT,
                            "expected a row with the names of the columns, the file is empty",
                            "write the names into its first row, or give them under 'columns'")
                    .at(file.name());
        }
        if (found.size() > limits.columns()) {
            throw tooWide(file, found.size());
        }
        return distinct(layout, found);
    }

    private ProblemException tooWide(Entry file, int width) {
        return ProblemException.of(
                        ProblemCode.LIMIT_EXCEEDED,
                        "a file may have %d columns, this one has %d"
                                .formatted(limits.columns(), width),
                        "check the delimiter, or raise 'columns_max'")
                .at(file.name() + ":1");
    }

    private Layout distinct(Layout layout, List<String> found) {
        List<String> given = List.copyOf(format.columns().keySet());
        boolean byPlace = !format.dialect().header() && given.size() == found.size();
        List<String> names = new ArrayList<>();
        List<String> renamed = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < found.size(); i++) {
            String name = byPlace ? given.get(i) : found.get(i);
            String wanted = name.isBlank() ? "column_" + (i + 1) : name;
            String free = wanted;
            for (int copy = 2; !taken.add(free); copy++) {
                free = wanted + "_" + copy;
            }
            names.add(free);
            if (!free.equals(wanted)) {
                renamed.add(free);
            }
        }
        return new Layout(layout.charset(), names, renamed, layout.sample());
    }

    @Override
    public String note(Entry file) throws IOException {
        Layout layout = layout(file);
        StringBuilder note = new StringBuilder("charset " + layout.charset().charset().name());
        if (!layout.renamed().isEmpty()) {
            note.append("; names that stood there twice: ")
                    .append(String.join(", ", layout.renamed()));
        }
        return note.toString();
    }

    java.nio.charset.Charset charset(Entry file) throws IOException {
        return layout(file).charset().charset();
    }

    /// Whether places in the UTF-8 that is scanned are places in the file.
    private boolean plain(Layout layout) {
        return !format.gz() && layout.charset().utf8();
    }

    @Override
    public List<Span> spans(Entry file, long rowsMax) throws IOException {
        Layout layout = layout(file);
        long rowBytes = layout.sample().rowBytes();
        long spanBytes = rowsMax > Long.MAX_VALUE / rowBytes ? Long.MAX_VALUE : rowsMax * rowBytes;
        // Half as much again is not worth another range.
        if (!plain(layout) || file.size() / 3 < spanBytes / 2) {
            return List.of(Span.WHOLE);
        }
        List<Span> spans = new ArrayList<>();
        Place from = new Place(0, 1);
        try (CsvScanner scanner = scanner(file, layout, Span.WHOLE)) {
            while (scanner.next(BLOCK_ROWS) > 0) {
                Place place = scanner.place();
                if (place.offset() - from.offset() >= spanBytes && place.offset() < file.size()) {
                    spans.add(new Span(from.offset(), place.offset(), from.line()));
                    from = place;
                }
            }
        }
        spans.add(new Span(from.offset(), Long.MAX_VALUE, from.line()));
        return spans;
    }

    /// A scanner at the first row of a span.
    private CsvScanner scanner(Entry file, Layout layout, Span span) throws IOException {
        boolean first = span.start() == 0;
        InputStream in =
                plain(layout)
                        ? Streams.part(file, span.start(), span.end())
                        : Streams.whole(file, format.gz(), limits);
        in.skipNBytes(first ? layout.charset().mark() : 0);
        CsvScanner scanner =
                new CsvScanner(
                        Charsets.utf8(in, layout.charset().charset()),
                        format.dialect(),
                        limits.lineBytes(),
                        layout.names().size(),
                        new Place(first ? layout.charset().mark() : span.start(), span.line()));
        if (first) {
            skipHeader(scanner);
        }
        return scanner;
    }

    @Override
    public RowReader open(Entry file, Span span, Schema wanted, Rejects rejects)
            throws IOException {
        Layout layout = layout(file);
        int[] places = new int[wanted.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = layout.names().indexOf(wanted.field(i).name());
            if (places[i] < 0) {
                throw missing(file, wanted.field(i).name(), layout.names());
            }
        }
        CsvReader.Setting setting =
                new CsvReader.Setting(
                        file.name(), format, limits, layout.names(), plain(layout), span.end());
        return new CsvReader(setting, scanner(file, layout, span), wanted, places, rejects);
    }

    private static ProblemException missing(Entry file, String name, List<String> names) {
        return ProblemException.of(
                        ProblemCode.COLUMN_MISSING,
                        "expected a column '" + name + "', the file has none",
                        dev.mortise.spi.problem.Nearest.fix(name, names))
                .at(file.name());
    }
}
