package dev.mortise.connectors.http;

import dev.mortise.api.cassette.Concealing;
import dev.mortise.api.cassette.Packing;
import dev.mortise.api.cassette.Reel;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.page.Format;
import dev.mortise.api.page.Page;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Tapes;
import dev.mortise.spi.connect.Tapes.Answered;
import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Conversation;
import dev.mortise.spi.connect.Tapes.Exchange;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The calls of a reading, kept as they were answered, or answered as they were kept. It stands
/// where a call is meant, before it is signed and behind what verifies and opens its answer: so
/// what it holds needs no key to be played. Pages are read one after another, and not beyond its
/// number of them.
final class Tape {
    /// Pages without a record are read on, up to so many times the number of those wanted.
    private static final int EMPTY_MAX = 10;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    // A record is one of many at its parser.
                    .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Reel reel;
    private final URI base;
    private final Instant moment;
    private final int pages;
    private final Optional<Tapes.Listener> listener;
    private final IdentityHashMap<Exchange, Answer> heard = new IdentityHashMap<>();
    private final Set<String> origins = new LinkedHashSet<>();

    /// By dataset: pages with records, and all.
    private final Map<String, int[]> read = new HashMap<>();

    private Tape(URI base, Conversation kept, Optional<Tapes.Listener> listener) {
        this.reel = new Reel(kept.exchanges());
        this.base = base;
        this.moment = kept.at();
        this.pages = kept.pages();
        this.listener = listener;
        origins.add(origin(base));
    }

    static Tape recording(URI base, Instant moment, int pages) {
        return new Tape(base, new Conversation(moment, pages, List.of()), Optional.empty());
    }

    static Tape playing(URI base, Conversation kept, Tapes.Listener listener) {
        return new Tape(base, kept, Optional.of(listener));
    }

    static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    Instant moment() {
        return moment;
    }

    /// An answer that was kept, or the one that `live` gives. What was kept by this tape comes
    /// judged, what another kept does not.
    ///
    /// @param live the way to the API itself
    /// @throws dev.mortise.spi.problem.ProblemException LIMIT_EXCEEDED when it is more than a
    ///     cassette holds
    synchronized Answer exchange(
            Call call, Function<Call, Answer> live, UnaryOperator<String> hide) {
        Asked asked = asked(call);
        Optional<Exchange> had = reel.next(asked);
        if (had.isPresent()) {
            Answer again = heard.get(had.get());
            return again == null ? kept(call, had.get().answered()) : again.with(again.body());
        }
        if (listener.isPresent()) {
            throw reel.miss(asked, hide);
        }
        Answer answer = live.apply(call);
        if (Uris.sameOrigin(base, call.uri())) {
            // A tenant may have a host of its own, which links then lead to.
            origins.add(origin(answer.uri()));
        }
        Exchange exchange =
                new Exchange(
                        asked,
                        new Answered(
                                answer.status(),
                                Concealing.headers(answer.headers().map()),
                                Packing.plain(answer.body())));
        reel.keep(exchange);
        heard.put(exchange, answer);
        return answer;
    }

    private Asked asked(Call call) {
        URI uri = call.uri();
        String whole = uri.toASCIIString();
        String address = Uris.sameOrigin(base, uri) ? whole.substring(origin(uri).length()) : whole;
        String body = new String(call.body(), StandardCharsets.ISO_8859_1);
        byte[] sent =
                body.replace(origin(base), Concealing.ORIGIN).getBytes(StandardCharsets.ISO_8859_1);
        Map<String, String> headers = new LinkedHashMap<>();
        call.headers()
                .forEach(
                        (name, value) -> {
                            if (name.equalsIgnoreCase("content-type")) {
                                headers.put("content-type", value);
                            }
                        });
        return new Asked(call.method(), address, headers, sent);
    }

