package dev.mortise.connectors.file;

import dev.mortise.connectors.file.CsvScanner.Place;
import dev.mortise.connectors.file.FileFormat.Kind;
import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// JSON Lines, JSON arrays and JSON objects one after another. The columns are the names of the
/// objects, in the order they first come; what is nested stays a column of JSON.
final class JsonFormat implements RowFormat {
    private static final int CHARSET_BYTES = 64 << 10;

    private final FileFormat format;
    private final Limits limits;
    private final JsonFactory factory;
    private Set<String> known = Set.of();

    JsonFormat(FileFormat format, Limits limits) {
        this.format = format;
        this.limits = limits;
        this.factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxStringLength(limits.valueBytes())
                                        .build())
                        .build();
    }

    @Override
    public Schema schema(List<Entry> files) throws IOException {
        Map<String, Guess> guesses = new LinkedHashMap<>();
        int rowsMax = Math.max(1, limits.sampleRows() / files.size());
        for (Entry file : files) {
            sample(file, rowsMax, guesses);
        }
        format.columns().keySet().forEach(name -> guesses.putIfAbsent(name, Guess.ofJson()));
        if (guesses.isEmpty()) {
            throw ProblemException.of(
                            ProblemCode.FILE_CORRUPT,
                            "expected objects that name the columns, found none",
                            "write an object into the file, or give the names under 'columns'")
                    .at(files.getFirst().name());
        }
        known = Set.copyOf(guesses.keySet());
        return new Schema(
                guesses.entrySet().stream()
                        .map(entry -> field(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private Field field(String name, Guess guess) {
        Type pinned = format.columns().get(name);
        return pinned == null ? guess.field(name) : Field.of(name, pinned);
    }

    private void sample(Entry file, int rowsMax, Map<String, Guess> guesses) throws IOException {
        try (JsonReader.Pieces pieces = pieces(file, Span.WHOLE)) {
            long bytes = 0;
            for (int row = 0;
                    row < rowsMax && bytes < limits.sampleBytes() && pieces.next();
                    row++) {
                bytes += pieces.end() - pieces.start();
                look(file, pieces, guesses);
            }
        }
    }

    private void look(Entry file, JsonReader.Pieces pieces, Map<String, Guess> guesses) {
        try (JsonParser parser = JsonReader.parser(factory, pieces)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                Guess guess = guesses.computeIfAbsent(parser.currentName(), _ -> Guess.ofJson());
                see(guess, parser, parser.nextToken());
            }
        } catch (JacksonException _) {
            // The reader will reject it with its place.
        }
        if (guesses.size() > limits.columns()) {
            throw ProblemException.of(
                            ProblemCode.LIMIT_EXCEEDED,
                            "a file may have %d columns, the objects of this one have more"
                                    .formatted(limits.columns()),
                            "keep what varies in a nested object, or raise 'columns_max'")
                    .at(file.name() + ":" + pieces.line());
        }
    }

    private static void see(Guess guess, JsonParser parser, JsonToken token) {
        switch (token) {
            case VALUE_NULL -> {}
            case VALUE_TRUE, VALUE_FALSE -> guess.see(Guess.BOOL);
            case START_OBJECT, START_ARRAY -> {
                guess.see(Guess.JSON);
                parser.skipChildren();
            }
            case VALUE_STRING -> guess.seeText(bytes(parser));
            default -> {
                byte[] number = bytes(parser);
                guess.see(number, 0, number.length);
            }
        }
    }

    private static byte[] bytes(JsonParser parser) {
        return parser.getString().getBytes(StandardCharsets.UTF_8);
    }

    private JsonReader.Pieces pieces(Entry file, Span span) throws IOException {
        boolean whole = span.start() == 0;
        InputStream text = whole ? text(file) : Streams.part(file, span.start(), span.end());
        Place place = new Place(span.start(), span.line());
        if (format.kind() == Kind.JSON) {
            return new JsonElements(text, file.name(), limits.lineBytes(), place);
        }
        return new JsonReader.Lines(
                new CsvScanner(text, JsonReader.Lines.DIALECT, limits.lineBytes(), 0, place));
    }

    /// The whole file in UTF-8. Marks are skipped here, so places count from behind them: [#plain]
    /// is false for such files.
    private InputStream text(Entry file) throws IOException {
        BufferedInputStream in =
                new BufferedInputStream(
                        Streams.whole(file, format.gz(), limits), CHARSET_BYTES * 2);
        Charsets.Found found = charset(in);
        in.skipNBytes(found.mark());
        return Charsets.utf8(in, found.charset());
    }

    private Charsets.Found charset(InputStream in) throws IOException {
        in.mark(CHARSET_BYTES);
        byte[] head = in.readNBytes(CHARSET_BYTES);
        in.reset();
        return Charsets.find(format.dialect().charset(), head, head.length < CHARSET_BYTES);
    }

    private boolean plain(Entry file) throws IOException {
        if (format.gz()) {
            return false;
        }
        try (InputStream in =
                new BufferedInputStream(Streams.part(file, 0, Long.MAX_VALUE), CHARSET_BYTES)) {
            Charsets.Found found = charset(in);
            return found.utf8() && found.mark() == 0;
        }
    }

    @Override
    public RowReader open(Entry file, Span span, Schema wanted, Rejects rejects)
            throws IOException {
        if (known.isEmpty()) {
            schema(List.of(file));
        }
        for (String name : wanted.names()) {
            if (!known.contains(name)) {
                throw ProblemException.of(
                                ProblemCode.COLUMN_MISSING,
                                "expected a column '" + name + "', the file has none",
                                Nearest.fix(name, known))
                        .at(file.name());
            }
        }
        boolean all = wanted.names().containsAll(known);
        JsonReader.Setting setting =
                new JsonReader.Setting(file.name(), factory, plain(file), span.end());
        JsonCells cells = new JsonCells(wanted, all ? known : Set.of());
        return new JsonReader(setting, pieces(file, span), wanted, cells, rejects);
    }
}
