package dev.mortise.connectors.http;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.egress.Uris;
import dev.mortise.connectors.http.Page.Facts;
import dev.mortise.connectors.http.Page.Mark;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a resource hands out its records page by page. A page is named by a *token*: a number, a
/// cursor, an address; the first page's is empty. One record a kind.
sealed interface Paging {
    List<String> KINDS = List.of("none", "page", "offset", "cursor", "next_link");
    int SIZE_MAX = 1_000_000;

    /// When there are no more pages.
    enum Stop {
        /// The page is empty: one call more than needed, and never wrong.
        EMPTY,
        /// The page has fewer records than asked for.
        SHORT,
        /// As many records came as the total says.
        TOTAL,
        /// The page says itself whether more follow.
        MORE
    }

    /// @param rows how many records a page is asked to have; 0 when it is not asked
    /// @param param the parameter that says so; empty when there is none
    record Size(String param, int rows) {}

    /// @param marks where in a page its own words about the end stand
    record End(Stop stop, Map<Mark, JsonPath> marks) {
        static final End UNKNOWN = new End(Stop.EMPTY, Map.of());

        public End {
            marks = Map.copyOf(marks);
        }

        boolean more(Facts facts, int size) {
            if (facts.records() == 0) {
                return false;
            }
            return switch (stop) {
                case EMPTY -> true;
                case SHORT -> facts.records() >= size;
                case TOTAL -> facts.total().isEmpty() || facts.seen() < facts.total().getAsLong();
                case MORE -> facts.more();
            };
        }
    }

    record None() implements Paging {}

    record ByPage(String param, long start, Size size, End end, boolean inBody) implements Paging {}

    record ByOffset(String param, long start, Size size, End end, boolean inBody)
            implements Paging {}

    /// @param header the response header that holds the next cursor, when the body does not
    record ByCursor(String param, String header, Size size, End end, boolean inBody)
            implements Paging {}

    /// @param end its mark NEXT says where the address stands; without it the Link header does
    record NextLink(Size size, End end) implements Paging {}

    default End end() {
        return switch (this) {
            case None _ -> End.UNKNOWN;
            case ByPage paging -> paging.end;
            case ByOffset paging -> paging.end;
            case ByCursor paging -> paging.end;
            case NextLink paging -> paging.end;
        };
    }

    default boolean inBody() {
        return switch (this) {
            case None _, NextLink _ -> false;
            case ByPage paging -> paging.inBody;
            case ByOffset paging -> paging.inBody;
            case ByCursor paging -> paging.inBody;
        };
    }

    private Size size() {
        return switch (this) {
            case None _ -> new Size("", 0);
            case ByPage paging -> paging.size;
            case ByOffset paging -> paging.size;
            case ByCursor paging -> paging.size;
            case NextLink paging -> paging.size;
        };
    }

    /// The parameters that ask for a page.
    default Map<String, String> params(String token) {
        Map<String, String> params = new LinkedHashMap<>();
        switch (this) {
            case None _, NextLink _ -> {}
            case ByPage(var param, var start, _, _, _) ->
                    params.put(param, token.isEmpty() ? Long.toString(start) : token);
            case ByOffset(var param, var start, _, _, _) ->
                    params.put(param, token.isEmpty() ? Long.toString(start) : token);
            case ByCursor(var param, _, _, _, _) -> {
                if (!token.isEmpty()) {
                    params.put(param, token);
                }
            }
        }
        if (!size().param().isEmpty()) {
            params.put(size().param(), Integer.toString(size().rows()));
        }
        return params;
    }

    /// The token of the page after this one; empty at the end.
    default Optional<String> next(String token, Facts facts) {
        return switch (this) {
            case None _ -> Optional.empty();
            case ByPage(_, var start, var size, var end, _) ->
                    end.more(facts, size.rows())
                            ? Optional.of(Long.toString(number(token, start) + 1))
                            : Optional.empty();
            case ByOffset(_, var start, var size, var end, _) ->
                    end.more(facts, size.rows())
                            ? Optional.of(Long.toString(number(token, start) + facts.records()))
                            : Optional.empty();
            case ByCursor(_, var header, _, var end, _) -> {
                boolean more = end.stop() != Stop.MORE || facts.more();
                Optional<String> named =
                        header.isEmpty() ? facts.find(Mark.NEXT) : facts.header(header);
                yield more ? named.filter(next -> !next.isBlank()) : Optional.empty();
            }
            case NextLink(_, var end) ->
                    end.marks().containsKey(Mark.NEXT)
                            ? facts.find(Mark.NEXT).filter(next -> !next.isBlank())
                            : facts.header("link").flatMap(Uris::next);
        };
    }

