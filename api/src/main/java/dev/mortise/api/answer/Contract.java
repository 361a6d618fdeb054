package dev.mortise.api.answer;

import dev.mortise.api.answer.Condition.Sight;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// What the answers of a vendor mean, as ordered rules: the first that fits decides. An answer is
/// a success only when a rule says so; many vendors answer everything with status 200.
///
/// @param promise the form every body has: `json`, `xml` or `any`. A success in another form is
///     none: most likely a proxy or a login page answered
/// @param codes where the vendor's code stands; the first path with a value counts
/// @param messages where its message stands, likewise
/// @param zone where the vendor's day begins
public record Contract(
        String name,
        String promise,
        List<AnswerPath> codes,
        List<AnswerPath> messages,
        ZoneId zone,
        List<Rule> rules) {
    static final List<String> PROMISES = List.of("any", "json", "xml");
    private static final int MESSAGE_MAX = 300;

    public Contract {
        codes = List.copyOf(codes);
        messages = List.copyOf(messages);
        rules = List.copyOf(rules);
    }

    /// Reads `errors` of a connection: the name of a pack that ships with us, or rules of its own,
    /// which may stand before those of a pack.
    ///
    /// ```yaml
    /// errors:
    ///   base: wecom                     # its rules come after these
    ///   promises: json                  # any | json | xml
    ///   code: $.errcode                 # or a list of paths
    ///   message: $.errmsg
    ///   zone: Asia/Shanghai
    ///   rules:
    ///     - {when: {status: [5xx]}, is: retryable}
    ///     - {when: {code: [45009]}, is: throttled, wait: 60s}
    ///     - {when: {at: {$.Result.IsSuccess: "false"}}, is: business-reject}
    ///     - {when: {type: html, text: [frequent]}, is: throttled, wait: 5m, advice: slow down}
    ///     - {when: {header: {x-csrf-token: required}}, is: auth-expired}
    ///     - {when: {empty: $.data}, is: empty}
    ///     - {when: {present: $.data, absent: $.error}, is: ok}
    /// ```
    public static Contract read(Tree tree, List<Problem> problems) {
        return ContractReader.read(tree, problems);
    }

    /// A pack that ships with us; see [Packs#NAMES].
    public static Optional<Contract> find(String pack) {
        return Packs.find(pack);
    }

    /// The same for answers whose success comes in another form, whatever the others come in.
    ///
    /// @param form such as `csv`
    public Contract awaiting(String form) {
        return promise.equals(form) || promise.equals("any")
                ? this
                : new Contract(name, "any", codes, messages, zone, rules);
    }

    /// What an answer means. Of a success neither code nor message is looked for: its body is
    /// taken apart only as far as the rules ask.
    public Verdict judge(Answer answer) {
        Sight sight = new Sight(answer, answer.document(), codes);
        for (Rule rule : rules) {
            if (rule.fits(sight)) {
                Meaning meaning = rule.meaning(sight, zone);
                Meaning kept = meaning.success() ? kept(meaning, sight) : meaning;
                return verdict(kept, sight, rule.advice());
            }
        }
        return verdict(kept(new Meaning.Unexplained(), sight), sight, Optional.empty());
    }

    private Verdict verdict(Meaning meaning, Sight sight, Optional<Sentence> advice) {
        if (meaning.success()) {
            return new Verdict(meaning, "", "", advice, zone);
        }
        String message = line(sight.document().first(messages).orElse(""));
        return new Verdict(meaning, line(sight.code()), message, advice, zone);
    }

    /// A body that breaks the promise proves nothing. No body at all breaks none.
    private Meaning kept(Meaning meaning, Sight sight) {
        Document document = sight.document();
        boolean keeps =
                document.isBlank()
                        || switch (promise) {
                            case "json" -> document.isJson();
                            case "xml" -> document.isXml();
                            default -> true;
                        };
        if (keeps) {
            return meaning;
        }
        String type = sight.answer().type();
        String form = document.isHtml() ? "a page for people" : "something else";
        return new Meaning.Unreadable(
                "%s was promised, %s came, of type '%s'"
                        .formatted(promise, form, type.isEmpty() ? "none" : type));
    }

    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > MESSAGE_MAX ? line.substring(0, MESSAGE_MAX) + "…" : line;
    }
}
