package dev.mortise.connectors.http;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
final class Page implements AutoCloseable {
    /// What a page may say about where it ends.
    enum Mark {
        TOTAL,
        MORE,
        NEXT
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([\\w.:-]+)");
    private static final Node NOWHERE = new Node();

    private static final int SHOWN = 64 * 1_024;

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

    private Page(Window window, HttpHeaders headers, JsonPath records, Map<Mark, JsonPath> wanted)
            throws IOException {
        this.window = window;
        this.start = window.peek(SHOWN);
        this.headers = headers;
        this.parser = JSON.createParser(ObjectReadContext.empty(), (InputStream) window);
        root.to(records).records = true;
        wanted.forEach((mark, path) -> root.to(path).mark = mark);
    }

    /// @throws ProblemException when the answer holds no JSON
    static Page of(Call call, Answer answer, Resource.Read read, Refusals refusals) {
        try {
            Window window = new Window(utf8(answer));
            if (!startsLikeJson(window)) {
                byte[] start = window.peek(SHOWN);
                window.close();
                Answer shown = Answer.whole(answer.status(), answer.headers(), start, answer.uri());
                throw new ProblemException(refusals.notJson(call, shown));
            }
            Map<Mark, JsonPath> marks = read.paging().end().marks();
            return new Page(window, answer.headers(), read.records(), marks);
        } catch (IOException e) {
            throw Egress.broken(call.uri(), e);
        }
    }

    private static boolean startsLikeJson(Window window) throws IOException {
        byte[] start = window.peek(SHOWN);
        int at = 0;
        while (at < start.length && start[at] <= ' ' && start[at] >= 0) {
            at++;
        }
        return at < start.length && "{[\"-0123456789tfn".indexOf(start[at]) >= 0;
    }

    /// The body in UTF-8 without mark: places in it are then places in its text.
    private static InputStream utf8(Answer answer) throws IOException {
        Matcher named = CHARSET.matcher(answer.header("content-type").orElse(""));
        Charset charset = StandardCharsets.UTF_8;
        if (named.find() && Charset.isSupported(named.group(1))) {
            charset = Charset.forName(named.group(1));
        }
        boolean plain =
                charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
        return plain
                ? unmarked(answer.stream())
                : new Recoded(new InputStreamReader(answer.stream(), charset));
    }

    private static InputStream unmarked(InputStream stream) throws IOException {
        PushbackInputStream body = new PushbackInputStream(stream, 3);
        byte[] first = body.readNBytes(3);
        boolean marked =
                first.length == 3
                        && first[0] == (byte) 0xEF
                        && first[1] == (byte) 0xBB
                        && first[2] == (byte) 0xBF;
        if (!marked) {
            body.unread(first);
        }
        return body;
    }

    JsonParser parser() {
        return parser;
    }

    /// The array that holds the record under way.
    byte[] bytes() {
        return window.bytes();
    }

    /// Where in [#bytes] a place of the body is: one in the record under way.
    int at(long place) {
        return window.at(place);
    }

    /// How many records the parser has stopped at.
    long records() {
        return records;
    }

    /// Goes on to the first token of the next record; whoever stopped there before has read it to
    /// its end.
    ///
    /// @return false at the end of the page
    boolean next() {
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
    Facts facts(long before, JsonPath path, Refusals refusals) {
        if (!met && records == 0) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.SERVER_FAILED,
                            "expected records at '%s', got '%s'"
                                    .formatted(path, refusals.shown(start)),
                            "check 'records' of the resource, and what the API complains of"));
        }
        long print = sum.getValue() << 24 ^ records ^ (endByte - firstByte) << 8;
        return new Facts(records, before + records, Map.copyOf(marks), headers, print);
    }

    /// @param seen records of this page and of those before
    /// @param print the same for the same records
    record Facts(
            long records, long seen, Map<Mark, String> marks, HttpHeaders headers, long print) {
        Optional<String> find(Mark mark) {
            return Optional.ofNullable(marks.get(mark));
        }

        Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        OptionalLong total() {
            return find(Mark.TOTAL)
                    .filter(text -> text.matches("\\d{1,18}"))
                    .map(text -> OptionalLong.of(Long.parseLong(text)))
                    .orElse(OptionalLong.empty());
        }

        boolean more() {
            return find(Mark.MORE).filter(text -> text.matches("(?i)true|1|y|yes")).isPresent();
        }
    }

    /// A document that breaks off or is none.
    static ProblemException broken(JacksonException e, Refusals refusals) {
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
                                + refusals.hide(e.getOriginalMessage()),
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
