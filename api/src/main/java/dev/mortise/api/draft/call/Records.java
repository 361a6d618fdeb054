package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.api.draft.call.Shape.Many;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Where in an answer its records stand: the array of objects that most looks like the point of
/// the call, or else the one object inside its envelope.
///
/// @param steps names that lead there; empty for the whole answer
/// @param record what a record looks like
/// @param many whether it is an array of them
record Records(List<String> steps, Shape record, boolean many) {
    private static final int DEPTH_MAX = 5;

    /// Below this an array is a part of one record rather than the records.
    private static final int SCORE_MIN = 50;

    private static final Set<String> LISTS =
            Set.of(
                    "items",
                    "data",
                    "list",
                    "rows",
                    "records",
                    "result",
                    "results",
                    "content",
                    "value",
                    "values",
                    "entries",
                    "elements",
                    "datalist",
                    "recordlist",
                    "objects",
                    "docs",
                    "documents",
                    "resultlist",
                    "pagelist",
                    "dataset");
    private static final Set<String> ASIDE =
            Set.of(
                    "errors",
                    "error",
                    "warnings",
                    "links",
                    "messages",
                    "included",
                    "facets",
                    "aggregations",
                    "sort",
                    "tags",
                    "permissions",
                    "details");
    private static final Pattern ENVELOPE =
            Pattern.compile(
                    "(err|error|ret|result|return|status|sub)?(code|msg|message|desc|status|info)"
                            + "|success|ok|error|total.*|.*total|count|page.*|.*pages?|size|limit"
                            + "|offset|has.*|next.*|prev.*|cursor|.*id|timestamp|time|.*time|took"
                            + "|object|type|kind|url|version|first|last|empty|current|records?"
                            + "|number.*|pages|start.*|end.*|more|etag|.*link|.*token");

    private record Candidate(List<String> steps, Shape items, int score) {}

    /// Where the records of a call stand.
    static Records of(Operation operation) {
        boolean one = operation.path().endsWith("}");
        String subject = Resources.last(operation.path());
        return switch (operation.answers()) {
            case XML -> ofXml(operation.answer(), one, subject);
            case CSV, NDJSON -> ofLines(operation.answer());
            case JSON, FORM, MULTIPART, OTHER -> of(operation.answer(), one, subject);
        };
    }

    /// @param one whether the call fetches a single record by its key
    /// @param subject the last word of the path
    static Records of(Shape answer, boolean one, String subject) {
        if (answer instanceof Many many) {
            return new Records(List.of(), many.items(), true);
        }
        List<Candidate> found = new ArrayList<>();
        if (answer instanceof Fields fields) {
            search(fields, List.of(), Names.plain(subject), found);
        }
        int least = one ? SCORE_MIN + 60 : SCORE_MIN;
        Candidate best = null;
        for (Candidate candidate : found) {
            boolean better = best == null || candidate.score > best.score;
            best = better && candidate.score >= least ? candidate : best;
        }
        return best == null ? alone(answer) : new Records(best.steps, best.items, true);
    }

    /// Lines, each of which is a record.
    static Records ofLines(Shape answer) {
        return new Records(List.of(), answer instanceof Many(var line) ? line : answer, true);
    }

    /// Whether each record is a text, a number or a truth value.
    static boolean isSingle(Operation operation, Records records) {
        return operation.answers() == Media.JSON && records.record() instanceof Shape.Value;
    }

    /// A record of one field, for records that are single values.
    static Fields single(Shape value) {
        return new Fields(Map.of("value", value), Map.of());
    }

    /// The same in a document whose root element has a name of its own.
    static Records ofXml(Shape answer, boolean one, String subject) {
        if (!(answer instanceof Fields document) || document.fields().size() != 1) {
            return of(answer, one, subject);
        }
        Map.Entry<String, Shape> root = document.fields().entrySet().iterator().next();
        Records inner = of(root.getValue(), one, subject);
        List<String> steps = new ArrayList<>();
        steps.add(root.getKey());
        steps.addAll(inner.steps);
        return new Records(steps, inner.record, inner.many);
    }

    private static void search(
            Fields fields, List<String> steps, String subject, List<Candidate> found) {
        int own = own(fields);
        for (Map.Entry<String, Shape> field : fields.fields().entrySet()) {
            if (!Steps.isUsable(field.getKey()) || steps.size() >= DEPTH_MAX) {
                continue;
            }
            List<String> below = new ArrayList<>(steps);
            below.add(field.getKey());
            switch (field.getValue()) {
                case Fields inner -> search(inner, below, subject, found);
                case Many(Fields items) ->
                        found.add(
                                new Candidate(
                                        below, items, score(field.getKey(), below, own, subject)));
                case Many(var items)
                        when items instanceof Shape.Nothing || items instanceof Shape.Anything ->
                        found.add(
                                new Candidate(
                                        below,
                                        items,
                                        score(field.getKey(), below, own, subject) - 25));
                case Many _, Shape.Value _, Shape.Nothing _, Shape.Anything _ -> {}
            }
        }
    }

    private static int score(String name, List<String> steps, int own, String subject) {
        String plain = Names.plain(name);
        int score = 90 - 8 * steps.size();
        score += LISTS.contains(plain) ? 30 : 0;
        score -= ASIDE.contains(plain) ? 60 : 0;
        boolean named = !subject.isEmpty() && (plain.contains(subject) || subject.contains(plain));
        score += named && plain.length() > 2 ? 20 : 0;
        return score - (own > 2 ? 60 : 0);
    }

    /// How many scalars an object has that tell about a thing, not about an answer.
    private static int own(Fields fields) {
        int own = 0;
        for (Map.Entry<String, Shape> field : fields.fields().entrySet()) {
            boolean envelope = ENVELOPE.matcher(Names.plain(field.getKey())).matches();
            own += Shape.isScalar(field.getValue()) && !envelope ? 1 : 0;
        }
        return own;
    }

    /// The one object of an answer, without the envelope around it.
    private static Records alone(Shape answer) {
        List<String> steps = new ArrayList<>();
        Shape at = answer;
        while (at instanceof Fields fields && steps.size() < DEPTH_MAX) {
            List<Map.Entry<String, Shape>> inner =
                    fields.fields().entrySet().stream()
                            .filter(field -> field.getValue() instanceof Fields)
                            .filter(field -> Steps.isUsable(field.getKey()))
                            .toList();
            boolean envelope =
                    inner.size() == 1 && own(fields) == 0 && isEnvelope(inner.getFirst().getKey());
            if (!envelope) {
                break;
            }
            steps.add(inner.getFirst().getKey());
            at = inner.getFirst().getValue();
        }
        return new Records(steps, at, false);
    }

    private static boolean isEnvelope(String name) {
        return Set.of("data", "result", "response", "body", "value", "payload", "d", "content")
                .contains(Names.plain(name));
    }

    String path() {
        return Steps.path(steps);
    }
}
