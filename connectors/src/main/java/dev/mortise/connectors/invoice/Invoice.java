package dev.mortise.connectors.invoice;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One invoice as a document tells it.
///
/// @param number 20 digits; of invoices before 数电票 the code and the number, `012345678901-12345678`
/// @param red it takes back another one, in whole or in part
/// @param original the number of that one; null when the document does not name it
/// @param faults what is wrong with it, each a sentence
/// @param notes what is worth knowing and not wrong
record Invoice(
        String number,
        Draft words,
        Totals totals,
        List<Item> items,
        Ties ties,
        boolean red,
        @Nullable String original,
        List<String> faults,
        List<String> notes) {
    Invoice {
        items = List.copyOf(items);
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    /// The same invoice with other faults.
    Invoice with(List<String> others) {
        return new Invoice(number, words, totals, items, ties, red, original, others, notes);
    }

    @Nullable String word(Term term) {
        return words.word(term);
    }

    /// A line of an invoice.
    ///
    /// @param line counts from 1 in the order of the document
    /// @param words as they stand there
    /// @param amount without tax, in minor units; [Money#NONE] when absent or no amount
    /// @param tax as `amount`; 0 when absent on a line that bears none
    record Item(int line, Map<Term, String> words, long amount, long tax, TaxRate rate) {
        /// The line of some words.
        static Item of(int line, Map<Term, String> words) {
            TaxRate rate = TaxRate.parse(words.get(Term.ITEM_RATE));
            long tax = money(words, Term.ITEM_TAX);
            return new Item(
                    line,
                    words,
                    money(words, Term.ITEM_AMOUNT),
                    tax == Money.NONE && rate.exempt() ? 0 : tax,
                    rate);
        }

        /// Amount and tax together: as written, or else their sum.
        long total() {
            long written = money(words, Term.ITEM_TOTAL);
            if (written != Money.NONE || amount == Money.NONE || tax == Money.NONE) {
                return written;
            }
            return amount + tax;
        }

        private static long money(Map<Term, String> words, Term term) {
            String text = words.get(term);
            return text == null ? Money.NONE : Money.parse(text);
        }

        @Nullable String word(Term term) {
            return words.get(term);
        }
    }

    /// The three sums at the foot of an invoice, in minor units; [Money#NONE] where one is absent.
    ///
    /// @param total with tax
    record Totals(long withoutTax, long tax, long total) {
        static final Totals NONE = new Totals(Money.NONE, Money.NONE, Money.NONE);

        /// Whether no sum that both have differs.
        boolean agree(Totals other) {
            return agree(withoutTax, other.withoutTax)
                    && agree(tax, other.tax)
                    && agree(total, other.total);
        }

        private static boolean agree(long a, long b) {
            return a == Money.NONE || b == Money.NONE || a == b;
        }

        /// `100.00 + 6.00 = 106.00`.
        String text() {
            return Money.text(withoutTax) + " + " + Money.text(tax) + " = " + Money.text(total);
        }
    }
}
