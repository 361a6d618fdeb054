package dev.mortise.connectors.file;

import dev.mortise.connectors.file.FileFormat.Kind;
import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a sink writes, where and how. The name may hold `{run}`, which becomes the number of the
/// run: then each run writes a file of its own.
///
/// @param path where the target lies, with `{run}` still in it
/// @param existing the file that stands there, if any; a file of no bytes does not count
/// @param columns of the existing file, in its order; empty when it has none or they do not matter
record Output(
        Target target,
        FileFormat format,
        Limits limits,
        boolean guards,
        Path path,
        Optional<Entry> existing,
        List<String> columns) {
    static final String RUN = "{run}";
    private static final int XLSX_DIGITS_MAX = 15;

    static Output of(
            Target target, FileFormat format, Limits limits, boolean guards, Folder folder) {
        String name = target.dataset();
        if (name.indexOf('*') >= 0) {
            throw ProblemException.of(
                            ProblemCode.VALUE_INVALID,
                            "expected the name of one file to write, got '" + name + "'",
                            "write '{run}' where the number of the run belongs")
                    .at(name);
        }
        Path path = folder.path(name);
        boolean fresh = name.contains(RUN);
        Optional<Entry> existing =
                !fresh && Files.exists(path) ? Optional.of(folder.file(name)) : Optional.empty();
        if (existing.isEmpty() && !target.create() && !fresh) {
            folder.file(name);
        }
        Optional<Entry> filled = existing.filter(entry -> entry.size() > 0);
        List<String> columns =
                filled.isPresent() && target.mode() == WriteMode.APPEND
                        ? columns(format, limits, filled.get())
                        : List.of();
        return new Output(target, format, limits, guards, path, filled, columns);
    }

    private static List<String> columns(FileFormat format, Limits limits, Entry file) {
        try {
            return switch (format.kind()) {
                case CSV, TSV -> new CsvFormat(format, limits).schema(List.of(file)).names();
                case PARQUET -> new ParquetFormat(limits).schema(List.of(file)).names();
                case JSONL, JSON, XLSX -> List.of();
            };
        } catch (IOException e) {
            throw Folder.problem("reading the file", file.name(), e);
        }
    }

    Kind kind() {
        return format.kind();
    }

    Path folder() {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    String published(long epoch) {
        return path.getFileName().toString().replace(RUN, "%06d".formatted(epoch));
    }

    boolean appends() {
        return target.mode() == WriteMode.APPEND && existing.isPresent();
    }

    /// The types in which rows must arrive: those the user gave the file, else their own.
    Schema schema() {
        Map<String, Type> given = kind() == Kind.PARQUET ? Map.of() : format.columns();
        return new Schema(
                target.schema().fields().stream()
                        .map(field -> field.typed(given.getOrDefault(field.name(), field.type())))
                        .map(field -> Field.of(field.name(), field.type()))
                        .toList());
    }

    /// Columns of the published file, in its order.
    private List<String> order() {
        return columns.isEmpty() ? target.schema().names() : columns;
    }

    String nativeType(Type type) {
        return switch (kind()) {
            case CSV, TSV, JSONL, JSON -> type.text();
            case XLSX -> "cell";
            case PARQUET -> ParquetFormat.sqlType(type);
        };
    }

    Loss loss(Type type) {
        boolean wide =
                kind() == Kind.XLSX
                        && (type == Scalar.INT64
                                || type == Scalar.UINT64
                                || (type instanceof Decimal decimal
                                        && decimal.precision() > XLSX_DIGITS_MAX));
        return wide
                ? Loss.widening("numbers of more than 15 digits are written as text")
                : Loss.NONE;
    }

    Staging staging(String stem) {
        return switch (kind()) {
            case CSV, TSV -> new Staging.Text(folder().resolve(stem + ".csv"), this::csv);
            case JSONL, JSON, XLSX ->
                    new Staging.Text(
                            folder().resolve(stem + ".jsonl"), _ -> new JsonEncoder(schema()));
            case PARQUET -> new ParquetStaging(folder(), stem, schema());
        };
    }

    private RowEncoder csv(TextBuffer out) {
        RowEncoder encoder = csvEncoder();
        if (!appends()) {
            encoder.begin(schema(), out);
        }
        return encoder;
    }

    private CsvEncoder csvEncoder() {
        int[] places = order().stream().mapToInt(target.schema()::indexOf).toArray();
        return new CsvEncoder(format, guards, places);
    }

    /// The first line of a delimited file that begins anew.
    TextBuffer header() {
        TextBuffer out = new TextBuffer();
        if (format.kind().delimited() && !appends()) {
            csvEncoder().begin(schema(), out);
        }
        return out;
    }
}
