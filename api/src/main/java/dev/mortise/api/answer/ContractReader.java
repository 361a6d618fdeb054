package dev.mortise.api.answer;

import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads a contract from a definition, noting every problem with its place.
final class ContractReader {
    static final int RULES_MAX = 200;

    private final List<Problem> problems;

    private ContractReader(List<Problem> problems) {
        this.problems = problems;
    }

    static Contract read(Tree tree, List<Problem> problems) {
        ContractReader reader = new ContractReader(problems);
        return tree instanceof Tree.Leaf leaf && !leaf.text().isEmpty()
                ? reader.pack(leaf)
                : reader.contract(TreeReader.of(tree, "'errors'", problems));
    }

    private Contract pack(Tree.Leaf name) {
        Optional<Contract> found = Packs.find(name.text());
        if (found.isEmpty()) {
            problems.add(
                    new Problem(
                            ProblemCode.OPTION_INVALID,
                            "no error contract '" + name.text() + "' ships with Mortise",
                            name.place().toString(),
                            Nearest.fix(name.text(), Packs.NAMES)));
        }
        return found.orElse(nothing(""));
    }

    private static Contract nothing(String name) {
        return new Contract(name, "any", List.of(), List.of(), ZoneId.of("UTC"), List.of());
    }

    private Contract contract(TreeReader reader) {
        String name = reader.text("contract", "errors");
        Contract base =
                reader.find("base")
                        .filter(Tree.Leaf.class::isInstance)
                        .map(leaf -> pack((Tree.Leaf) leaf))
                        .orElse(nothing(name));
        List<Rule> rules = new ArrayList<>();
        reader.find("rules").ifPresent(found -> rules(found, reader, rules));
        Contract contract =
                new Contract(
                        name,
                        reader.choice("promises", base.promise(), Contract.PROMISES),
                        joined(paths(reader, "code"), base.codes()),
                        joined(paths(reader, "message"), base.messages()),
                        zone(reader, base.zone()),
                        joined(rules, base.rules()));
        reader.end();
        return contract;
    }

    private static <T> List<T> joined(List<T> first, List<T> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static ZoneId zone(TreeReader reader, ZoneId fallback) {
        String text = reader.text("zone", fallback.getId());
        try {
            return ZoneId.of(text);
        } catch (DateTimeException _) {
            reader.invalid("zone", "a time zone such as Asia/Shanghai, got '" + text + "'");
            return fallback;
        }
    }

    private void rules(Tree tree, TreeReader reader, List<Rule> rules) {
        List<Tree> items = tree instanceof Tree.Items(var found, var _) ? found : List.of(tree);
        if (items.size() > RULES_MAX) {
            reader.invalid("rules", "at most " + RULES_MAX + " rules, got " + items.size());
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            rules.add(
                    rule(
                            TreeReader.of(
                                    items.get(i), "rule " + (i + 1) + " of 'errors'", problems)));
        }
    }

    private Rule rule(TreeReader reader) {
        List<Condition> when = new ArrayList<>();
        reader.inner("when", "'when'").ifPresent(inner -> conditions(inner, when));
        String word = reader.required("is", "retryable");
        if (!word.isEmpty()) {
            word = reader.choice("is", "retryable", Meaning.WORDS);
        }
        Rule rule = new Rule(when, word, Wait.read(reader), advice(reader));
        reader.end();
        return rule;
    }

    /// A sentence for both languages, or one for each.
    private Optional<Sentence> advice(TreeReader reader) {
        Optional<Tree> found = reader.find("advice");
        if (found.isPresent() && found.get() instanceof Tree.Entries) {
            return reader.inner("advice", "'advice'").map(ContractReader::sentence);
        }
        return reader.text("advice").map(text -> new Sentence(text, text));
    }

    private static Sentence sentence(TreeReader reader) {
        Sentence sentence =
                new Sentence(
                        reader.required("en", "lower the rate"), reader.required("zh", "降低调用频率"));
        reader.end();
        return sentence;
    }

    private void conditions(TreeReader reader, List<Condition> when) {
        status(reader).ifPresent(when::add);
        words(reader, "type").map(Condition.Type::new).ifPresent(when::add);
        words(reader, "text").map(Condition.Text::new).ifPresent(when::add);
        words(reader, "code").map(Condition.Code::new).ifPresent(when::add);
        reader.inner("header", "'header' of 'when'")
                .ifPresent(
                        inner ->
                                inner.entries()
                                        .keySet()
                                        .forEach(
                                                n ->
                                                        when.add(
                                                                new Condition.Header(
                                                                        n, inner.words(n)))));
        reader.inner("at", "'at' of 'when'").ifPresent(inner -> at(inner, when));
        List<AnswerPath> present = paths(reader, "present");
        if (!present.isEmpty()) {
            when.add(new Condition.Present(present));
        }
        List<AnswerPath> absent = paths(reader, "absent");
        if (!absent.isEmpty()) {
            when.add(new Condition.Absent(absent));
        }
        AnswerPath.read(reader, "empty").map(Condition.Empty::new).ifPresent(when::add);
        reader.end();
    }

    private static Optional<List<String>> words(TreeReader reader, String name) {
        List<String> words = reader.words(name);
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private static void at(TreeReader reader, List<Condition> when) {
        for (String path : reader.entries().keySet()) {
            try {
                when.add(new Condition.At(AnswerPath.parse(path), reader.words(path)));
            } catch (IllegalArgumentException _) {
                reader.invalid(path, "a path before the ':', such as '$.errcode'");
            }
        }
    }

    private static Optional<Condition> status(TreeReader reader) {
        List<String> words = reader.words("status");
        List<int[]> ranges = new ArrayList<>();
        for (String word : words) {
            Optional<int[]> range = Condition.Status.parse(word);
            range.ifPresent(ranges::add);
            if (range.isEmpty()) {
                reader.invalid("status", "such as 404, 500-599 or 5xx, got '" + word + "'");
            }
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(new Condition.Status(ranges));
    }

    private static List<AnswerPath> paths(TreeReader reader, String name) {
        List<AnswerPath> paths = new ArrayList<>();
        for (String word : reader.words(name)) {
            try {
                paths.add(AnswerPath.parse(word));
            } catch (IllegalArgumentException _) {
                reader.invalid(name, "a path such as '$.error.code', got '" + word + "'");
            }
        }
        return paths;
    }
}
