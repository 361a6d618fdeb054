package dev.mortise.cli;

import java.util.Locale;

/// Figures as people read them.
public final class Numbers {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Numbers() {}

    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String bytes(long bytes) {
        double left = bytes;
        int unit = 0;
        while (left >= 1000 && unit < UNITS.length - 1) {
            left /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", left, UNITS[unit]);
    }
}
