package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.spelling.CellReader;
import dev.mortise.spi.spelling.Stamps;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// How a text file spells values that have no spelling of their own there. The slow and thorough
/// way to read one value; [CellReader] tries the usual spellings first.
///
/// @param decimal the decimal point
/// @param thousands between groups of digits; 0 for nothing
/// @param dates patterns tried after ISO
/// @param timestamps patterns tried after ISO
/// @param nulls words that mean null, beside nothing at all
record Spelling(
        char decimal,
        char thousands,
        List<DateTimeFormatter> dates,
        List<DateTimeFormatter> timestamps,
        Set<String> nulls) {

    static final Spelling PLAIN = new Spelling('.', '\0', List.of(), List.of(), Set.of());

    /// What Java reads as a number and nobody else writes: suffixes and hexadecimal.
    private static final Pattern JAVA_ONLY = Pattern.compile("[dDfFpPxX]$|[xX]");

    Spelling {
        dates = List.copyOf(dates);
        timestamps = List.copyOf(timestamps);
        nulls = Set.copyOf(nulls);
    }

    /// Whether numbers are spelt as programs spell them.
    boolean plainNumbers() {
        return decimal == '.' && thousands == '\0';
    }

    /// The quick reader of a type. Patterns of the user come before ISO, so they leave none.
    CellReader reader(Type type) {
        boolean patterned =
                switch (type) {
                    case Scalar.DATE -> !dates.isEmpty();
                    case Scalar.TIMESTAMP, Scalar.TIMESTAMPTZ -> !timestamps.isEmpty();
                    default -> false;
                };
        return CellReader.of(patterned ? Scalar.BYTES : type, plainNumbers());
    }

    /// Sets a row from text.
    ///
    /// @throws ProblemException CAST_FAILED or VALUE_OUT_OF_RANGE, without place
    void parse(Type type, String text, Column column, int row) {
        if (text.isEmpty() && type != Scalar.TEXT) {
            column.setNull(row);
        } else if (numeric(type)) {
            Cell.parse(type, number(type, text.strip()), column, row);
        } else if (type == Scalar.DATE) {
            ((IntColumn) column).set(row, date(text.strip()));
        } else if (type == Scalar.TIMESTAMP || type == Scalar.TIMESTAMPTZ) {
            ((LongColumn) column).set(row, micros(type, text.strip()));
        } else {
            Cell.parse(type, text, column, row);
        }
    }

    private static boolean numeric(Type type) {
        return switch (type) {
            case Decimal _ -> true;
            case Scalar scalar ->
                    switch (scalar) {
                        case INT8, INT16, INT32, INT64, UINT64, FLOAT32, FLOAT64 -> true;
                        case BOOL, TEXT, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON ->
                                false;
                    };
        };
    }

    /// The number as programs spell it. Java's own suffixes and hexadecimal floats are refused.
    private String number(Type type, String text) {
        String plain = thousands == '\0' ? text : text.replace(String.valueOf(thousands), "");
        if (decimal != '.') {
            if (plain.indexOf('.') >= 0) {
                throw failed(type, text);
            }
            plain = plain.replace(decimal, '.');
        }
        boolean floating = type == Scalar.FLOAT32 || type == Scalar.FLOAT64;
        if (floating && JAVA_ONLY.matcher(plain).find()) {
            throw failed(type, text);
        }
        return plain;
    }

    int date(String text) {
        for (DateTimeFormatter format : dates) {
            TemporalAccessor found = attempt(format, text);
            LocalDate date = found == null ? null : found.query(TemporalQueries.localDate());
            if (date != null) {
                return Math.toIntExact(date.toEpochDay());
            }
        }
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int days = Stamps.date(bytes, 0, bytes.length);
        if (days != Stamps.NO_DATE) {
            return days;
        }
        long micros = Stamps.timestamp(bytes, 0, bytes.length);
        // A date written as its midnight, as spreadsheets do.
        if (micros != Stamps.NONE && Math.floorMod(micros, Times.MICROS_A_DAY) == 0) {
            return (int) Math.floorDiv(micros, Times.MICROS_A_DAY);
        }
        throw failed(Scalar.DATE, text);
    }

    private long micros(Type type, String text) {
        for (DateTimeFormatter format : timestamps) {
            TemporalAccessor found = attempt(format, text);
            LocalDate date = found == null ? null : found.query(TemporalQueries.localDate());
            if (found != null && date != null) {
                return micros(type, text, found, date);
            }
        }
        try {
            return type == Scalar.TIMESTAMP ? Times.parseTimestamp(text) : Times.parseInstant(text);
        } catch (DateTimeException | IllegalArgumentException _) {
            throw failed(type, text);
        }
    }

    private static long micros(Type type, String text, TemporalAccessor found, LocalDate date) {
        LocalTime time = found.query(TemporalQueries.localTime());
        LocalDateTime moment = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
        java.time.ZoneId zone = found.query(TemporalQueries.zone());
        if (type == Scalar.TIMESTAMP) {
            return Times.micros(moment);
        }
        if (zone == null) {
            throw failed(type, text);
        }
        return Times.micros(
                ZonedDateTime.of(moment, zone)
                        .withZoneSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime());
    }

    private static @org.jspecify.annotations.Nullable TemporalAccessor attempt(
            DateTimeFormatter format, String text) {
        try {
            return format.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    static ProblemException failed(Type type, String text) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return ProblemException.of(
                ProblemCode.CAST_FAILED,
                "expected " + type.text() + ", got '" + shown + "'",
                "mend the value, or read the column as text: 'columns' under 'formats'");
    }
}
