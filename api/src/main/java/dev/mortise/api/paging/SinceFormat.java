package dev.mortise.api.paging;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// How an API spells the moment from which on it is asked for records.
///
/// @param word `text` sends the cursor as it is; `iso`, `date`, `epoch_s`, `epoch_ms`, or a pattern
/// @param zone in which wall-clock columns are meant and patterns are written
public record SinceFormat(String word, ZoneId zone) {
    public static final SinceFormat ISO = new SinceFormat("iso", ZoneOffset.UTC);

    private static final long MICROS_A_MILLI = 1_000;

    public static Optional<SinceFormat> parse(String word, String zone) {
        try {
            SinceFormat format = new SinceFormat(word, ZoneId.of(zone));
            boolean pattern = word.matches(".*[yMdHms].*[^a-zA-Z].*|y+M+d+.*");
            boolean known = word.matches("text|iso|date|epoch_s|epoch_ms");
            boolean writes =
                    known
                            || (pattern
                                    && !DateTimeFormatter.ofPattern(word)
                                            .format(LocalDateTime.MIN.withYear(2000))
                                            .isEmpty());
            return writes ? Optional.of(format) : Optional.empty();
        } catch (IllegalArgumentException | java.time.DateTimeException _) {
            return Optional.empty();
        }
    }

    /// A cursor in the API's words.
    public String text(Type type, String cursor) {
        boolean time =
                type == Scalar.DATE || type == Scalar.TIMESTAMP || type == Scalar.TIMESTAMPTZ;
        if (!time || word.equals("text")) {
            return cursor;
        }
        return text(utc(type, cursor));
    }

    /// A moment in the API's words, to the microsecond at most.
    ///
    /// @param micros since 1970 in UTC
    public String text(long micros) {
        return text(Times.dateTime(micros));
    }

    private String text(LocalDateTime utc) {
        var there = utc.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone);
        return switch (word) {
            case "iso", "text" ->
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(there.toOffsetDateTime());
            case "date" -> there.toLocalDate().toString();
            case "epoch_s" ->
                    Long.toString(Math.floorDiv(Times.micros(utc), Times.MICROS_A_SECOND));
            case "epoch_ms" -> Long.toString(Math.floorDiv(Times.micros(utc), MICROS_A_MILLI));
            default -> DateTimeFormatter.ofPattern(word).format(there);
        };
    }

    /// The moment a cursor means, in microseconds since 1970 in UTC.
    public long micros(Type type, String cursor) {
        return Times.micros(utc(type, cursor));
    }

    private LocalDateTime utc(Type type, String cursor) {
        Column cell = Column.of(type, 1);
        Cell.parse(type, cursor, cell, 0);
        LocalDateTime time =
                cell instanceof IntColumn days
                        ? LocalDateTime.of(
                                java.time.LocalDate.ofEpochDay(days.value(0)),
                                java.time.LocalTime.MIDNIGHT)
                        : Times.dateTime(((LongColumn) cell).value(0));
        return type == Scalar.TIMESTAMPTZ
                ? time
                : time.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
}
