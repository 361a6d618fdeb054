package dev.mortise.connectors.file;

import dev.mortise.connectors.file.CsvScanner.Place;
import dev.mortise.connectors.file.RowFormat.Span;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import tools.jackson.core.json.JsonFactory;

/// Makes a workbook of staged rows. Whatever a spreadsheet cannot hold exactly is written as text:
/// numbers of more than 15 digits, times finer than milliseconds, instants. Texts are texts: none
/// is run as a formula.
final class XlsxWriter {
    static final int ROWS_MAX = 1_048_576;
    private static final int DIGITS_MAX = 15;
    private static final int CHARS_MAX = 32_767;
    private static final int FLUSH_ROWS = 1_000;
    private static final int YEAR_MIN = 1901;
    private static final int YEAR_MAX = 9999;

    private final Worksheet sheet;
    private final String dataset;
    private int at = 1;

    private XlsxWriter(Worksheet sheet, String dataset) {
        this.sheet = sheet;
        this.dataset = dataset;
    }

    static void write(Output output, Path to, Segments segments) throws IOException {
        Schema schema = output.schema();
        String name = output.format().sheet().name();
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(to));
                Workbook workbook = new Workbook(file, "Mortise", "1.0");
                JsonReader rows = reader(segments, schema)) {
            XlsxWriter writer =
                    new XlsxWriter(
                            workbook.newWorksheet(name.isEmpty() ? "Sheet1" : name),
                            output.target().dataset());
            for (int i = 0; i < schema.size(); i++) {
                writer.sheet.value(0, i, schema.field(i).name());
            }
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                writer.rows(batch);
            }
            writer.sheet.finish();
        }
    }

    private static JsonReader reader(Segments segments, Schema schema) {
        JsonFactory factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                tools.jackson.core.StreamReadConstraints.builder()
                                        .maxStringLength(Integer.MAX_VALUE)
                                        .build())
                        .build();
        CsvScanner lines =
                new CsvScanner(
                        segments.open(),
                        JsonReader.Lines.DIALECT,
                        Integer.MAX_VALUE / 2,
                        0,
                        Place.START);
        return new JsonReader(
                new JsonReader.Setting("staged", factory, false, Span.WHOLE.end()),
                new JsonReader.Lines(lines),
                schema,
                new JsonCells(schema, Set.of()),
                row -> {
                    throw new IllegalStateException("staged row " + row);
                });
    }

    private void rows(Batch batch) throws IOException {
        for (int row = 0; row < batch.rows(); row++) {
            if (at == ROWS_MAX) {
                throw ProblemException.of(
                                ProblemCode.LIMIT_EXCEEDED,
                                "a sheet holds 1048576 rows, there are more",
                                "write CSV or Parquet, or filter the rows")
                        .at(dataset);
            }
            for (int i = 0; i < batch.schema().size(); i++) {
                if (!batch.column(i).isNull(row)) {
                    cell(batch.field(i).type(), batch.column(i), row, i);
                }
            }
            at++;
            if (at % FLUSH_ROWS == 0) {
                sheet.flush();
            }
        }
    }

    private void cell(Type type, Column column, int row, int place) {
        switch (type) {
            case Decimal decimal -> number(Cell.decimal(decimal, column, row), place);
            case Scalar scalar -> cell(scalar, column, row, place);
        }
    }

    private void cell(Scalar type, Column column, int row, int place) {
        switch (type) {
            case BOOL -> sheet.value(at, place, ((IntColumn) column).value(row) != 0);
            case INT8, INT16, INT32 -> sheet.value(at, place, ((IntColumn) column).value(row));
            case INT64, UINT64 -> number(new BigDecimal(Cell.text(type, column, row)), place);
            case FLOAT32, FLOAT64 -> real(Cell.text(type, column, row), place);
            case DATE -> date(((IntColumn) column).value(row), place);
            case TIMESTAMP -> timestamp(((LongColumn) column).value(row), place);
            case TEXT, JSON, BYTES, TIME, TIMESTAMPTZ, UUID ->
                    text(Cell.text(type, column, row), place);
        }
    }

    private void number(BigDecimal value, int place) {
        if (value.stripTrailingZeros().precision() > DIGITS_MAX) {
            text(value.toPlainString(), place);
        } else {
            sheet.value(at, place, value);
        }
    }

    private void real(String text, int place) {
        double value = Double.parseDouble(text);
        if (Double.isFinite(value)) {
            sheet.value(at, place, value);
        } else {
            text(text, place);
        }
    }

    private void date(int days, int place) {
        LocalDate date = LocalDate.ofEpochDay(days);
        if (date.getYear() < YEAR_MIN || date.getYear() > YEAR_MAX) {
            text(date.toString(), place);
            return;
        }
        sheet.value(at, place, date);
        sheet.style(at, place).format("yyyy-mm-dd").set();
    }

    private void timestamp(long micros, int place) {
        boolean infinite = micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
        LocalDateTime time = infinite ? LocalDateTime.MIN : Times.dateTime(micros);
        if (micros % 1_000 != 0 || time.getYear() < YEAR_MIN || time.getYear() > YEAR_MAX) {
            text(Times.timestampText(micros), place);
            return;
        }
        sheet.value(at, place, time);
        sheet.style(at, place).format("yyyy-mm-dd hh:mm:ss.000").set();
    }

    private void text(String text, int place) {
        if (text.length() > CHARS_MAX) {
            throw ProblemException.of(
                            ProblemCode.LIMIT_EXCEEDED,
                            "a cell holds %d characters, a text has %d"
                                    .formatted(CHARS_MAX, text.length()),
                            "shorten the text in a map step, or write CSV or Parquet")
                    .at(dataset + ":" + XlsxCell.address(at + 1, place));
        }
        sheet.value(at, place, text);
    }
}
