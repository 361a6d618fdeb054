package dev.mortise.api.paging;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.page.Page.Mark;
import dev.mortise.api.page.Paths;
import dev.mortise.api.paging.Paging.ByCursor;
import dev.mortise.api.paging.Paging.ByKey;
import dev.mortise.api.paging.Paging.ByOffset;
import dev.mortise.api.paging.Paging.ByPage;
import dev.mortise.api.paging.Paging.End;
import dev.mortise.api.paging.Paging.NextLink;
import dev.mortise.api.paging.Paging.None;
import dev.mortise.api.paging.Paging.Reset;
import dev.mortise.api.paging.Paging.Rules;
import dev.mortise.api.paging.Paging.Size;
import dev.mortise.api.paging.Paging.Stop;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `paging` of a resource.
public final class PagingReader {
    private static final List<String> KINDS =
            List.of("none", "page", "offset", "cursor", "keyset", "next_link", "odata");
    private static final int SIZE_MAX = 1_000_000;

    private final TreeReader reader;

    private PagingReader(TreeReader reader) {
        this.reader = reader;
    }

    /// @param resource as it is called in problems
    public static Paging read(Tree tree, String resource, List<Problem> problems) {
        if (tree instanceof Tree.Leaf leaf && leaf.text().equals("none")) {
            return new None();
        }
        TreeReader reader = TreeReader.of(tree, "'paging' of " + resource, problems);
        return new PagingReader(reader).read();
    }

    private Paging read() {
        String kind = reader.text("kind", "");
        Paging paging =
                switch (kind) {
                    case "none" -> new None();
                    case "page" -> {
                        String param = reader.text("param", "page");
                        long start = reader.integer("start", 0, Integer.MAX_VALUE, 1);
                        Rules rules = rules(true);
                        yield new ByPage(param, start, reset(rules), rules);
                    }
                    case "offset" -> {
                        String param = reader.text("param", "offset");
                        long start = reader.integer("start", 0, Integer.MAX_VALUE, 0);
                        Rules rules = rules(true);
                        yield new ByOffset(param, start, reset(rules), rules);
                    }
                    case "cursor" -> cursor();
                    case "keyset" -> keyset();
                    case "next_link" -> new NextLink(rules(false));
                    case "odata" -> odata();
                    default -> {
                        kindUnknown(kind);
                        yield new None();
                    }
                };
        if (KINDS.contains(kind)) {
            reader.end();
        }
        return paging;
    }

    private void kindUnknown(String kind) {
        reader.problem(
                kind.isEmpty() ? ProblemCode.OPTION_MISSING : ProblemCode.OPTION_INVALID,
                reader.placeOf("kind"),
                "'kind' of a paging expects one of %s, got '%s'"
                        .formatted(String.join(", ", KINDS), kind),
                Nearest.fix(kind, KINDS));
    }

    private Paging cursor() {
        String param = reader.text("param", "cursor");
        String header = reader.text("header", "");
        Rules rules = rules(false);
        if (header.isEmpty() && !rules.end().marks().containsKey(Mark.NEXT)) {
            reader.problem(
                    ProblemCode.OPTION_MISSING,
                    reader.place(),
                    "a cursor paging needs to know where the next cursor stands",
                    "add 'next: $.next_cursor', or 'header: X-Next-Cursor'");
        }
        return new ByCursor(param, header, rules);
    }

    private Paging keyset() {
        String param = reader.required("param", "id_after");
        List<String> after = path("after", "id");
        Rules rules = rules(true);
        if (rules.end().stop() == Stop.TOTAL) {
            reader.invalid("stop", "empty, short or has_more: behind a key, totals shrink");
        }
        return new ByKey(param, after, rules);
    }

