package dev.mortise.api.draft.call;

import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.Resource.Paging;
import dev.mortise.api.draft.call.Shape.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Concludes from the names of parameters and of the fields around the records how a call pages.
/// Each conclusion has its reason. Names are compared without case, `_` and `-`.
public final class PagingGuess {
    private static final Set<String> PAGE =
            Set.of(
                    "page",
                    "pageno",
                    "pagenum",
                    "pagenumber",
                    "pageindex",
                    "currentpage",
                    "curpage",
                    "current",
                    "pn",
                    "pageid",
                    "pagenow",
                    "nowpage");
    private static final Set<String> SIZE =
            Set.of(
                    "size",
                    "limit",
                    "pagesize",
                    "perpage",
                    "pagelimit",
                    "rows",
                    "count",
                    "top",
                    "maxresults",
                    "maxpagesize",
                    "pagerows",
                    "pagecount",
                    "num",
                    "take",
                    "psize",
                    "rowsperpage",
                    "toprowcount");
    private static final Set<String> OFFSET =
            Set.of("offset", "start", "skip", "startrow", "startindex", "from", "startat", "begin");
    private static final Set<String> CURSOR =
            Set.of(
                    "cursor",
                    "nextcursor",
                    "pagetoken",
                    "nextpagetoken",
                    "nexttoken",
                    "after",
                    "startingafter",
                    "continuationtoken",
                    "marker",
                    "scrollid",
                    "nextopenid",
                    "continuation",
                    "pagecursor",
                    "startcursor",
                    "synckey",
                    "nextid",
                    "nextkey");
    private static final Set<String> NEXT =
            Set.of(
                    "nextcursor",
                    "nextpagetoken",
                    "nexttoken",
                    "nextopenid",
                    "next",
                    "endcursor",
                    "cursor",
                    "scrollid",
                    "continuationtoken",
                    "nextmarker",
                    "pagetoken",
                    "nextid",
                    "nextkey",
                    "nextpage",
                    "after");
    /// Not `RowCount`: SharePoint and others count the rows of the page so.
    private static final Set<String> TOTAL =
            Set.of(
                    "total",
                    "totalcount",
                    "totalnum",
                    "totalsize",
                    "totalelements",
                    "totalrecords",
                    "totalitems",
                    "totalrows",
                    "totalrecord",
                    "totalresults",
                    "counttotal",
                    "totalhits");
    private static final Set<String> MORE =
            Set.of("hasmore", "hasnext", "hasnextpage", "more", "hasmoreitems", "ismore");
    private static final int DEPTH_MAX = 4;
    private static final int SIZE_DEFAULT = 100;
    private static final int SIZE_LARGEST = 1_000;

    /// @param params the names of parameters that paging sends from now on
    record Found(Paging paging, In in, Set<String> params) {}

    private final Map<String, Shape> around = new LinkedHashMap<>();
    private final List<Param> params;
    private final Map<String, String> words = new LinkedHashMap<>();
    private final List<String> reasons = new ArrayList<>();
    private final Set<String> used = new LinkedHashSet<>();

    private PagingGuess(Operation operation, Records records) {
        boolean bodied = !operation.method().equals("GET");
        this.params =
                operation.params().stream()
                        .filter(p -> p.in() == In.QUERY || (p.in() == In.BODY && bodied))
                        .toList();
        collect(operation.answer(), List.of(), records.steps());
    }

    static Optional<Found> of(Operation operation, Records records) {
        // A request alone, as curl has it, shows what it asks for and not what comes back.
        boolean pages = records.many() || operation.answer() instanceof Shape.Nothing;
        return pages
                ? new PagingGuess(operation, records).guess(operation.link())
                : Optional.empty();
    }

    private void collect(Shape shape, List<String> steps, List<String> records) {
        if (!(shape instanceof Fields fields) || steps.size() > DEPTH_MAX) {
            return;
        }
        fields.fields()
                .forEach(
                        (name, inner) -> {
                            if (Steps.isPlain(name)) {
                                List<String> below = new ArrayList<>(steps);
                                below.add(name);
                                around.put("$." + String.join(".", below), inner);
                                collect(inner, below, records);
                            }
                        });
    }

    private Optional<Found> guess(boolean link) {
        Optional<Param> page = find(PAGE, PagingGuess::countable);
        Optional<Param> offset = find(OFFSET, PagingGuess::countable);
        Optional<Param> cursor = find(CURSOR, _ -> true);
        Optional<Map.Entry<String, Shape>> next = field(NEXT, Shape::isScalar);
        Optional<String> address = address();
        if (cursor.isPresent() && next.isPresent()) {
            return byCursor(cursor.get(), next.get().getKey());
        }
        if (address.isPresent() && offset.isEmpty()) {
            words.put("kind", "next_link");
            words.put("next", address.get());
            reasons.add("the answer has an address at '" + address.get() + "'");
            size(In.QUERY);
            return found(In.QUERY);
        }
        if (link) {
            words.put("kind", "next_link");
            reasons.add("answers have a Link header");
            size(In.QUERY);
            return found(In.QUERY);
        }
        if (page.isPresent()) {
            return byPage(page.get());
        }
        return offset.flatMap(this::byOffset);
    }

