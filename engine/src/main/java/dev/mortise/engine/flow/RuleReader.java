package dev.mortise.engine.flow;

import dev.mortise.engine.flow.Step.Rule;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `expect: [{column: order_no, not_null: true}, {rule: amount >= 0, otherwise: reject}]`.
final class RuleReader {
    private static final String EXAMPLE = "expect: [{rule: amount >= 0, otherwise: reject}]";
    private static final List<String> KNOWN = List.of("column", "not_null", "rule", "otherwise");

    private final Problems problems;

    RuleReader(Problems problems) {
        this.problems = problems;
    }

    List<Rule> read(String step, Words words) {
        Tree value = words.tree().find("expect");
        List<Rule> rules = new ArrayList<>();
        if (value instanceof Tree.Items items && !items.items().isEmpty()) {
            for (Tree item : items.items()) {
                rule(step, item).ifPresent(rules::add);
            }
        } else if (value != null) {
            words.invalid("expect", "a list of rules", value, EXAMPLE);
        }
        return rules;
    }

    private Optional<Rule> rule(String step, Tree item) {
        if (!(item instanceof Tree.Entries entries)) {
            problems.add(
                    ProblemCode.VALUE_INVALID,
                    item.place(),
                    "a rule of step '"
                            + step
                            + "' expects words and values, got "
                            + Words.describe(item),
                    "write it like '{rule: amount >= 0, otherwise: reject}'");
            return Optional.empty();
        }
        Words words = Words.of(entries, "a rule of step '" + step + "'", KNOWN, problems);
        words.only(KNOWN);
        Rule.Otherwise otherwise =
                words.choice("otherwise", Rule.Otherwise.class).orElse(Rule.Otherwise.REJECT);
        Optional<String> column = words.text("column", "column: order_no");
        if (words.has("not_null")) {
            return notNull(words, otherwise);
        }
        String condition =
                words.needText(
                        "rule",
                        words.has("column")
                                ? "not_null: true' or 'rule: amount >= 0"
                                : "rule: amount >= 0");
        return Optional.of(new Rule(column, condition, otherwise, condition));
    }

    private Optional<Rule> notNull(Words words, Rule.Otherwise otherwise) {
        if (words.has("rule")) {
            problems.add(
                    ProblemCode.DOCUMENT_INVALID,
                    words.place("rule"),
                    "a rule expects either 'not_null' or 'rule', got both",
                    "make a rule of each");
        }
        Tree value = words.tree().find("not_null");
        if (value != null && !(value instanceof Tree.Leaf leaf && leaf.text().equals("true"))) {
            words.invalid("not_null", "'true'", value, "{column: order_no, not_null: true}");
        }
        String column = words.needText("column", "column: order_no");
        String quoted = "\"" + column.replace("\"", "\"\"") + "\"";
        return Optional.of(
                new Rule(
                        Optional.of(column),
                        quoted + " is not null",
                        otherwise,
                        column + " not null"));
    }
}