    /// The token the next page will most likely have, known before this page is read; empty when
    /// it cannot be known, or when there will be none.
    ///
    /// @param seen records of the pages before this one
    /// @param total as an earlier page told it; -1 when none did
    default Optional<String> guess(String token, long seen, long total) {
        int rows = size().rows();
        if (total >= 0 && rows > 0 && seen + rows >= total) {
            return Optional.empty();
        }
        return switch (this) {
            case None _, ByCursor _, NextLink _ -> Optional.empty();
            case ByPage(_, var start, _, _, _) ->
                    Optional.of(Long.toString(number(token, start) + 1));
            case ByOffset(_, var start, _, _, _) ->
                    rows == 0
                            ? Optional.empty()
                            : Optional.of(Long.toString(number(token, start) + rows));
        };
    }

    private static long number(String token, long start) {
        return token.isEmpty() ? start : Long.parseLong(token);
    }

    /// Reads `paging` of a resource.
    static Paging read(Tree tree, String resource, List<Problem> problems) {
        if (tree instanceof Tree.Leaf leaf && leaf.text().equals("none")) {
            return new None();
        }
        TreeReader reader = TreeReader.of(tree, "'paging' of " + resource, problems);
        String kind = reader.text("kind", "");
        Paging paging =
                switch (kind) {
                    case "none" -> new None();
                    case "page" -> {
                        String param = reader.text("param", "page");
                        int start = reader.integer("start", 0, Integer.MAX_VALUE, 1);
                        Size size = size(reader);
                        yield new ByPage(param, start, size, end(reader, size), inBody(reader));
                    }
                    case "offset" -> {
                        String param = reader.text("param", "offset");
                        int start = reader.integer("start", 0, Integer.MAX_VALUE, 0);
                        Size size = size(reader);
                        yield new ByOffset(param, start, size, end(reader, size), inBody(reader));
                    }
                    case "cursor" -> cursor(reader);
                    case "next_link" -> {
                        Map<Mark, JsonPath> marks = new EnumMap<>(Mark.class);
                        JsonPath.read(reader, "next").ifPresent(path -> marks.put(Mark.NEXT, path));
                        yield new NextLink(size(reader), new End(Stop.EMPTY, marks));
                    }
                    default -> {
                        kindUnknown(reader, kind);
                        yield new None();
                    }
                };
        if (KINDS.contains(kind)) {
            reader.end();
        }
        return paging;
    }

    private static void kindUnknown(TreeReader reader, String kind) {
        reader.problem(
                kind.isEmpty() ? ProblemCode.OPTION_MISSING : ProblemCode.OPTION_INVALID,
                reader.placeOf("kind"),
                "'kind' of a paging expects one of %s, got '%s'"
                        .formatted(String.join(", ", KINDS), kind),
                Nearest.fix(kind, KINDS));
    }

    private static Paging cursor(TreeReader reader) {
        String param = reader.text("param", "cursor");
        String header = reader.text("header", "");
        Size size = size(reader);
        Map<Mark, JsonPath> marks = new EnumMap<>(Mark.class);
        JsonPath.read(reader, "next").ifPresent(path -> marks.put(Mark.NEXT, path));
        JsonPath.read(reader, "has_more").ifPresent(path -> marks.put(Mark.MORE, path));
        if (header.isEmpty() && !marks.containsKey(Mark.NEXT)) {
            reader.problem(
                    ProblemCode.OPTION_MISSING,
                    reader.place(),
                    "a cursor paging needs to know where the next cursor stands",
                    "add 'next: $.next_cursor', or 'header: X-Next-Cursor'");
        }
        Stop stop = marks.containsKey(Mark.MORE) ? Stop.MORE : Stop.EMPTY;
        return new ByCursor(param, header, size, new End(stop, marks), inBody(reader));
    }

    private static Size size(TreeReader reader) {
        int rows = reader.integer("size", 1, SIZE_MAX, 0);
        String param = reader.text("size_param", "");
        if (!param.isEmpty() && rows == 0) {
            reader.invalid("size_param", "a 'size' beside it");
        }
        return new Size(param, rows);
    }

    private static boolean inBody(TreeReader reader) {
        return reader.choice("in", "query", List.of("query", "body")).equals("body");
    }

    private static End end(TreeReader reader, Size size) {
        Map<Mark, JsonPath> marks = new EnumMap<>(Mark.class);
        JsonPath.read(reader, "total").ifPresent(path -> marks.put(Mark.TOTAL, path));
        JsonPath.read(reader, "has_more").ifPresent(path -> marks.put(Mark.MORE, path));
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
