package dev.mortise.spi.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An exact number of at most 38 digits, `scale` of them after the point.
public record Decimal(int precision, int scale) implements Type {
    public static final int PRECISION_MAX = 38;

    /// Up to this precision the unscaled value fits in one `long`.
    public static final int PRECISION_LONG_MAX = 18;

    private static final Pattern TEXT = Pattern.compile("decimal\\((\\d{1,2}),\\s*(\\d{1,2})\\)");

    public Decimal {
        if (precision < 1 || precision > PRECISION_MAX || scale < 0 || scale > precision) {
            throw new IllegalArgumentException(
                    "a decimal holds 1 to 38 digits, its scale among them, got decimal(%d,%d)"
                            .formatted(precision, scale));
        }
    }

    @Override
    public String text() {
        return "decimal(" + precision + "," + scale + ")";
    }

    @Override
    public Storage storage() {
        return precision <= PRECISION_LONG_MAX ? Storage.LONG : Storage.WIDE;
    }

    static Decimal parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected decimal(p,s), got '" + text + "'");
        }
        return new Decimal(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
}
