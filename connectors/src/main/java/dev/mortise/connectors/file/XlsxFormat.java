package dev.mortise.connectors.file;

import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/// XLSX workbooks, one sheet as a table. Row by row; only the shared strings are held.
final class XlsxFormat implements RowFormat {
    private final FileFormat format;
    private final Limits limits;

    XlsxFormat(FileFormat format, Limits limits) {
        this.format = format;
        this.limits = limits;
    }

    /// A workbook at the first row below its header.
    ///
    /// @param stream must be closed with the workbook
    record Opened(
            ReadableWorkbook workbook,
            Sheet sheet,
            Stream<Row> stream,
            Iterator<Row> rows,
            List<String> names)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            stream.close();
            workbook.close();
        }
    }

    @Override
    public Schema schema(List<Entry> files) throws IOException {
        Entry file = files.getFirst();
        try (Opened opened = open(file)) {
            List<Guess> guesses = new ArrayList<>();
            opened.names().forEach(_ -> guesses.add(Guess.ofJson()));
            for (int seen = 0; seen < limits.sampleRows() && opened.rows().hasNext(); seen++) {
                Row row = opened.rows().next();
                for (int i = 0; i < guesses.size(); i++) {
                    XlsxCell cell = XlsxCell.of(row, i, opened.workbook().isDate1904());
                    cell.guess(guesses.get(i));
                }
            }
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < guesses.size(); i++) {
                String name = opened.names().get(i);
                Type pinned = format.columns().get(name);
                fields.add(pinned == null ? guesses.get(i).field(name) : Field.of(name, pinned));
            }
            return new Schema(fields);
        } catch (RuntimeException e) {
            throw XlsxCell.problem(e, file.name());
        }
    }

    private Opened open(Entry file) throws IOException {
        XlsxArchive.check(file, limits);
        ReadableWorkbook workbook =
                new ReadableWorkbook(file.path().toFile(), new ReadingOptions(true, false));
        try {
            Sheet sheet = sheet(workbook, file);
            Stream<Row> stream = sheet.openStream();
            Iterator<Row> rows = stream.iterator();
            return new Opened(workbook, sheet, stream, rows, names(rows, file));
        } catch (IOException | RuntimeException e) {
            workbook.close();
            throw e;
        }
    }

    private Sheet sheet(ReadableWorkbook workbook, Entry file) {
        String wanted = format.sheet().name();
        if (wanted.isEmpty()) {
            return workbook.getFirstSheet();
        }
        return workbook.findSheet(wanted)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                                ProblemCode.DATASET_MISSING,
                                                "no sheet '" + wanted + "' in the workbook",
                                                Nearest.fix(
                                                        wanted,
                                                        workbook.getSheets()
                                                                .map(Sheet::getName)
                                                                .collect(Collectors.toList())))
                                        .at(file.name()));
    }

    private List<String> names(Iterator<Row> rows, Entry file) {
        int headerRows = format.sheet().headerRows();
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < headerRows && rows.hasNext(); i++) {
            lines.add(texts(rows.next()));
        }
        int width = lines.stream().mapToInt(List::size).max().orElse(0);
        if (headerRows == 0) {
            return List.copyOf(format.columns().keySet());
        }
        if (width == 0 || width > limits.columns()) {
            throw ProblemException.of(
                            width == 0 ? ProblemCode.FILE_CORRUPT : ProblemCode.LIMIT_EXCEEDED,
                            "expected a header of 1 to %d columns, got %d"
                                    .formatted(limits.columns(), width),
                            "set 'sheet' and 'header_rows' under 'formats'")
                    .at(file.name());
        }
        return joined(lines, width);
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < row.getCellCount(); i++) {
            String text = XlsxCell.of(row, i, false).text();
            texts.add(text == null ? "" : text.strip());
        }
        while (!texts.isEmpty() && texts.getLast().isEmpty()) {
            texts.removeLast();
        }
        return texts;
    }

    /// Joins the texts above each other. A cell merged over several columns holds its text in the
    /// first: it counts for the empty ones to its right, except in the last row.
    private static List<String> joined(List<List<String>> lines, int width) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        String[] above = new String[lines.size()];
        for (int column = 0; column < width; column++) {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                List<String> line = lines.get(i);
                String text = column < line.size() ? line.get(column) : "";
                boolean carried = text.isEmpty() && i < lines.size() - 1 && above[i] != null;
                String word = carried ? above[i] : text;
                above[i] = word;
                if (!word.isEmpty() && !words.contains(word)) {
                    words.add(word);
                }
            }
            String name = words.isEmpty() ? "column_" + (column + 1) : String.join(" ", words);
            String free = name;
            for (int copy = 2; !taken.add(free); copy++) {
                free = name + "_" + copy;
            }
            names.add(free);
        }
        return names;
    }

    @Override
    public RowReader open(Entry file, Span span, Schema wanted, Rejects rejects)
            throws IOException {
        try {
            return new XlsxReader(file.name(), open(file), wanted, rejects);
        } catch (RuntimeException e) {
            throw XlsxCell.problem(e, file.name());
        }
    }
}
