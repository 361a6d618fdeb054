package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Filter.Param;
import dev.mortise.api.recipe.Pipe.Args;
import dev.mortise.api.recipe.Pipe.Source;
import dev.mortise.api.recipe.PipeText.Mistake;
import dev.mortise.api.recipe.Value.Shape;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Reads pipes and templates and checks every word in them.
///
/// ```
/// pipe     = head { "|" filter [ "(" argument { "," argument } ")" ] }
/// head     = "template" | source [ "(" … ")" ] | setting | a value named before
/// argument = pipe | word | number | "text", as the filter wants it
/// template = text with holes: "{" letter … "}", in which stands a pipe
/// ```
///
/// In a template `\n`, `\t`, `\"` and `\\` have their usual meaning.
final class PipeParser {
    private static final int DEPTH_MAX = 20;

    /// What a pipe may speak of.
    record Names(Map<String, Shape> values, Map<String, Setting> settings) {}

    private final PipeText text;
    private final Names names;
    private int depth;

    private PipeParser(PipeText text, Names names) {
        this.text = text;
        this.names = names;
    }

    /// The pipe; empty when a problem was added.
    ///
    /// @param what names the pipe in messages
    static Optional<Pipe> pipe(
            String text, Place place, String what, Names names, List<Problem> problems) {
        PipeText characters = new PipeText(text, place, what);
        try {
            Pipe pipe = new PipeParser(characters, names).pipe();
            characters.skipBlanks();
            if (!characters.atEnd()) {
                throw characters.expected("'|' or the end");
            }
            return Optional.of(pipe);
        } catch (Mistake mistake) {
            problems.add(mistake.problem());
            return Optional.empty();
        }
    }

    /// A template that is not in quotes; empty when a problem was added.
    static Optional<Template> template(
            String text, Place place, String what, Names names, List<Problem> problems) {
        try {
            PipeText characters = new PipeText(text, place, what);
            return Optional.of(new PipeParser(characters, names).template('\0'));
        } catch (Mistake mistake) {
            problems.add(mistake.problem());
            return Optional.empty();
        }
    }

    private Pipe pipe() {
        if (++depth > DEPTH_MAX) {
            throw text.expected("at most " + DEPTH_MAX + " levels");
        }
        Pipe.Head head = head();
        List<Pipe.Step> steps = new ArrayList<>();
        Pipe pipe = new Pipe(head, steps);
        while (text.skipsTo('|')) {
            String name = text.word("a filter");
            Filter filter = Filter.byName().get(name);
            if (filter == null) {
                throw text.unknown("filter", name, Filter.byName().keySet());
            }
            if (pipe.shape() != filter.in()) {
                throw text.mistake(
                        "'%s' expects %s, found %s".formatted(name, filter.in(), pipe.shape()),
                        filter.in() == Shape.BYTES
                                ? "put 'joined(\"=\", \"&\")' before it"
                                : "begin with 'params', 'query_params', 'form' or 'headers(…)'");
            }
            steps.add(new Pipe.Step(filter, args(name, filter.params())));
            if (filter instanceof Filter.Signature) {
                checkPair(name, Args.wordOf(steps.getLast().args().getFirst()));
            }
            pipe = new Pipe(head, steps);
        }
        depth--;
        return pipe;
    }

    private void checkPair(String filter, String key) {
        Setting setting = names.settings().get(key);
        if (setting != null && !names.settings().containsKey(setting.pair())) {
            throw text.mistake(
                    "'%s' signs with '%s', which has no pair to verify with".formatted(filter, key),
                    "give the setting 'pair: public_key', and add a setting of that name");
        }
    }

    private Pipe.Head head() {
        if (text.skipsTo('"')) {
            Template template = template('"');
            return new Pipe.Head.Text(template);
        }
        String name = text.word("a value");
        Source source = Sources.byName().get(name);
        if (source != null) {
            return new Pipe.Head.Call(source, args(name, source.params()));
        }
        Shape shape = names.settings().containsKey(name) ? Shape.BYTES : names.values().get(name);
        if (shape == null) {
            TreeSet<String> known = new TreeSet<>(Sources.byName().keySet());
            known.addAll(names.settings().keySet());
            known.addAll(names.values().keySet());
            throw text.unknown("value", name, known);
        }
        return new Pipe.Head.Name(name, shape);
    }

