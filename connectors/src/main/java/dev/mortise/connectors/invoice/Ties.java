package dev.mortise.connectors.invoice;

import dev.mortise.connectors.invoice.Invoice.Item;
import dev.mortise.connectors.invoice.Invoice.Totals;
import java.util.List;
import java.util.function.ToLongFunction;

/// Whether an invoice adds up, to the cent.
///
/// @param items the amounts of its lines give the total without tax
/// @param tax the taxes of its lines give the total tax
/// @param total both together give the total
record Ties(Tie items, Tie tax, Tie total) {
    enum Tie {
        HOLDS,
        BROKEN,
        /// A number is missing on one side: an OFD that only carries its sums has no lines.
        UNKNOWN
    }

    /// Compares sums.
    ///
    /// @param allowance how many minor units a line may be off by rounding; 0 means exactly
    /// @param findings takes a sentence for each tie that does not hold
    static Ties of(Totals totals, List<Item> items, int allowance, List<String> findings) {
        long slack = (long) allowance * items.size();
        Tie amounts =
                compare(
                        sum(items, Item::amount),
                        totals.withoutTax(),
                        slack,
                        "the lines without tax",
                        findings);
        Tie taxes =
                compare(
                        sum(items, Item::tax),
                        totals.tax(),
                        slack,
                        "the taxes of the lines",
                        findings);
        Tie both =
                compare(
                        plus(totals.withoutTax(), totals.tax()),
                        totals.total(),
                        0,
                        "total without tax and tax",
                        findings);
        return new Ties(amounts, taxes, both);
    }

    private static Tie compare(
            long sum, long total, long slack, String what, List<String> findings) {
        if (sum == Money.NONE || total == Money.NONE) {
            return Tie.UNKNOWN;
        }
        if (Math.abs(Math.subtractExact(sum, total)) <= slack) {
            return Tie.HOLDS;
        }
        findings.add(
                "expected %s to give %s, they give %s"
                        .formatted(what, Money.text(total), Money.text(sum)));
        return Tie.BROKEN;
    }

    /// Below 20,000 lines of at most 18 digits each the sum may pass a long: then it is unknown.
    private static long sum(List<Item> items, ToLongFunction<Item> amount) {
        long sum = items.isEmpty() ? Money.NONE : 0;
        for (Item item : items) {
            sum = plus(sum, amount.applyAsLong(item));
        }
        return sum;
    }

    /// The sum, or NONE when one is absent or it does not fit decimal(18,2).
    static long plus(long a, long b) {
        if (a == Money.NONE || b == Money.NONE) {
            return Money.NONE;
        }
        long sum = a + b;
        return Math.abs(sum) <= Money.MAX ? sum : Money.NONE;
    }

    boolean broken() {
        return items == Tie.BROKEN || tax == Tie.BROKEN || total == Tie.BROKEN;
    }
}
