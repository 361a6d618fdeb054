package dev.mortise.connectors.invoice;

import org.jspecify.annotations.Nullable;

/// The rate of an invoice line: a number, or a word that says why there is none.
///
/// @param units ten-thousandths: 600 is 0.06; [Money#NONE] without a number
/// @param treatment `免税`, `不征税`, `***` and the like as written; null when there is a number
record TaxRate(long units, @Nullable String treatment) {
    static final int SCALE = 4;

    /// All of it. Below it a number is a fraction, from it on percent: 6 is 6 %, and 0.06 too.
    private static final long ONE = 10_000;

    private static final TaxRate UNSAID = new TaxRate(Money.NONE, null);

    /// Parses `0.06`, `6%`, `6`, `免税`.
    static TaxRate parse(@Nullable String text) {
        if (text == null) {
            return UNSAID;
        }
        boolean percent = text.endsWith("%") || text.endsWith("％");
        String number = percent ? text.substring(0, text.length() - 1) : text;
        long units = Money.scaled(number, SCALE);
        if (units == Money.NONE) {
            return new TaxRate(Money.NONE, text);
        }
        if (!percent && units < ONE) {
            return new TaxRate(units, null);
        }
        long hundredths = Money.scaled(number, SCALE - 2);
        boolean fits = hundredths != Money.NONE && Math.abs(hundredths) <= ONE;
        return fits ? new TaxRate(hundredths, null) : new TaxRate(Money.NONE, text);
    }

    /// Whether the line bears no tax, so that an absent amount of tax is zero.
    boolean exempt() {
        return treatment != null;
    }
}
