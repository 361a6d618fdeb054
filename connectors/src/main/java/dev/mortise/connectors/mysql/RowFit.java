package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Scalar;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the rows that the server would take, but bend without a word: a fraction of a second cut
/// off, trailing spaces lost, bytes padded, a null filled in. What it complains of by itself is
/// not looked at here.
final class RowFit {
    private static final Pattern QUOTED = Pattern.compile("'((?:[^']|'')*)'");
    private static final int MICRO_DIGITS = 6;
    private static final int YEAR_MIN = 1_901;

    private final List<Check> checks = new ArrayList<>();

    /// A check of one column. Says what is wrong with a value, or null.
    private record Check(int place, String column, Rule rule, boolean required) {}

    private interface Rule {
        @Nullable String why(Column column, int row);
    }

    RowFit(List<MySqlColumn> columns) {
        for (int i = 0; i < columns.size(); i++) {
            MySqlColumn column = columns.get(i);
            Rule rule = rule(column);
            boolean required = !column.field().nullable();
            if (rule != null || required) {
                Rule any = rule == null ? (_, _) -> null : rule;
                checks.add(new Check(i, column.name(), any, required));
            }
        }
    }

    private static @Nullable Rule rule(MySqlColumn column) {
        return switch (column.dataType()) {
            case "char" -> RowFit::trailingSpace;
            case "binary" -> (bytes, row) -> length(bytes, row, column.length());
            case "bit" ->
                    column.type() == Scalar.BOOL
                            ? null
                            : (bytes, row) -> length(bytes, row, (column.length() + 7) / 8);
            case "enum", "set" -> listed(column);
            case "year" -> RowFit::year;
            case "float", "double" -> RowFit::finite;
            case "time", "datetime", "timestamp" -> fraction(column.digits());
            default -> null;
        };
    }

    private static @Nullable String trailingSpace(Column column, int row) {
        BytesColumn text = (BytesColumn) column;
        int end = text.start(row) + text.length(row);
        return text.length(row) > 0 && text.bytes()[end - 1] == ' '
                ? "a char loses trailing spaces"
                : null;
    }

    private static @Nullable String length(Column column, int row, int length) {
        int actual = ((BytesColumn) column).length(row);
        return actual == length
                ? null
                : "expected exactly %d bytes, got %d".formatted(length, actual);
    }

    private static Rule listed(MySqlColumn column) {
        Set<String> values = new HashSet<>();
        Matcher value = QUOTED.matcher(column.columnType());
        while (value.find()) {
            values.add(value.group(1).replace("''", "'"));
        }
        boolean set = column.dataType().equals("set");
        return (texts, row) -> {
            String text = ((BytesColumn) texts).text(row);
            List<String> chosen = set && !text.isEmpty() ? List.of(text.split(",", -1)) : List.of();
            boolean known = set ? values.containsAll(chosen) : values.contains(text);
            return known ? null : "expected a value of " + column.columnType();
        };
    }

    private static @Nullable String year(Column column, int row) {
        int year = ((IntColumn) column).value(row);
        return year >= YEAR_MIN || year == 0 ? null : "a year lies in 1901 to 2155";
    }

    private static @Nullable String finite(Column column, int row) {
        return Double.isFinite(((DoubleColumn) column).value(row))
                ? null
                : "the server has no infinity and no NaN";
    }

    private static Rule fraction(int digits) {
        long unit = 1;
        for (int i = digits; i < MICRO_DIGITS; i++) {
            unit *= 10;
        }
        long step = unit;
        return (times, row) -> {
            long value = ((LongColumn) times).value(row);
            if (value == Long.MAX_VALUE || value == Long.MIN_VALUE) {
                return "the server has no infinite times";
            }
            return value % Times.MICROS_A_SECOND % step == 0
                    ? null
                    : "the column keeps " + digits + " digits of a second";
        };
    }

    /// The rows that fit; the others are set aside.
    Batch keep(Batch batch, Rejects rejects) {
        BitSet bad = new BitSet();
        for (Check check : checks) {
            sift(check, batch, bad, rejects);
        }
        return bad.isEmpty() ? batch : without(batch, bad);
    }

    private static void sift(Check check, Batch batch, BitSet bad, Rejects rejects) {
        Column column = batch.column(check.place());
        for (int row = 0; row < batch.rows(); row++) {
            String why = why(check, column, row);
            if (why != null && !bad.get(row)) {
                bad.set(row);
                rejects.reject(rejected(check, why, batch, row));
            }
        }
    }

    private static @Nullable String why(Check check, Column column, int row) {
        if (column.isNull(row)) {
            return check.required() ? "the column takes no null" : null;
        }
        return check.rule().why(column, row);
    }

    private static RejectedRow rejected(Check check, String why, Batch batch, int row) {
        boolean missing = batch.column(check.place()).isNull(row);
        Problem problem =
                Problem.of(
                        missing ? ProblemCode.CONSTRAINT_BROKEN : ProblemCode.VALUE_OUT_OF_RANGE,
                        "column '" + check.column() + "': " + why,
                        "mend the value, or change the column or the mapping");
        return new RejectedRow(problem, check.column(), RowJson.of(batch, row));
    }

    private static Batch without(Batch batch, BitSet bad) {
        int[] good = new int[batch.rows()];
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (!bad.get(row)) {
                good[count++] = row;
            }
        }
        return batch.select(good, count);
    }
}