    private List<Pipe> args(String name, List<Param> params) {
        List<Pipe> args = new ArrayList<>();
        if (text.skipsTo('(')) {
            while (!text.skipsTo(')')) {
                if (!args.isEmpty() && !text.skipsTo(',')) {
                    throw text.expected("',' or ')' in '" + name + "'");
                }
                args.add(arg(name, params, args.size()));
            }
        }
        boolean enough = args.size() >= params.size();
        if (!enough && !params.get(args.size()).optional()) {
            throw text.mistake(
                    "'%s' lacks its argument '%s'".formatted(name, params.get(args.size()).name()),
                    "write '" + signature(name, params) + "'");
        }
        return args;
    }

    private Pipe arg(String filter, List<Param> params, int index) {
        boolean repeats = !params.isEmpty() && params.getLast().repeated();
        if (index >= params.size() && !repeats) {
            throw text.mistake(
                    "'%s' has an argument too many".formatted(filter),
                    "write '" + signature(filter, params) + "'");
        }
        Param param = params.get(Math.min(index, params.size() - 1));
        if (param.kind() == Param.Kind.VALUE) {
            Pipe pipe = pipe();
            if (pipe.shape() != Shape.BYTES) {
                throw text.mistake(
                        "'%s' expects bytes as '%s', found pairs".formatted(filter, param.name()),
                        "put 'joined(\"=\", \"&\")' behind them");
            }
            return pipe;
        }
        String word = literal(filter, param);
        checkWord(filter, param, word);
        return new Pipe(
                new Pipe.Head.Text(new Template(List.of(new Template.Part.Literal(word)))),
                List.of());
    }

    private void checkWord(String filter, Param param, String word) {
        boolean key = param.kind() == Param.Kind.KEY;
        if (key && !names.settings().containsKey(word)) {
            throw text.unknown("setting", word, names.settings().keySet());
        }
        if (param.kind() == Param.Kind.NUMBER && !word.matches("[0-9]{1,4}")) {
            throw text.expected(
                    "a number up to 9999 as '" + param.name() + "' of '" + filter + "'");
        }
        if (!param.choices().isEmpty() && !param.choices().contains(word)) {
            throw text.unknown("'" + param.name() + "' of '" + filter + "'", word, param.choices());
        }
    }

    private String literal(String filter, Param param) {
        if (!text.skipsTo('"')) {
            return text.word("'" + param.name() + "' of '" + filter + "'");
        }
        return template('"')
                .constant()
                .orElseThrow(() -> text.expected("a text without holes in '" + filter + "'"));
    }

    /// Reads to a quote, or to the end when the end is 0.
    private Template template(char end) {
        List<Template.Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        while (!text.atEnd() && text.peek() != end) {
            char c = text.next();
            if (c == '\\') {
                literal.append(text.escaped());
            } else if (c == '{' && Character.isLetter(text.peek())) {
                if (!literal.isEmpty()) {
                    parts.add(new Template.Part.Literal(literal.toString()));
                    literal.setLength(0);
                }
                parts.add(hole());
            } else {
                literal.append(c);
            }
        }
        if (end != '\0' && !text.skips(end)) {
            throw text.expected("a closing quote");
        }
        if (!literal.isEmpty()) {
            parts.add(new Template.Part.Literal(literal.toString()));
        }
        return new Template(parts);
    }

    private Template.Part hole() {
        Pipe pipe = pipe();
        if (pipe.shape() != Shape.BYTES) {
            throw text.mistake(
                    "a hole expects bytes, found pairs", "put 'joined(\"=\", \"&\")' behind");
        }
        if (!text.skipsTo('}')) {
            throw text.expected("'}'");
        }
        return new Template.Part.Hole(pipe);
    }

    private static String signature(String name, List<Param> params) {
        List<String> words =
                params.stream().map(p -> p.name() + (p.repeated() ? "…" : "")).toList();
        return words.isEmpty() ? name : name + "(" + String.join(", ", words) + ")";
    }
}
