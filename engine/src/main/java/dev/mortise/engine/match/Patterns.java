package dev.mortise.engine.match;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What the values of a column look like.
///
/// @param forms the forms that nearly all values have
/// @param told concepts of all telling forms; empty when no form tells anything
record Patterns(List<String> values, Set<Form> forms, Set<String> told) {
    private static final double MOST = 0.9;

    /// A form of values. A *telling* one says what a column is about, whatever its name.
    enum Form {
        EMAIL("[^@\\s]+@[^@\\s]+\\.[a-z]{2,}", "email"),
        URL("(https?|s3|ftp)://.+", "url image path attach"),
        MOBILE("(\\+?86-?)?1[3-9]\\d{9}", "mobile phone contact"),
        LANDLINE("0\\d{2,3}-\\d{7,8}", "phone fax contact mobile"),
        TAX_ID("(?=.*[A-Z])9[1-9][0-9A-Z]{16}", "tax company"),
        IDENTITY("[1-9]\\d{5}(19|20)\\d{9}[0-9X]", "identity"),
        COMPANY(
                ".*(公司|有限|支行|银行|厂|集团)",
                "name company customer supplier party party_a party_b buyer seller bank"
                        + " counterparty taxpayer invoice_title"),
        MONEY_UNIT("CNY|USD|EUR|JPY|HKD|GBP|RMB", "currency"),
        DATE("\\d{4}[-/]?[01]\\d[-/]?[0-3]\\d", ""),
        MOMENT("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d.*", ""),
        CLOCK("\\d\\d:\\d\\d(:\\d\\d.*)?", ""),
        WHOLE("-?\\d{1,15}", ""),
        NUMBER("-?\\d{1,15}\\.\\d+", ""),
        TRUTH("(?i)true|false|y|n|yes|no|0|1|t|f|x|是|否", "");

        private final Pattern pattern;
        private final String concepts;

        Form(String pattern, String concepts) {
            this.pattern = Pattern.compile(pattern);
            this.concepts = concepts;
        }

        /// What a column with such values speaks of; empty when they tell nothing.
        Set<String> concepts() {
            return concepts.isEmpty() ? Set.of() : Set.of(concepts.split(" ", -1));
        }
    }

    static Patterns of(List<String> samples) {
        List<String> values =
                samples.stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
        Set<Form> forms = EnumSet.noneOf(Form.class);
        for (Form form : Form.values()) {
            long fits = values.stream().filter(v -> form.pattern.matcher(v).matches()).count();
            if (!values.isEmpty() && fits >= values.size() * MOST) {
                forms.add(form);
            }
        }
        Set<String> told = new HashSet<>();
        forms.forEach(form -> told.addAll(form.concepts()));
        return new Patterns(values, forms, told);
    }

    boolean known() {
        return !values.isEmpty();
    }

    boolean numbers() {
        return forms.contains(Form.WHOLE) || forms.contains(Form.NUMBER);
    }
}