    /// The address of the next page is the server's own business: nothing is added to it.
    private Paging odata() {
        boolean v2 = reader.choice("version", "4", List.of("2", "4")).equals("2");
        List<String> next = v2 ? List.of("d", "__next") : List.of("@odata.nextLink");
        Rules rules = rules(false);
        Map<Mark, JsonPath> marks = new EnumMap<>(Mark.class);
        marks.put(Mark.NEXT, new JsonPath(next));
        End end = new End(Stop.EMPTY, marks);
        return new NextLink(
                new Rules(rules.size(), end, false, rules.pagesMax(), rules.overlaps()));
    }

    /// @param counted whether the end shows in records and totals, and not in a named next page
    private Rules rules(boolean counted) {
        Size size = size();
        End end = counted ? end(size) : named();
        boolean inBody = reader.choice("in", "query", List.of("query", "body")).equals("body");
        int pagesMax = reader.integer("pages_max", 1, Rules.PAGES_MAX, Rules.PAGES_MAX);
        boolean overlaps =
                reader.choice("overlaps", "refuse", List.of("refuse", "allow")).equals("allow");
        return new Rules(size, end, inBody, pagesMax, overlaps);
    }

    private Size size() {
        int rows = reader.integer("size", 1, SIZE_MAX, 0);
        String param = reader.text("size_param", "");
        if (!param.isEmpty() && rows == 0) {
            reader.invalid("size_param", "a 'size' beside it");
        }
        return new Size(param, rows);
    }

    private End named() {
        Map<Mark, JsonPath> marks = new EnumMap<>(Mark.class);
        mark("next", Mark.NEXT, marks);
        mark("has_more", Mark.MORE, marks);
        return new End(marks.containsKey(Mark.MORE) ? Stop.MORE : Stop.EMPTY, marks);
    }

    private void mark(String word, Mark mark, Map<Mark, JsonPath> marks) {
        Paths.read(reader, word).ifPresent(path -> marks.put(mark, path));
    }

    private Optional<Reset> reset(Rules rules) {
        Optional<TreeReader> inner = reader.inner("reset", "'reset' of a paging");
        if (inner.isEmpty()) {
            return Optional.empty();
        }
        int records = inner.get().integer("records", 1, Integer.MAX_VALUE, 10_000);
        String param = inner.get().required("param", "id_after");
        List<String> after = new PagingReader(inner.get()).path("after", "id");
        inner.get().end();
        if (rules.end().stop() == Stop.TOTAL || rules.size().rows() == 0) {
            reader.invalid("reset", "a 'size' beside it, and another 'stop' than total");
        }
        return Optional.of(new Reset(records, param, after));
    }

    private List<String> path(String word, String example) {
        String text = reader.required(word, example);
        List<String> steps = Paths.parse(text).map(JsonPath::steps).orElse(List.of());
        if (!text.isEmpty() && (steps.isEmpty() || steps.contains(JsonPath.EVERY))) {
            reader.invalid(word, "a path of names in a record, got '" + text + "'");
        }
        return steps;
    }

    private End end(Size size) {
        Map<Mark, JsonPath> marks = new EnumMap<>(Mark.class);
        mark("total", Mark.TOTAL, marks);
        mark("has_more", Mark.MORE, marks);
        String fallback =
                marks.containsKey(Mark.MORE)
                        ? "has_more"
                        : marks.containsKey(Mark.TOTAL) ? "total" : "empty";
        String word =
                reader.choice("stop", fallback, List.of("empty", "short", "total", "has_more"));
        Stop stop =
                switch (word) {
                    case "short" -> Stop.SHORT;
                    case "total" -> Stop.TOTAL;
                    case "has_more" -> Stop.MORE;
                    default -> Stop.EMPTY;
                };
        boolean unfounded =
                (stop == Stop.TOTAL && !marks.containsKey(Mark.TOTAL))
                        || (stop == Stop.MORE && !marks.containsKey(Mark.MORE))
                        || (stop == Stop.SHORT && size.rows() == 0);
        if (unfounded) {
            String needed = stop == Stop.SHORT ? "size" : word;
            reader.invalid("stop", "'" + needed + "' beside it");
        }
        return new End(stop, marks);
    }
}
