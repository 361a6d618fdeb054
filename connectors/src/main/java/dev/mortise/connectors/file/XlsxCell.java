package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Times;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/// A cell as canonical text and what kind of value it is. Dates are numbers with a date's format;
/// of formulas the value counts that was there when the workbook was saved.
///
/// @param text null for an empty cell
record XlsxCell(Kind kind, @Nullable String text) {
    private static final XlsxCell NOTHING = new XlsxCell(Kind.EMPTY, null);

    /// Spreadsheets calculate with 15 digits; what comes after them is noise of binary fractions.
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

    /// What of a number format is no sign of a date: texts, colours, escaped characters.
    private static final Pattern DECORATION =
            Pattern.compile("\"[^\"]*\"|\\[[^hmsHMS\\]][^\\]]*\\]|\\\\.|_.|\\*.");

    private static final Pattern DATE = Pattern.compile("[ymdhsYMDHS年月日时分秒]");
    private static final Pattern CLOCK = Pattern.compile("[hsHS时分秒]");
    private static final int EPOCH_1900 = -25_569;
    private static final int EPOCH_1904 = -24_107;
    private static final int FEBRUARY_29 = 60;

    enum Kind {
        EMPTY,
        NUMBER,
        DATE,
        TIMESTAMP,
        BOOL,
        TEXT,
        ERROR
    }

    static XlsxCell of(Row row, int column, boolean date1904) {
        if (column >= row.getCellCount()) {
            return NOTHING;
        }
        Cell cell = row.getCell(column);
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return NOTHING;
        }
        if (cell.getType() == CellType.ERROR) {
            return new XlsxCell(Kind.ERROR, cell.getRawValue());
        }
        Object value = cell.getValue();
        return switch (value) {
            case null -> NOTHING;
            case BigDecimal number -> number(cell, number, date1904);
            case Boolean bool -> new XlsxCell(Kind.BOOL, bool.toString());
            default -> text(cell, value.toString());
        };
    }

    private static XlsxCell text(Cell cell, String text) {
        boolean formula = cell.getType() == CellType.FORMULA;
        if (formula && text.matches("#(N/A|REF!|VALUE!|DIV/0!|NAME\\?|NUM!|NULL!)")) {
            return new XlsxCell(Kind.ERROR, text);
        }
        return new XlsxCell(Kind.TEXT, text);
    }

    private static XlsxCell number(Cell cell, BigDecimal number, boolean date1904) {
        String format = cell.getDataFormatString();
        String bare = format == null ? "" : DECORATION.matcher(format).replaceAll("");
        boolean dated = !bare.equalsIgnoreCase("general") && DATE.matcher(bare).find();
        if (dated && number.signum() >= 0) {
            return moment(number, CLOCK.matcher(bare).find(), date1904);
        }
        return new XlsxCell(Kind.NUMBER, number.stripTrailingZeros().toPlainString());
    }

    /// Days since the epoch of the workbook. The 29th of February 1900, which never was, counts.
    private static XlsxCell moment(BigDecimal serial, boolean clock, boolean date1904) {
        BigDecimal[] parts = serial.divideAndRemainder(BigDecimal.ONE);
        int days = parts[0].intValue();
        long millis =
                parts[1].multiply(BigDecimal.valueOf(Times.MICROS_A_DAY / 1_000))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue();
        int epoch = date1904 ? EPOCH_1904 : EPOCH_1900 + (days < FEBRUARY_29 ? 1 : 0);
        if (!clock && millis == 0) {
            return new XlsxCell(Kind.DATE, Times.dateText(days + epoch));
        }
        long micros = (days + epoch) * Times.MICROS_A_DAY + millis * 1_000;
        return new XlsxCell(Kind.TIMESTAMP, Times.timestampText(micros));
    }

    /// The number without the noise of its binary fraction.
    @Nullable String rounded() {
        if (kind != Kind.NUMBER || text == null || text.length() <= DIGITS.getPrecision()) {
            return text;
        }
        return new BigDecimal(text).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    void guess(Guess guess) {
        String rounded = rounded();
        if (rounded == null || rounded.isEmpty()) {
            return;
        }
        byte[] bytes = rounded.getBytes(StandardCharsets.UTF_8);
        switch (kind) {
            case EMPTY, ERROR -> {}
            case NUMBER -> guess.see(bytes, 0, bytes.length);
            case DATE -> guess.see(Guess.DATE | Guess.TIMESTAMP);
            case TIMESTAMP -> guess.see(Guess.TIMESTAMP);
            case BOOL -> guess.see(Guess.BOOL);
            case TEXT -> guess.seeText(bytes);
        }
    }

    /// `B7` for the second column of the seventh row.
    static String address(int row, int column) {
        StringBuilder letters = new StringBuilder();
        for (int left = column + 1; left > 0; left = (left - 1) / 26) {
            letters.insert(0, (char) ('A' + (left - 1) % 26));
        }
        return letters.toString() + row;
    }

    /// What the reader of workbooks throws is about the file.
    static ProblemException problem(RuntimeException e, String name) {
        if (e instanceof ProblemException problem) {
            return problem;
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new ProblemException(
                new Problem(
                        ProblemCode.FILE_CORRUPT,
                        "expected a workbook, reading it met: " + cause.getMessage(),
                        name,
                        "open and save the workbook again, or fetch it again when it is not whole"),
                e);
    }
}
