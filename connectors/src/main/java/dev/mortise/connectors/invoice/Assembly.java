package dev.mortise.connectors.invoice;

import dev.mortise.connectors.invoice.Invoice.Item;
import dev.mortise.connectors.invoice.Invoice.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes an invoice of the words of a document: whose number it bears, what its numbers are,
/// whether they add up.
///
/// @param allowance how many minor units a line may be off by rounding
record Assembly(int allowance) {
    private static final Pattern NUMBER = Pattern.compile("\\d{20}");
    private static final Pattern CODE = Pattern.compile("\\d{10}|\\d{12}");
    private static final Pattern NO = Pattern.compile("\\d{8}");

    /// What the tax bureau prints into the remark of a red invoice.
    private static final Pattern REMARKED =
            Pattern.compile("被红冲蓝字[^0-9:：]{0,20}号码[:：]\\s*(\\d{20})");

    private static final String EXEMPT = "***";

    /// @throws Refusal when the document names no number, for then there is nothing to tell it by
    Invoice invoice(Draft draft) throws Refusal {
        List<String> faults = new ArrayList<>();
        String number = number(draft);
        Totals totals = totals(draft, faults);
        List<Item> items = items(draft, faults);
        Ties ties = Ties.of(tied(totals, draft), items, allowance, faults);
        String original = original(draft);
        if (number.equals(original)) {
            faults.add("expected a red invoice to name another one, it names itself");
        }
        boolean red = red(draft, totals, original);
        return new Invoice(number, draft, totals, items, ties, red, original, faults, notes(draft));
    }

    private static String number(Draft draft) throws Refusal {
        for (Term term : List.of(Term.NUMBER, Term.HEADER_ID, Term.NO)) {
            String said = draft.word(term);
            if (said != null && NUMBER.matcher(said).matches()) {
                return said;
            }
        }
        String old = codeAndNo(draft.word(Term.CODE), draft.word(Term.NO));
        if (old == null) {
            throw new Refusal(
                    "expected an invoice number of 20 digits, or a code and a number of 8 digits,"
                            + " found none");
        }
        return old;
    }

    private static @Nullable String codeAndNo(@Nullable String code, @Nullable String no) {
        return code != null
                        && no != null
                        && CODE.matcher(code).matches()
                        && NO.matcher(no).matches()
                ? code + "-" + no
                : null;
    }

    private static Totals totals(Draft draft, List<String> faults) {
        long withoutTax = money(draft, Term.WITHOUT_TAX, faults);
        long tax = money(draft, Term.TAX, faults);
        long total = money(draft, Term.TOTAL, faults);
        boolean unsaid = draft.word(Term.TOTAL) == null;
        return new Totals(withoutTax, tax, unsaid ? Ties.plus(withoutTax, tax) : total);
    }

    /// What the lines are held against: no tax is a tax of 0, and a total we made ourselves proves
    /// nothing.
    private static Totals tied(Totals totals, Draft draft) {
        boolean exempt = EXEMPT.equals(draft.word(Term.TAX));
        return new Totals(
                totals.withoutTax(),
                exempt ? 0 : totals.tax(),
                draft.word(Term.TOTAL) == null ? Money.NONE : totals.total());
    }

    private static long money(Draft draft, Term term, List<String> faults) {
        String text = draft.word(term);
        if (text == null || text.equals(EXEMPT)) {
            return Money.NONE;
        }
        long minor = Money.parse(text);
        if (minor == Money.NONE) {
            faults.add(noAmount(term.words(), text));
        }
        return minor;
    }

    private static String noAmount(String what, String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return "expected %s to be an amount of at most two decimals, got '%s'"
                .formatted(what, shown);
    }

    private static List<Item> items(Draft draft, List<String> faults) {
        List<Item> items = new ArrayList<>();
        for (Map<Term, String> words : draft.items()) {
            Item item = Item.of(items.size() + 1, words);
            items.add(item);
            check(item, Term.ITEM_AMOUNT, item.amount(), faults);
            check(item, Term.ITEM_TAX, item.tax(), faults);
        }
        return items;
    }

    private static void check(Item item, Term term, long amount, List<String> faults) {
        String text = item.word(term);
        if (text != null && amount == Money.NONE && faults.size() < Limits.FAULTS_MAX) {
            faults.add(noAmount(term.words() + " of line " + item.line(), text));
        }
    }

    private static @Nullable String original(Draft draft) {
        for (Term term : List.of(Term.ORIGINAL_CODE, Term.ORIGINAL_NO)) {
            String said = draft.word(term);
            if (said != null && NUMBER.matcher(said).matches()) {
                return said;
            }
        }
        String old = codeAndNo(draft.word(Term.ORIGINAL_CODE), draft.word(Term.ORIGINAL_NO));
        String remark = draft.word(Term.REMARK);
        if (old != null || remark == null) {
            return old;
        }
        Matcher remarked = REMARKED.matcher(remark);
        return remarked.find() ? remarked.group(1) : null;
    }

    /// By what the document says of itself, and only when it says nothing by its sign.
    private static boolean red(Draft draft, Totals totals, @Nullable String original) {
        String blue = draft.word(Term.BLUE);
        String sign = draft.word(Term.SIGN);
        if (original != null || "N".equalsIgnoreCase(blue) || "1".equals(sign)) {
            return true;
        }
        return blue == null && totals.total() != Money.NONE && totals.total() < 0;
    }

    private static List<String> notes(Draft draft) {
        List<String> notes = new ArrayList<>();
        if (draft.unknown() > 0) {
            notes.add("elements passed over: " + draft.unknown());
        }
        if (draft.repeated() > 0) {
            notes.add("values that stand again, of which the first counts: " + draft.repeated());
        }
        return notes;
    }
}
