package dev.mortise.api.page;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// One page on its way through the parser: stops at each record, and picks up on the way what the
/// page says about itself, before and after its records. Nothing of it becomes a tree.
public final class Page implements Records {
    /// What a page may say about where it ends.
    public enum Mark {
        TOTAL,
        MORE,
        NEXT
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final Node NOWHERE = new Node();

    private static final int SHOWN = 64 * 1_024;
    private static final byte[] NOTHING = {'[', ']'};

    private final Window window;
    private final byte[] start;
    private final JsonParser parser;
    private final HttpHeaders headers;
    private final Node root = new Node();
    private final Deque<Node> open = new ArrayDeque<>();
    private final Map<Mark, String> marks = new EnumMap<>(Mark.class);
    private final CRC32C sum = new CRC32C();
    private long records;
    private long firstByte = -1;
    private long endByte = -1;
    private boolean met;

    /// A place in the document that leads to something wanted.
    private static final class Node {
        private final Map<String, Node> names = new HashMap<>();
        private @Nullable Node every;
        private @Nullable Mark mark;
        private boolean records;
        private boolean element;

        /// Whether the records stand right below, be there any or not.
        private boolean holds;

        Node to(JsonPath path) {
            Node node = this;
            for (String step : path.steps()) {
                if (step.equals(JsonPath.EVERY)) {
                    node.every = node.every == null ? new Node() : node.every;
                    node = node.every;
                } else {
                    node = node.names.computeIfAbsent(step, _ -> new Node());
                }
            }
            return node;
        }
    }

    private Page(Window window, HttpHeaders headers, Layout layout) throws IOException {
        this.window = window;
        this.start = window.peek(SHOWN);
        this.headers = headers;
        this.parser = JSON.createParser(ObjectReadContext.empty(), (InputStream) window);
        List<String> steps = layout.records.steps();
        Node place = root.to(layout.records);
        place.records = true;
        // Each value of a sequence is a record, an array too.
        place.element = layout.format == Format.NDJSON && steps.isEmpty();
        met = layout.format == Format.NDJSON;
        if (layout.format == Format.XML && !steps.isEmpty()) {
            root.to(new JsonPath(steps.subList(0, steps.size() - 1))).holds = true;
        }
        layout.marks.forEach((mark, path) -> root.to(path).mark = mark);
    }

    /// Where things stand in a page.
    ///
    /// @param marks what the page says about itself
    /// @param format it was written in before it became JSON
    public record Layout(JsonPath records, Map<Mark, JsonPath> marks, Format format) {
        public Layout {
            marks = Map.copyOf(marks);
        }
    }

    /// @param json in UTF-8; closed with the page
    /// @param headers of the answer
    /// @param misfit what to throw when the body, which starts like this, is no JSON
    public static Page of(
            InputStream json,
            HttpHeaders headers,
            Layout layout,
            Function<byte[], ProblemException> misfit)
            throws IOException {
        Window window = new Window(json);
        if (layout.format == Format.JSON && !startsLikeJson(window.peek(SHOWN))) {
            byte[] start = window.peek(SHOWN);
            window.close();
            throw misfit.apply(start);
        }
        return new Page(window, headers, layout);
    }

