package dev.mortise.connectors.invoice;

import dev.mortise.connectors.invoice.Invoice.Item;
import dev.mortise.connectors.invoice.Survey.Sighting;
import dev.mortise.connectors.invoice.Verdicts.Reds;
import dev.mortise.connectors.invoice.Verdicts.Verdict;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An invoice as its best document tells it, with what the survey knows about it.
///
/// @param seen that document
/// @param file the file on the disk that holds it
/// @param zone where the times of invoices are written
record Told(
        Invoice invoice,
        Sighting seen,
        Verdict verdict,
        Listing.Entry file,
        Survey survey,
        ZoneId zone) {
    @Nullable String word(Term term) {
        return invoice.word(term);
    }

    Optional<WrittenTime> issued() {
        return WrittenTime.parse(word(Term.ISSUED));
    }

    @Nullable Long instant(Term term) {
        WrittenTime written = WrittenTime.parse(word(term)).orElse(null);
        return written == null ? null : written.instant(zone);
    }

    /// The kind of invoice: the words on it, or what its code or old number means.
    @Nullable String kind() {
        String said = word(Term.KIND_NAME);
        if (said != null) {
            return said;
        }
        String code = word(Term.KIND_CODE);
        String old = word(Term.CODE);
        if (code == null && old != null && old.length() == 12) {
            return switch (old.substring(10)) {
                case "11", "12" -> "增值税电子普通发票";
                case "13" -> "增值税电子专用发票";
                default -> null;
            };
        }
        return "01".equals(code) ? "增值税专用发票" : "02".equals(code) ? "普通发票" : code;
    }

    Reds reds() {
        return survey.reds(invoice.number());
    }

    /// Whether the invoice that this one takes back is in the folder; null when it takes back none.
    @Nullable Boolean originalFound() {
        String original = invoice.original();
        return original == null ? null : survey.knows(original);
    }

    @Nullable String problem() {
        return verdict.status() == Verdict.Status.MISMATCH ? verdict.finding() : null;
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        invoice.items().forEach(item -> lines.add(new Line(this, item)));
        return lines;
    }

    /// One line of it.
    record Line(Told told, Item item) {
        /// A line whose amount goes against the invoice takes something off: a discount.
        boolean discount() {
            long amount = item.amount();
            return amount != Money.NONE && (told.invoice.red() ? amount > 0 : amount < 0);
        }
    }
}
