package dev.mortise.connectors.invoice;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the invoice in an OFD file: the document attached to it where there is one, and the custom
/// data of `OFD.xml`, which fills what the attachment lacks. Pages, fonts and seals are passed
/// over.
///
/// @param xml belongs to the same thread
record OfdReader(InvoiceXml xml) {
    private static final String ROOT = "ofd.xml";

    /// Where issuers attach the document; folders are called `Attach` or `Attachs`.
    private static final Pattern ATTACHED =
            Pattern.compile("(.*/)?(attachs?/[^/]+|original_invoice)\\.xml|[^/]+\\.xml");

    /// @param attached whether the whole invoice was attached; else there are no lines
    /// @param doubt what the two places say differently; null when they agree
    record Found(Draft draft, boolean attached, @Nullable String doubt) {}

    /// @throws Refusal when there is neither an attached invoice nor custom data
    Found read(Entries entries, ArchiveGuard guard) throws IOException {
        Draft custom = null;
        Draft attached = null;
        Refusal refusal = null;
        int seen = 0;
        for (String name = entries.next(); name != null; name = entries.next()) {
            seen++;
            String path = name.toLowerCase(Locale.ROOT).replace('\\', '/');
            if (path.equals(ROOT)) {
                custom = xml.customData(bytes(entries, guard));
            } else if (attached == null && ATTACHED.matcher(path).matches()) {
                try {
                    attached = xml.invoice(bytes(entries, guard));
                } catch (Refusal e) {
                    refusal = prefer(refusal, e, path);
                }
            }
        }
        if (seen == 0) {
            throw new Refusal("expected an OFD archive, found no entries");
        }
        return found(attached, custom, refusal);
    }

    private static byte[] bytes(Entries entries, ArchiveGuard guard) throws IOException {
        try (InputStream in = entries.open()) {
            return guard.document(in);
        }
    }

    /// Lists of attachments are no invoices either; what is wrong with the invoice itself counts.
    private static @Nullable Refusal prefer(@Nullable Refusal before, Refusal now, String path) {
        boolean list = path.endsWith("attachments.xml");
        boolean lesser = before != null && !path.endsWith("original_invoice.xml");
        return list || lesser ? before : now;
    }

    private static Found found(
            @Nullable Draft attached, @Nullable Draft custom, @Nullable Refusal refusal)
            throws Refusal {
        if (attached == null) {
            if (custom != null && !custom.words().isEmpty()) {
                return new Found(custom, false, refusal == null ? null : refusal.finding());
            }
            throw refusal != null
                    ? refusal
                    : new Refusal("expected custom data or an attached invoice, found neither");
        }
        String doubt = custom == null ? null : doubt(attached, custom);
        if (custom != null) {
            attached.fill(custom);
        }
        return new Found(attached, true, doubt);
    }

    /// The number and the sums stand in both places; they must be the same.
    private static @Nullable String doubt(Draft attached, Draft custom) {
        String no = custom.word(Term.NO);
        boolean other =
                no != null
                        && !no.equals(attached.word(Term.NUMBER))
                        && !no.equals(attached.word(Term.HEADER_ID))
                        && !no.equals(attached.word(Term.NO));
        if (other) {
            return "expected number '%s' of 'OFD.xml' in the attached invoice, it has another"
                    .formatted(no);
        }
        for (Term term : new Term[] {Term.WITHOUT_TAX, Term.TAX, Term.TOTAL}) {
            long a = money(attached.word(term));
            long b = money(custom.word(term));
            if (a != Money.NONE && b != Money.NONE && a != b) {
                return "expected %s %s of 'OFD.xml' in the attached invoice, it has %s"
                        .formatted(term.words(), Money.text(b), Money.text(a));
            }
        }
        return null;
    }

    private static long money(@Nullable String text) {
        return Money.parse(Objects.requireNonNullElse(text, ""));
    }
}
