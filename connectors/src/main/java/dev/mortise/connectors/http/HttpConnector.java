package dev.mortise.connectors.http;

import dev.mortise.api.answer.Meaning;
import dev.mortise.api.auth.Consent;
import dev.mortise.api.budget.Ticker;
import dev.mortise.api.calls.CallBook;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.token.BoxTokenStore;
import dev.mortise.api.token.FileTokenStore;
import dev.mortise.api.token.MemoryTokenStore;
import dev.mortise.api.token.Pkce;
import dev.mortise.api.token.TokenState;
import dev.mortise.api.token.TokenStore;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.connectors.http.Resource.Column;
import dev.mortise.connectors.http.Resource.Read;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Authorizes;
import dev.mortise.spi.connect.Callee;
import dev.mortise.spi.connect.Calls;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Health.Step;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Tapes;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Strongbox;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// One API: its resources are the datasets.
final class HttpConnector implements Reads, Writes, Calls, Tapes, Authorizes {
    private final Settings settings;
    private final String connection;
    private final Path folder;
    private final Endpoint endpoint;
    private final Ticker ticker;
    private final Api api;

    /// @param state the folder for what is kept between runs
    /// @param box for tokens that only a person can replace; empty when they lie in the folder, too
    /// @param tape what calls go onto or come from; empty for the API alone
    record Surroundings(
            String connection,
            Path state,
            Ticker ticker,
            RandomGenerator random,
            Optional<Strongbox> box,
            Optional<Tape> tape) {
        TokenStore tokens(Secret seal, Optional<String> holder) {
            if (box.isPresent() && holder.isPresent()) {
                return new BoxTokenStore(box.get(), holder.get());
            }
            // What nothing seals stays in memory.
            return seal.reveal().isBlank()
                    ? new MemoryTokenStore()
                    : new FileTokenStore(state.resolve("tokens"), connection, seal);
        }
    }

    HttpConnector(Settings settings, Endpoint endpoint, Ticker ticker) {
        this(settings, endpoint, ticker, Optional.empty());
    }

    private HttpConnector(
            Settings settings, Endpoint endpoint, Ticker ticker, Optional<Tape> tape) {
        this.settings = settings;
        this.connection = settings.connection();
        this.folder = settings.folder();
        this.endpoint = endpoint;
        this.ticker = ticker;
        Path state = folder.resolve(".mortise");
        CallBook book = CallBook.of(state, connection, InstantSource.system());
        Surroundings around =
                new Surroundings(
                        connection, state, ticker, new SecureRandom(), settings.strongbox(), tape);
        this.api = new Api(endpoint, around, book);
        api.refusals().conceal(settings.secrets(), endpoint.base());
    }

    @Override
    public Recorder recorder(int pages) {
        Instant moment = ticker.now().truncatedTo(ChronoUnit.SECONDS);
        return deck(Tape.recording(endpoint.base(), moment, pages), endpoint, ticker);
    }

    @Override
    public Reads player(Conversation kept, Listener listener) {
        Tape playing = Tape.playing(endpoint.base(), kept, listener);
        return deck(playing, endpoint.alone(), Ticker.still(kept.at()));
    }

    private Tape.Deck deck(Tape tape, Endpoint where, Ticker time) {
        HttpConnector taped = new HttpConnector(settings, where, time, Optional.of(tape));
        return new Tape.Deck(taped, tape, taped.api.refusals()::hide);
    }

    @Override
    public String origin() {
        return Tape.origin(endpoint.base());
    }

    @Override
    public Map<String, String> places(Dataset dataset) {
        return Tape.places(resource(dataset.name()), dataset);
    }

    @Override
    public List<String> datasets(String pattern) {
        Pattern names = Pattern.compile(("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q"));
        return endpoint.resources().values().stream()
                .filter(resource -> resource.read().isPresent())
                .map(Resource::name)
                .filter(name -> names.matcher(name).matches())
                .sorted()
                .toList();
    }

    @Override
    public Dataset describe(String name) {
        Resource resource = resource(name);
        List<Column> columns = resource.columns();
        if (columns.isEmpty()) {
            columns = api.hiding(() -> inferred(resource));
        }
        Schema schema =
                new Schema(columns.stream().map(c -> Field.of(c.name(), c.type())).toList());
        for (String column : resource.key()) {
            if (!schema.has(column)) {
                throw ProblemException.of(
                        ProblemCode.COLUMN_MISSING,
                        "the key of '%s' names '%s', which no record has".formatted(name, column),
                        Nearest.fix(column, schema.names()));
            }
        }
        return Dataset.of(name, schema, resource.key());
    }

    @Override
    public Callee callee(String dataset) {
        Resource resource = resource(dataset);
        return HttpCalls.callee(resource, readable(resource));
    }

    @Override
    public Batch call(String dataset, Map<String, String> values, int rowsMax) {
        Resource resource = resource(dataset);
        HttpCalls calls = new HttpCalls(api, endpoint);
        return api.hiding(() -> calls.call(resource, readable(resource), values, rowsMax));
    }

    private List<Column> inferred(Resource resource) {
        Read read = readable(resource);
        Requests requests = new Requests(endpoint, read, start(read));
        List<Column> columns = Sample.columns(api, requests);
        if (!columns.isEmpty()) {
            return columns;
        }
        throw ProblemException.of(
                ProblemCode.OPTION_MISSING,
                "the first page of '%s' has no records to tell its columns from"
                        .formatted(resource.name()),
                "list them under 'columns' of the resource");
    }

