package dev.mortise.api.page;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQuery;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How an API writes the times of a column: `iso`, which takes `/Date(…)/` and durations of OData
/// v2 as well; `epoch_s`, `epoch_ms` or `epoch_us` since 1970, as number or text; or a pattern
/// such as `yyyyMMdd`. What is finer than a microsecond is cut off.
///
/// With any form but `iso`, text that is empty or has no digit but zeros is no time, but null:
/// `00000000` is how SAP leaves a date out. As a time of day, zeros are midnight.
///
/// Nothing is bent: the 30th of February, 24:00 of a pattern and 25 hours are no times.
public final class TimeForm {
    /// As the canonical text of a time, or as OData v2 has it.
    public static final TimeForm ISO = new TimeForm("iso", null, null);

    private static final List<Type> TIMES =
            List.of(Scalar.DATE, Scalar.TIME, Scalar.TIMESTAMP, Scalar.TIMESTAMPTZ);

    /// Milliseconds since 1970 in UTC; the offset says what a clock there showed, and moves
    // nothing.
    private static final Pattern ODATA =
            Pattern.compile("\\\\?/Date\\((-?\\d{1,16})([+-]\\d{1,4})?\\)\\\\?/");

    private static final Pattern NOTHING = Pattern.compile("[0\\s:/.T-]*");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    private static final Pattern QUOTED_OR_YEAR = Pattern.compile("'[^']*'|y+");

    private static final ZonedDateTime SAMPLE =
            ZonedDateTime.of(2000, 12, 31, 11, 59, 59, 0, ZoneOffset.UTC);

    /// An offset behind so many characters follows a date and a time, not a time alone.
    private static final int DATE_CHARS = "2026-11-26T".length();

    /// Digits of a number at most, on either side of its point.
    private static final int DIGITS_MAX = 40;

    private final String word;
    private final @Nullable ZoneId zone;
    private final @Nullable DateTimeFormatter pattern;

    private TimeForm(String word, @Nullable ZoneId zone, @Nullable DateTimeFormatter pattern) {
        this.word = word;
        this.zone = zone;
        this.pattern = pattern;
    }

