package dev.mortise.connectors.file;

import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// One folder. Keeps nothing open between calls.
final class FileConnector implements Reads, Writes {
    private final Folder folder;
    private final Formats formats;
    private final Limits limits;
    private final boolean guards;

    FileConnector(Settings settings) {
        this.limits = Limits.of(settings);
        this.guards = settings.bool("formula_guard");
        this.folder = new Folder(settings.folder().resolve(settings.text("path")), limits.files());
        this.formats = new Formats(settings.tree("formats"));
    }

    @Override
    public Health check() {
        try {
            List<Health.Step> passed =
                    Files.isReadable(folder.root()) ? List.of(Health.Step.PRIVILEGE) : List.of();
            return new Health(passed, Optional.empty(), "");
        } catch (ProblemException e) {
            return new Health(List.of(), Optional.of(e.problem()), "");
        }
    }

    @Override
    public List<String> datasets(String pattern) {
        return folder.names(pattern).stream()
                .filter(name -> formats.find(name).isPresent())
                .toList();
    }

    @Override
    public Dataset describe(String name) {
        FileFormat format = formats.of(name);
        List<Entry> files = folder.files(name);
        RowFormat rows = rows(format);
        try {
            Schema schema = rows.schema(files);
            String note = rows.note(files.getFirst());
            return new Dataset(
                    name, schema, List.of(), -1, List.of(), note.isEmpty() ? null : note);
        } catch (IOException e) {
            throw Folder.problem("reading the file", name, e);
        }
    }

    private RowFormat rows(FileFormat format) {
        return switch (format.kind()) {
            case CSV, TSV -> new CsvFormat(format, limits);
            case JSONL, JSON -> new JsonFormat(format, limits);
            case XLSX -> new XlsxFormat(format, limits);
            case PARQUET -> new ParquetFormat(limits);
        };
    }

    @Override
    public Snapshot snapshot(Dataset dataset, Scan scan) {
        FileFormat format = formats.of(dataset.name());
        return new FileSnapshot(folder, rows(format), dataset, scan);
    }

    @Override
    public Sink sink(Target target) {
        FileFormat format = formats.of(target.dataset());
        return new FileSink(Output.of(target, format, limits, guards, folder));
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