    private static Optional<String> start(Read read) {
        return read.since().flatMap(since -> Optional.ofNullable(since.start()));
    }

    private static Read readable(Resource resource) {
        return resource.read()
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.ROLE_MISSING,
                                        "resource '" + resource.name() + "' cannot be read from",
                                        "add its 'path'"));
    }

    private Resource resource(String name) {
        Resource resource = endpoint.resources().get(name);
        if (resource == null) {
            throw ProblemException.of(
                    ProblemCode.DATASET_MISSING,
                    "connection '%s' has no resource '%s'".formatted(connection, name),
                    Nearest.fix(name, endpoint.resources().keySet()));
        }
        return resource;
    }

    @Override
    public Snapshot snapshot(Dataset dataset, Scan scan) {
        Resource resource = resource(dataset.name());
        List<String> given = readable(resource).around().given();
        if (!given.isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.ROLE_MISSING,
                    "resource '%s' needs the values %s of a row".formatted(resource.name(), given),
                    "ask it in a step 'call: %s.%s'".formatted(connection, resource.name()));
        }
        return new HttpSnapshot(api, endpoint, resource, dataset, scan);
    }

    @Override
    public Sink sink(Target target) {
        Resource resource = resource(target.dataset());
        return new HttpSink(api, endpoint, resource, target, folder, ledger(target));
    }

    private FileLedger ledger(Target target) {
        Path kept = folder.resolve(".mortise").resolve("http").resolve(connection);
        return new FileLedger(kept, target.task());
    }

    @Override
    public Health check() {
        List<Step> passed = new ArrayList<>();
        Optional<Read> probe =
                endpoint.resources().values().stream()
                        .flatMap(resource -> resource.read().stream())
                        .filter(read -> read.method().equals("GET") && read.standsAlone())
                        .findFirst();
        try {
            Answer answer = probe(probe, passed);
            String version = api.refusals().hide(answer.header("server").orElse(""));
            return new Health(passed, Optional.empty(), version);
        } catch (ProblemException e) {
            failedAfter(e.problem()).forEach(passed::add);
            return new Health(passed, Optional.of(api.refusals().hidden(e).problem()), "");
        }
    }

    /// One call says it all: how far it came is what its failure is called.
    private Answer probe(Optional<Read> read, List<Step> passed) {
        Call call =
                read.map(wanted -> Sample.call(api, new Requests(endpoint, wanted, start(wanted))))
                        .orElseGet(
                                () ->
                                        new Call(
                                                "check",
                                                "GET",
                                                endpoint.base(),
                                                endpoint.headers(),
                                                Call.NO_BODY,
                                                true,
                                                true,
                                                false,
                                                Optional.empty()));
        Answer answer = api.exchange(call.whole());
        boolean refused =
                answer.meaning() instanceof Meaning.AuthExpired
                        || answer.meaning() instanceof Meaning.AuthDenied;
        if (refused || (read.isPresent() && !answer.ok())) {
            throw new ProblemException(api.refusals().problem(call, answer));
        }
        passed.addAll(reached());
        passed.addAll(List.of(Step.LOGIN, Step.PRIVILEGE, Step.VERSION));
        return answer;
    }

    private List<Step> reached() {
        return Uris.secure(endpoint.base())
                ? List.of(Step.DNS, Step.TCP, Step.TLS)
                : List.of(Step.DNS, Step.TCP);
    }

    private List<Step> failedAfter(Problem problem) {
        List<Step> passed = new ArrayList<>();
        switch (problem.code()) {
            case HOST_UNKNOWN, ADDRESS_REFUSED -> {}
            case CONNECTION_REFUSED, TIMED_OUT, CONNECTION_LOST -> passed.add(Step.DNS);
            case TLS_FAILED -> passed.addAll(List.of(Step.DNS, Step.TCP));
            case PRIVILEGE_MISSING, DATASET_MISSING -> {
                passed.addAll(reached());
                passed.add(Step.LOGIN);
            }
            default -> passed.addAll(reached());
        }
        return passed;
    }

    @Override
    public boolean needsConsent() {
        return api.consent().isPresent();
    }

    @Override
    public String page(Visit visit) {
        return consent().page(visit.back(), visit.state(), new Pkce(visit.verifier()));
    }

    @Override
    public void accept(Visit visit, Secret code) {
        api.hiding(() -> consent().accept(code, visit.back(), new Pkce(visit.verifier())));
    }

    @Override
    public Standing standing() {
        TokenState kept = consent().kept();
        boolean alive = kept.token().filter(t -> ticker.now().isBefore(t.expiresAt())).isPresent();
        return new Standing(
                alive || kept.refreshToken().isPresent(),
                kept.failure().map(TokenState.Failure::problem).filter(HttpConnector::refuses));
    }

    private static boolean refuses(Problem problem) {
        return problem.code() == ProblemCode.LOGIN_REFUSED
                || problem.code() == ProblemCode.PRIVILEGE_MISSING;
    }

    @Override
    public void forget() {
        consent().forget();
    }

    private Consent consent() {
        return api.consent()
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.OPTION_INVALID,
                                        "connection '%s' needs no consent of a person"
                                                .formatted(connection),
                                        "if it should, write 'grant: authorization_code' into its"
                                                + " 'auth'"));
    }

    @Override
    public void close() {
        api.close();
    }
}
