package dev.mortise.api.paging;

import dev.mortise.spi.batch.Times;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A resource that is asked for slice by slice of time, because it gives only so many records, or
/// so many days, at once.
///
/// @param from parameter of a slice's beginning
/// @param to parameter of its end
/// @param step microseconds of a slice
/// @param start microseconds since 1970 in UTC where the first slice begins when no cursor says so
/// @param end where the last one ends; empty for now
/// @param cap records of one slice at most, as the API has it; 0 for no limit
/// @param inclusive whether the API counts the moment of the end as well
public record Slices(
        String from,
        String to,
        long step,
        long start,
        Optional<Long> end,
        SinceFormat format,
        int cap,
        boolean inclusive,
        boolean inBody) {
    private static final int SLICES_MAX = 100_000;
    private static final int PARTS_MAX = 256;

    public static Slices read(TreeReader reader) {
        String from = reader.required("from", "start_time");
        String to = reader.required("to", "end_time");
        long step = step(reader);
        SinceFormat format = format(reader);
        long start = moment(reader, reader.required("start", "2026-01-01"), "start", format);
        Optional<Long> end = reader.text("end").map(text -> moment(reader, text, "end", format));
        int cap = reader.integer("cap", 1, Integer.MAX_VALUE, 0);
        boolean inclusive = reader.bool("inclusive", false);
        boolean inBody = reader.choice("in", "query", List.of("query", "body")).equals("body");
        reader.end();
        return new Slices(from, to, step, start, end, format, cap, inclusive, inBody);
    }

    private static long step(TreeReader reader) {
        String text = reader.text("step", "1d");
        String digits = text.replaceAll("[a-z]+$", "");
        long number = digits.matches("\\d{1,6}") ? Long.parseLong(digits) : 0;
        Duration step =
                switch (text.substring(digits.length())) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    case "d" -> Duration.ofDays(number);
                    default -> Duration.ZERO;
                };
        if (step.isZero()) {
            reader.invalid("step", "a duration such as 30m, 6h or 1d, got '" + text + "'");
            return Times.MICROS_A_DAY;
        }
        return step.toNanos() / 1_000;
    }

    private static SinceFormat format(TreeReader reader) {
        String word = reader.text("format", "iso");
        String zone = reader.text("zone", "UTC");
        Optional<SinceFormat> format = SinceFormat.parse(word, zone);
        if (format.isEmpty()) {
            reader.invalid(
                    "format", "iso, date, epoch_s, epoch_ms or a pattern, and a known 'zone'");
        }
        return format.orElse(SinceFormat.ISO);
    }

    private static long moment(TreeReader reader, String text, String word, SinceFormat format) {
        String time = text.length() == "2026-01-01".length() ? text + " 00:00:00" : text;
        try {
            return format.micros(Scalar.TIMESTAMP, time.replace('T', ' '));
        } catch (ProblemException | java.time.DateTimeException _) {
            if (!text.isEmpty()) {
                reader.invalid(word, "a date or a time without zone, got '" + text + "'");
            }
            return 0;
        }
    }

    /// What the API counts in: two moments within it are the same to it.
    public long unit() {
        return switch (format.word()) {
            case "date" -> Times.MICROS_A_DAY;
            case "epoch_ms" -> 1_000;
            default ->
                    format.word().matches("(?=.*[yd])[^Hhms]*")
                            ? Times.MICROS_A_DAY
                            : Times.MICROS_A_SECOND;
        };
    }

    /// Scopes that many lanes can read, in the order of time.
    ///
    /// @param cursor where an earlier run came to; empty when there was none
    /// @param now the moment this run began
    public List<Scope> scopes(Optional<Long> cursor, long now) {
        long first = Math.floorDiv(cursor.orElse(start), unit()) * unit();
        // The unit that now lies in counts whole, or what happened in it would be left out.
        long last = end.orElse((Math.floorDiv(now, unit()) + 1) * unit());
        if (first >= last) {
            return List.of();
        }
        long slices = Math.ceilDiv(last - first, step);
        if (slices > SLICES_MAX) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "expected at most %d slices of time, got %d".formatted(SLICES_MAX, slices),
                    "let 'step' be longer, or 'start' later");
        }
        long part = Math.ceilDiv(slices, PARTS_MAX) * step;
        List<Scope> scopes = new ArrayList<>();
        for (long at = first; at < last; at += part) {
            long until = Math.min(at + part, last);
            scopes.add(new Scope.Slice(at, Math.min(at + step, until), until, step));
        }
        return scopes;
    }

    /// A slice for people.
    public String told(Scope.Slice slice) {
        return "from '%s' to '%s'".formatted(format.text(slice.from()), format.text(slice.to()));
    }

    /// The parameters that ask for a slice.
    public void put(Scope.Slice slice, Map<String, String> params) {
        params.put(from, format.text(slice.from()));
        params.put(to, format.text(inclusive ? slice.to() - unit() : slice.to()));
    }
}