    /// A page of an answer that holds nothing.
    public static Page none(HttpHeaders headers) {
        Layout layout = new Layout(JsonPath.ROOT, Map.of(), Format.JSON);
        try {
            return new Page(new Window(new ByteArrayInputStream(NOTHING)), headers, layout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean startsLikeJson(byte[] start) {
        int at = 0;
        while (at < start.length && start[at] <= ' ' && start[at] >= 0) {
            at++;
        }
        return at < start.length && "{[\"-0123456789tfn".indexOf(start[at]) >= 0;
    }

    @Override
    public JsonParser parser() {
        return parser;
    }

    @Override
    public byte[] bytes() {
        return window.bytes();
    }

    @Override
    public int at(long place) {
        return window.at(place);
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public boolean next() {
        if (firstByte >= 0 && records > 0) {
            seen(parser.currentLocation().getByteOffset());
        }
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (step(token)) {
                records++;
                if (firstByte < 0) {
                    firstByte = parser.currentTokenLocation().getByteOffset();
                    endByte = firstByte;
                }
                return true;
            }
        }
        return false;
    }

    /// A record that is over counts for the print and need not be kept.
    private void seen(long end) {
        window.sum(sum, endByte, end);
        endByte = end;
        window.release(end);
    }

    private boolean step(JsonToken token) {
        return switch (token) {
            case PROPERTY_NAME -> false;
            case END_OBJECT, END_ARRAY -> {
                open.pop();
                yield false;
            }
            case START_ARRAY, START_OBJECT -> enter(token, here());
            default -> scalar(token, here());
        };
    }

    /// The node of the value the parser stands at.
    private Node here() {
        Node parent = open.peek();
        if (parent == null) {
            return root;
        }
        boolean array = arrayAround(parser.currentToken());
        Node node = array ? parent.every : parent.names.get(parser.currentName());
        return node == null ? NOWHERE : node;
    }

    private boolean arrayAround(@Nullable JsonToken token) {
        // At the start of an array or object the context is already the inner one.
        var context = parser.streamReadContext();
        boolean inner = token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT;
        var outer = inner ? context.getParent() : context;
        return outer != null && outer.inArray();
    }

    private boolean enter(JsonToken token, Node node) {
        boolean array = token == JsonToken.START_ARRAY;
        if (node.element || (node.records && !array)) {
            met = true;
            return true;
        }
        if (node == NOWHERE || (node.mark != null && !node.records)) {
            parser.skipChildren();
            return false;
        }
        open.push(node.records ? elements() : node);
        met |= node.holds;
        met |= array && (node.records || node.every != null);
        return false;
    }

    /// The elements of the array that the path leads to are the records.
    private static Node elements() {
        Node array = new Node();
        array.every = new Node();
        array.every.element = true;
        return array;
    }

    private boolean scalar(JsonToken token, Node node) {
        if (node.mark != null && token != JsonToken.VALUE_NULL) {
            marks.put(node.mark, parser.getString());
        }
        boolean leads = node.records || !node.names.isEmpty() || node.every != null;
        met |= leads && token == JsonToken.VALUE_NULL;
        return node.element || (node.records && token != JsonToken.VALUE_NULL);
    }

    /// What is known at the end of the page.
    ///
    /// @param before records of the pages before
    /// @throws ProblemException when the page has no place for records at all
    public Facts facts(long before, JsonPath path, Function<byte[], String> shown) {
        if (!met && records == 0) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.SERVER_FAILED,
                            "expected records at '%s', got '%s'"
                                    .formatted(path, shown.apply(start)),
                            "check 'records' of the resource, and what the API complains of"));
        }
        return soFar(before);
    }

    /// What is known by now.
    ///
    /// @param before records of the pages before
    public Facts soFar(long before) {
        long print = sum.getValue() << 24 ^ records ^ (endByte - firstByte) << 8;
        return new Facts(records, before + records, Map.copyOf(marks), headers, print);
    }

    /// @param seen records of this page and of those before
    /// @param print the same for the same records
    public record Facts(
            long records, long seen, Map<Mark, String> marks, HttpHeaders headers, long print) {
        public Optional<String> find(Mark mark) {
            return Optional.ofNullable(marks.get(mark));
        }

        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        public OptionalLong total() {
            return find(Mark.TOTAL)
                    .filter(text -> text.matches("\\d{1,18}"))
                    .map(text -> OptionalLong.of(Long.parseLong(text)))
                    .orElse(OptionalLong.empty());
        }

        /// The same of a page that tells a total.
        public Facts of(long count) {
            Map<Mark, String> more = new EnumMap<>(Mark.class);
            more.putAll(marks);
            more.put(Mark.TOTAL, Long.toString(count));
            return new Facts(records, seen, Map.copyOf(more), headers, print);
        }

        public boolean more() {
            return find(Mark.MORE).filter(text -> text.matches("(?i)true|1|y|yes")).isPresent();
        }
    }

    /// A document that breaks off or is none.
    ///
    /// @param hide takes secrets out of a text
    public static ProblemException broken(JacksonException e, UnaryOperator<String> hide) {
        if (e instanceof JacksonIOException && Thread.currentThread().isInterrupted()) {
            Problem told =
                    Problem.of(
                            ProblemCode.CANCELLED,
                            "reading was cancelled within a body",
                            "run again");
            return new ProblemException(told, e);
        }
        if (e instanceof JacksonIOException lost) {
            return new ProblemException(
                    Problem.of(
                            ProblemCode.CONNECTION_LOST,
                            "the body broke off: " + lost.getOriginalMessage(),
                            "run again: it goes on where it stopped"),
                    e);
        }
        var at = e.getLocation();
        String where =
                at == null
                        ? ""
                        : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
        return new ProblemException(
                Problem.of(
                        ProblemCode.SERVER_FAILED,
                        "expected well-formed JSON, got an error"
                                + where
                                + ": "
                                + hide.apply(e.getOriginalMessage()),
                        "look at the answer of the API; it may have broken off"),
                e);
    }

    @Override
    public void close() {
        parser.close();
        try {
            window.close();
        } catch (IOException _) {
            // What is not read any more may break.
        }
    }
}
