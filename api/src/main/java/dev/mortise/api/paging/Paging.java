package dev.mortise.api.paging;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.page.Page.Facts;
import dev.mortise.api.page.Page.Mark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a resource hands out its records page by page. A page is named by a *token*: a number, a
/// cursor, an address, a key; the first page's is empty. One record a kind.
public sealed interface Paging {
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

    /// What all kinds have in common.
    ///
    /// @param inBody whether parameters go into the body
    /// @param pagesMax pages of one run at most: more park it
    /// @param overlaps whether a key may stand on two pages, one after the other
    record Rules(Size size, End end, boolean inBody, int pagesMax, boolean overlaps) {
        public static final int PAGES_MAX = 1_000_000;

        static final Rules NONE = new Rules(new Size("", 0), End.UNKNOWN, false, PAGES_MAX, true);
    }

    /// Starts the numbers anew behind the last record, before they reach what an API allows.
    ///
    /// @param records how far numbers may go
    /// @param param is asked for records after the last one
    /// @param after path of that record's value in it
    record Reset(long records, String param, List<String> after) {
        public Reset {
            after = List.copyOf(after);
        }
    }

    record None() implements Paging {}

    record ByPage(String param, long start, Optional<Reset> reset, Rules rules) implements Paging {}

    record ByOffset(String param, long start, Optional<Reset> reset, Rules rules)
            implements Paging {}

    /// @param header the response header that holds the next cursor, when the body does not
    record ByCursor(String param, String header, Rules rules) implements Paging {}

    /// Records in the order of a key, each page asked for behind the key the one before it ended
    /// with.
    ///
    /// @param after path of the key in a record
    record ByKey(String param, List<String> after, Rules rules) implements Paging {
        public ByKey {
            after = List.copyOf(after);
        }
    }

    /// @param rules their mark NEXT says where the address stands; without it the Link header does
    record NextLink(Rules rules) implements Paging {}

    default Rules rules() {
        return switch (this) {
            case None _ -> Rules.NONE;
            case ByPage paging -> paging.rules;
            case ByOffset paging -> paging.rules;
            case ByCursor paging -> paging.rules;
            case ByKey paging -> paging.rules;
            case NextLink paging -> paging.rules;
        };
    }

    default End end() {
        return rules().end;
    }

    default boolean inBody() {
        return rules().inBody;
    }

    private Size size() {
        return rules().size;
    }

    /// Path of the value in a record that the next page is asked after; empty when none is.
    default List<String> after() {
        return switch (this) {
            case ByPage(_, _, var reset, _) -> reset.map(Reset::after).orElse(List.of());
            case ByOffset(_, _, var reset, _) -> reset.map(Reset::after).orElse(List.of());
            case ByKey(_, var after, _) -> after;
            case None _, ByCursor _, NextLink _ -> List.of();
        };
    }

    /// The parameters that ask for a page.
    default Map<String, String> params(String token) {
        Map<String, String> params = new LinkedHashMap<>();
        switch (this) {
            case None _, NextLink _ -> {}
            case ByPage(var param, var start, var reset, _) ->
                    Numbered.parse(token, start).put(param, reset, params);
            case ByOffset(var param, var start, var reset, _) ->
                    Numbered.parse(token, start).put(param, reset, params);
            case ByCursor(var param, _, _) -> putUnlessEmpty(params, param, token);
            case ByKey(var param, _, _) -> putUnlessEmpty(params, param, token);
        }
        if (!size().param().isEmpty()) {
            params.put(size().param(), Integer.toString(size().rows()));
        }
        return params;
    }

    private static void putUnlessEmpty(Map<String, String> params, String param, String token) {
        if (!token.isEmpty()) {
            params.put(param, token);
        }
    }

    /// The token of the page after this one; empty at the end.
    ///
    /// @param last the value of [#after] in the last record; null when there was none
    default Optional<String> next(String token, Facts facts, @Nullable String last) {
        boolean more = end().more(facts, size().rows());
        return switch (this) {
            case None _ -> Optional.empty();
            case ByPage(_, var start, var reset, _) ->
                    more
                            ? Optional.of(Numbered.parse(token, start).page(this, reset, last))
                            : Optional.empty();
            case ByOffset(_, var start, var reset, _) ->
                    more
                            ? Optional.of(
                                    Numbered.parse(token, start)
                                            .plus(facts.records(), this, reset, last))
                            : Optional.empty();
            case ByKey _ -> more ? Optional.ofNullable(last) : Optional.empty();
            case ByCursor _, NextLink _ -> named(facts, true);
        };
    }

    /// What a page itself says comes after it; empty when it says nothing, or that it is the last.
    ///
    /// @param whole whether the page was read to its end; before, it may say so yet
    private Optional<String> named(Facts facts, boolean whole) {
        Optional<String> next =
                switch (this) {
                    case ByCursor(_, var header, _) ->
                            header.isEmpty() ? facts.find(Mark.NEXT) : facts.header(header);
                    case NextLink _ ->
                            end().marks().containsKey(Mark.NEXT)
                                    ? facts.find(Mark.NEXT)
                                    : facts.header("link").flatMap(LinkHeader::next);
                    case None _, ByPage _, ByOffset _, ByKey _ -> Optional.empty();
                };
        boolean ends = end().stop() == Stop.MORE && (whole || facts.find(Mark.MORE).isPresent());
        return ends && !facts.more() ? Optional.empty() : next.filter(text -> !text.isBlank());
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
            case None _, ByCursor _, ByKey _, NextLink _ -> Optional.empty();
            case ByPage(_, var start, var reset, _) ->
                    Numbered.parse(token, start).guess(1, rows, reset);
            case ByOffset(_, var start, var reset, _) ->
                    rows == 0
                            ? Optional.empty()
                            : Numbered.parse(token, start).guess(rows, 1, reset);
        };
    }

    /// The token of the next page as a page says it before its records; empty when it does not.
    default Optional<String> early(Facts facts) {
        return named(facts, false);
    }
}