    private Answer kept(Call call, Answered answered) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        answered.headers().forEach((name, value) -> headers.put(name, List.of(led(value))));
        String body = new String(answered.body(), StandardCharsets.ISO_8859_1);
        return Answer.whole(
                answered.status(),
                HttpHeaders.of(headers, (_, _) -> true),
                led(body).getBytes(StandardCharsets.ISO_8859_1),
                call.uri());
    }

    /// With links that lead to where the API is now.
    private String led(String text) {
        return text.replace(Concealing.ORIGIN, origin(base));
    }

    /// What was kept, without secrets.
    synchronized Conversation kept(UnaryOperator<String> hide) {
        Concealing concealing = new Concealing(hide, origins);
        return new Conversation(
                moment, pages, reel.exchanges().stream().map(concealing::exchange).toList());
    }

    synchronized void rewind() {
        reel.rewind();
        read.clear();
    }

    /// Whether no more pages of a dataset are wanted.
    synchronized boolean full(String dataset) {
        int[] counts = read.getOrDefault(dataset, new int[2]);
        return counts[0] >= pages || counts[1] >= EMPTY_MAX * pages;
    }

    /// A page was read to its end.
    synchronized void paged(String dataset, long records) {
        int[] counts = read.computeIfAbsent(dataset, _ -> new int[2]);
        counts[0] += records > 0 ? 1 : 0;
        counts[1]++;
    }

    /// Tells whoever listens of a page and its records, from a copy of its answer.
    void listen(Requests requests, Call call, Answer answer, Refusals refusals) {
        if (listener.isEmpty()) {
            return;
        }
        String dataset = requests.read().resource();
        Format format =
                requests.read().shape().body().format(answer.header("content-type").orElse(""));
        String place = format == Format.JSON ? requests.read().records().toString() : "";
        Answered answered =
                new Answered(
                        answer.status(), Concealing.headers(answer.headers().map()), answer.body());
        listener.get().page(dataset, place, answered);
        try (Page page = requests.open(call, answer.with(answer.body()), refusals)) {
            while (page.next()) {
                JsonNode record = JSON.readTree(page.parser());
                listener.get().record(named(record, requests.read().shape().fields()).toString());
            }
        }
    }

    /// A record whose values have names in the definition only.
    private static JsonNode named(JsonNode record, List<String> names) {
        if (!record.isArray() || names.isEmpty()) {
            return record;
        }
        ObjectNode object = JSON.createObjectNode();
        for (int i = 0; i < Math.min(names.size(), record.size()); i++) {
            object.set(names.get(i), record.get(i));
        }
        return object;
    }

    /// Where in a record the columns of a resource stand.
    static Map<String, String> places(Resource resource, Dataset dataset) {
        Map<String, String> places = new LinkedHashMap<>();
        Resource.Read read = resource.read().orElseThrow();
        String each = read.shape().each().map(path -> dotted(path.steps()) + "[].").orElse("");
        for (String column : dataset.schema().names()) {
            List<String> around = read.shape().parent().get(column);
            boolean given = read.around().forEach().filter(f -> f.as().equals(column)).isPresent();
            if (around != null) {
                places.put(column, dotted(around));
            } else if (!given) {
                places.put(column, each + dotted(Decoding.path(resource, column)));
            }
        }
        return places;
    }

    private static String dotted(List<String> steps) {
        return steps.stream().collect(Collectors.joining(".")).replace(".*", "[]");
    }

    /// A connection with its tape: each description and each reading begins it anew, so that a page
    /// looked at for its columns is the same that is read.
    record Deck(HttpConnector connector, Tape tape, UnaryOperator<String> hide)
            implements Tapes.Recorder {
        @Override
        public List<String> datasets(String pattern) {
            return connector.datasets(pattern);
        }

        @Override
        public Dataset describe(String name) {
            tape.rewind();
            return connector.describe(name);
        }

        @Override
        public Snapshot snapshot(Dataset dataset, Scan scan) {
            tape.rewind();
            return connector.snapshot(dataset, scan);
        }

        @Override
        public Health check() {
            return connector.check();
        }

        @Override
        public Conversation conversation() {
            return tape.kept(hide);
        }

        @Override
        public void close() {
            connector.close();
        }
    }
}