    /// @param zone in which clocks are meant that say none
    /// @return empty when the word is none of those known, and no pattern
    public static Optional<TimeForm> of(String word, Optional<ZoneId> zone) {
        if (word.matches("iso|epoch_s|epoch_ms|epoch_us")) {
            return Optional.of(new TimeForm(word, zone.orElse(null), null));
        }
        if (!word.matches(".*[yuMdHhms].*[yuMdHhmsSaXxZz].*")) {
            return Optional.empty();
        }
        try {
            DateTimeFormatter pattern = strict(word);
            // What it writes it has to read, too: an hour of twelve alone is no time.
            parsed(pattern, Scalar.TIMESTAMP, pattern.format(SAMPLE));
            return Optional.of(new TimeForm(word, zone.orElse(null), pattern));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Reads `format` and `zone` of a column.
    ///
    /// @param around the zone of all columns
    public static TimeForm read(TreeReader column, Type type, Optional<ZoneId> around) {
        Optional<ZoneId> zone = zone(column).or(() -> around);
        String word = column.text("format", "iso");
        Optional<TimeForm> form = of(word, zone);
        if (form.isEmpty()) {
            column.invalid(
                    "format",
                    "iso, epoch_s, epoch_ms, epoch_us or a pattern such as yyyyMMdd, got '%s'"
                            .formatted(word));
        } else if (column.find("format").isPresent() && !writes(type)) {
            column.invalid("format", "a column of dates or times, but this one is " + type.text());
        } else if (form.get().zoneless(type)) {
            column.invalid("format", "'zone' beside it, for the pattern has no offset");
        }
        return form.orElse(ISO);
    }

    /// Reads `zone`, in which clocks are meant that say none.
    public static Optional<ZoneId> zone(TreeReader reader) {
        Optional<String> text = reader.text("zone");
        try {
            return text.map(ZoneId::of);
        } catch (DateTimeException _) {
            reader.invalid(
                    "zone", "a time zone such as Asia/Shanghai, got '%s'".formatted(text.get()));
            return Optional.empty();
        }
    }

    /// Strict patterns spell the year `u`, unless an era stands beside it.
    private static DateTimeFormatter strict(String word) {
        boolean era = QUOTED.matcher(word).replaceAll("").contains("G");
        String years =
                QUOTED_OR_YEAR
                        .matcher(word)
                        .replaceAll(found -> Matcher.quoteReplacement(year(found.group())));
        return DateTimeFormatter.ofPattern(era ? word : years, Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private static String year(String piece) {
        return piece.startsWith("'") ? piece : "u".repeat(piece.length());
    }

    private static TemporalAccessor parsed(DateTimeFormatter pattern, Type type, String text) {
        // A date with an offset is a date, but begins at a moment.
        TemporalQuery<TemporalAccessor> day =
                type == Scalar.DATE ? LocalDate::from : TimeForm::beginning;
        return pattern.parseBest(
                text,
                ZonedDateTime::from,
                LocalDateTime::from,
                day,
                LocalDate::from,
                LocalTime::from);
    }

    /// @throws DateTimeException when nothing says where the day begins
    private static ZonedDateTime beginning(TemporalAccessor day) {
        return LocalDate.from(day).atStartOfDay(ZoneId.from(day));
    }

    /// Whether a time in the usual ISO spelling means what it says.
    boolean usual() {
        return word.equals("iso");
    }

    /// Whether values of a type are times at all.
    public static boolean writes(Type type) {
        return TIMES.contains(type);
    }

    /// Whether values of a type need a zone that neither they nor the form have.
    public boolean zoneless(Type type) {
        boolean tells = QUOTED.matcher(word).replaceAll("").matches(".*[XxZzVO].*");
        return pattern != null && zone == null && type == Scalar.TIMESTAMPTZ && !tells;
    }

    /// The type of a text that is a time as [#ISO] takes it; empty for any other text.
    static Optional<Type> typeOf(String text) {
        Matcher odata = ODATA.matcher(text);
        if (odata.matches()) {
            return Optional.of(odata.group(2) == null ? Scalar.TIMESTAMP : Scalar.TIMESTAMPTZ);
        }
        if (!text.matches(
                "\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?.{0,6})?")) {
            return Optional.empty();
        }
        Type type =
                text.length() == 10
                        ? Scalar.DATE
                        : offset(text) > 0 ? Scalar.TIMESTAMPTZ : Scalar.TIMESTAMP;
        try {
            ISO.set(type, text, Column.of(type, 1), 0);
            return Optional.of(type);
        } catch (ProblemException _) {
            return Optional.empty();
        }
    }

    /// Sets a row from text, or from the digits of a number.
    ///
    /// @throws ProblemException CAST_FAILED or VALUE_OUT_OF_RANGE, without place
    void set(Type type, String text, Column column, int row) {
        String bare = text.strip();
        if (!word.equals("iso") && nothing(type, bare)) {
            column.setNull(row);
            return;
        }
        try {
            switch (word) {
                case "iso" -> iso(type, bare, column, row);
                case "epoch_s" -> put(type, epoch(bare, 6), column, row);
                case "epoch_ms" -> put(type, epoch(bare, 3), column, row);
                case "epoch_us" -> put(type, epoch(bare, 0), column, row);
                default -> written(type, bare, column, row);
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new ProblemException(
                    ProblemException.of(
                                    ProblemCode.CAST_FAILED,
                                    "expected %s written as '%s', got '%s'"
                                            .formatted(type.text(), word, shown(bare)),
                                    "mend the value, or the 'format' of the column")
                            .problem(),
                    e);
        }
    }

    private static String shown(String text) {
        return text.length() > DIGITS_MAX ? text.substring(0, DIGITS_MAX) + "…" : text;
    }

    private boolean nothing(Type type, String text) {
        if (type == Scalar.TIME) {
            return text.isEmpty();
        }
        // As a number, 0 is the beginning of 1970.
        boolean epochZero = pattern == null && text.equals("0");
        return !epochZero && NOTHING.matcher(text).matches();
    }

    private void iso(Type type, String text, Column column, int row) {
        Matcher odata = ODATA.matcher(text);
        if (text.indexOf('/') >= 0 && odata.matches()) {
            put(type, Math.multiplyExact(Long.parseLong(odata.group(1)), 1_000L), column, row);
            return;
        }
        if (type == Scalar.TIME && text.startsWith("PT")) {
            ((LongColumn) column).set(row, sinceMidnight(Duration.parse(text)));
            return;
        }
        int offset = offset(text);
        if (type == Scalar.TIMESTAMPTZ && zone != null && offset < 0) {
            put(type, Times.dateTime(Times.parseTimestamp(text)), column, row);
        } else if (type != Scalar.TIMESTAMPTZ && offset > DATE_CHARS) {
            put(type, Times.parseInstant(colon(text, offset)), column, row);
        } else {
            Cell.parse(type, offset > 0 ? colon(text, offset) : text, column, row);
        }
    }

    /// @return microseconds, at most a day of them: 24:00 is the end of a day
    private static long sinceMidnight(Duration time) {
        if (time.isNegative() || time.compareTo(Duration.ofDays(1)) > 0) {
            throw new DateTimeException("no time of a day");
        }
        return time.toNanos() / 1_000;
    }

    /// Where behind a time its `Z` or offset stands; -1 when there is none.
    private static int offset(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return -1;
        }
        if (text.endsWith("Z")) {
            return text.length() - 1;
        }
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        return sign > colon ? sign : -1;
    }

    /// `+0800` as `+08:00`.
    private static String colon(String text, int offset) {
        boolean bare = text.length() - offset == 5;
        return bare ? text.substring(0, offset + 3) + ":" + text.substring(offset + 3) : text;
    }

    private static long epoch(String text, int digits) {
        BigDecimal number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) > DIGITS_MAX || number.precision() > DIGITS_MAX) {
            throw new ArithmeticException("no time");
        }
        return number.movePointRight(digits).setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    private void written(Type type, String text, Column column, int row) {
        switch (parsed(java.util.Objects.requireNonNull(pattern), type, text)) {
            case ZonedDateTime told -> {
                ZonedDateTime utc = told.withZoneSameInstant(ZoneOffset.UTC);
                put(type, Times.micros(utc.toLocalDateTime()), column, row);
            }
            case LocalDateTime local -> put(type, local, column, row);
            case LocalDate day -> put(type, day.atStartOfDay(), column, row);
            case LocalTime clock when type == Scalar.TIME ->
                    ((LongColumn) column).set(row, clock.toNanoOfDay() / 1_000);
            default -> throw new DateTimeException("a time of day alone");
        }
    }

    /// @param micros since 1970 in UTC
    private void put(Type type, long micros, Column column, int row) {
        if (type == Scalar.TIMESTAMPTZ) {
            ((LongColumn) column).set(row, micros);
            return;
        }
        var there = Times.dateTime(micros).atOffset(ZoneOffset.UTC).atZoneSameInstant(zone());
        local(type, there.toLocalDateTime(), column, row);
    }

    private void put(Type type, LocalDateTime time, Column column, int row) {
        if (type == Scalar.TIMESTAMPTZ) {
            var utc = time.atZone(zone()).withZoneSameInstant(ZoneOffset.UTC);
            ((LongColumn) column).set(row, Times.micros(utc.toLocalDateTime()));
            return;
        }
        local(type, time, column, row);
    }

    private static void local(Type type, LocalDateTime time, Column column, int row) {
        if (type == Scalar.DATE) {
            ((IntColumn) column).set(row, Math.toIntExact(time.toLocalDate().toEpochDay()));
        } else if (type == Scalar.TIME) {
            ((LongColumn) column).set(row, time.toLocalTime().toNanoOfDay() / 1_000);
        } else {
            ((LongColumn) column).set(row, Times.micros(time));
        }
    }

    private ZoneId zone() {
        ZoneId here = zone;
        return here == null ? ZoneOffset.UTC : here;
    }
}