    private Optional<Found> byCursor(Param cursor, String next) {
        words.put("kind", "cursor");
        take(cursor);
        words.put("next", next);
        reasons.add("the answer has the next cursor at '" + next + "'");
        size(cursor.in());
        more();
        return found(cursor.in());
    }

    private Optional<Found> byPage(Param page) {
        words.put("kind", "page");
        take(page);
        boolean zero =
                page.shape() instanceof Shape.Value value
                        && (value.bounds().min().filter(min -> min == 0).isPresent()
                                || value.bounds().usual().filter("0"::equals).isPresent());
        boolean sentZero = page.value().filter("0"::equals).isPresent();
        if (zero || sentZero) {
            words.put("start", "0");
            reasons.add("'" + page.name() + "' begins with 0");
        }
        size(page.in());
        ends();
        return found(page.in());
    }

    private Optional<Found> byOffset(Param offset) {
        Optional<Param> size = find(SIZE, PagingGuess::countable);
        if (size.isEmpty()) {
            return Optional.empty();
        }
        words.put("kind", "offset");
        take(offset);
        size(offset.in());
        ends();
        return found(offset.in());
    }

    private void take(Param param) {
        words.put("param", param.name());
        used.add(param.name());
        reasons.add("it has a parameter '" + param.name() + "'");
    }

    private void size(In in) {
        Optional<Param> size = find(SIZE, PagingGuess::countable).filter(p -> p.in() == in);
        if (size.isEmpty()) {
            return;
        }
        long rows = rows(size.get());
        words.put("size_param", size.get().name());
        words.put("size", Long.toString(rows));
        used.add(size.get().name());
    }

    private long rows(Param size) {
        Optional<Long> max =
                size.shape() instanceof Shape.Value value ? value.bounds().max() : Optional.empty();
        if (max.filter(m -> m >= 1 && m <= SIZE_LARGEST).isPresent()) {
            reasons.add("'" + size.name() + "' is at most " + max.get());
            return max.get();
        }
        Optional<Long> usual =
                size.usual().filter(text -> text.matches("[1-9]\\d{0,5}")).map(Long::parseLong);
        usual.ifPresent(rows -> reasons.add("'" + size.name() + "' is usually " + rows));
        return usual.orElse((long) SIZE_DEFAULT);
    }

    private void ends() {
        if (!more()) {
            field(TOTAL, Shape::isWhole)
                    .ifPresent(
                            total -> {
                                words.put("total", total.getKey());
                                reasons.add("the answer has a total at '" + total.getKey() + "'");
                            });
        }
    }

    private boolean more() {
        Optional<Map.Entry<String, Shape>> more = field(MORE, Shape::isBool);
        more.ifPresent(
                field -> {
                    words.put("has_more", field.getKey());
                    reasons.add("the answer says at '" + field.getKey() + "' whether more follow");
                });
        return more.isPresent();
    }

    private Optional<Found> found(In in) {
        if (in == In.BODY) {
            words.put("in", "body");
        }
        return Optional.of(new Found(new Paging(words, reasons), in, used));
    }

    private Optional<Param> find(Set<String> names, Predicate<Param> also) {
        return params.stream().filter(p -> names.contains(last(p.name()))).filter(also).findFirst();
    }

    private Optional<Map.Entry<String, Shape>> field(Set<String> names, Predicate<Shape> also) {
        return around.entrySet().stream()
                .filter(field -> names.contains(last(field.getKey())))
                .filter(field -> also.test(field.getValue()))
                .findFirst();
    }

    private Optional<String> address() {
        for (Map.Entry<String, Shape> field : around.entrySet()) {
            String path = field.getKey().toLowerCase(java.util.Locale.ROOT);
            boolean named =
                    path.matches(
                            ".*(\\.next|\\.nextlink|\\.next_?(page_?)?(url|link|uri))(\\.href)?");
            boolean address =
                    field.getValue() instanceof Shape.Value value
                            && (value.address() || path.matches(".*(link|url|uri|href)"));
            if (named && address) {
                return Optional.of(field.getKey());
            }
        }
        return Optional.empty();
    }

    /// Whether a field by this name is most likely one that paging sends.
    public static boolean isSent(String name) {
        String plain = Names.plain(name);
        return PAGE.contains(plain) || SIZE.contains(plain) || OFFSET.contains(plain);
    }

    private static String last(String path) {
        return Names.plain(path.substring(path.lastIndexOf('.') + 1));
    }

    /// Whether a parameter may be a number: its type is one, or what it sends.
    private static boolean countable(Param param) {
        return Shape.isWhole(param.shape())
                || param.shape() instanceof Shape.Nothing
                || param.value().filter(text -> text.matches("\\d{1,9}")).isPresent();
    }
}
