package dev.mortise.connectors.http;

import dev.mortise.api.page.Keys;
import dev.mortise.api.page.Page;
import dev.mortise.api.page.Page.Facts;
import dev.mortise.api.page.Records;
import dev.mortise.api.page.RowDecoder;
import dev.mortise.api.paging.PageWatch;
import dev.mortise.api.paging.Paging;
import dev.mortise.api.paging.Position;
import dev.mortise.api.paging.Scope;
import dev.mortise.api.paging.Slices;
import dev.mortise.connectors.http.Fetcher.Fetched;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Reads page after page, scope after scope. While a page is decoded the next ones are already on
/// their way, where their places can be known before. Can be left and entered again at every
/// record.
final class HttpSource implements Source {
    private static final String SIZE = "size ";

    private final Api api;
    private final Requests requests;
    private final Paging paging;
    private final Rows rows;
    private final RowDecoder decoder;
    private final Fetcher fetcher;
    private final PageWatch watch;
    private final Rejects rejects;
    private final int part;

    private Position position;
    private @Nullable Fetched page;
    private long total = -1;
    private boolean finished;
    private @Nullable ProblemException failed;

    /// How the records of a page become batches.
    ///
    /// @param keys that `decoder` looks at
    /// @param carried paths to what rows within a record have of it
    /// @param each the column that holds the value of `for_each`; -1 when none does
    /// @param finish what filters and projects a batch of decoded rows
    record Rows(
            RowDecoder decoder,
            Keys keys,
            List<List<String>> carried,
            int each,
            UnaryOperator<Batch> finish) {}

    HttpSource(Api api, Requests requests, Rows rows, Range range, Rejects rejects) {
        this.api = api;
        this.requests = requests;
        this.paging = requests.read().paging();
        this.rows = rows;
        this.decoder = rows.decoder;
        this.fetcher = new Fetcher(api, requests, rows.carried);
        this.watch = new PageWatch(paging, rows.keys, api.refusals()::hide);
        this.rejects = rejects;
        this.part = range.part();
        this.position = entered(range.bounds());
        this.finished = full();
        carry();
    }

    private String resource() {
        return requests.read().resource();
    }

    private boolean full() {
        return api.full(resource());
    }

    private void carry() {
        if (rows.each >= 0 && position.scope() instanceof Scope.Each(var values)) {
            decoder.carry(rows.each, values.getFirst());
        }
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            api.hiding(this::fill);
            if (decoder.rows() == 0) {
                return null;
            }
            Batch batch = rows.finish.apply(decoder.take());
            if (batch.rows() > 0) {
                return batch;
            }
        }
    }

    private void fill() {
        ProblemException known = failed;
        if (known != null) {
            throw known;
        }
        try {
            while (!decoder.full() && !finished) {
                Fetched current = page == null ? open() : page;
                if (current.records().next()) {
                    read(current);
                } else {
                    end(current);
                }
            }
        } catch (JacksonException e) {
            fail(Page.broken(e, api.refusals()::hide));
        } catch (ProblemException e) {
            fail(e);
        }
    }

    /// What was decoded before goes first, so that the position fits what was handed on.
    private void fail(ProblemException e) {
        if (decoder.rows() == 0) {
            throw e;
        }
        failed = e;
    }

    private void read(Fetched current) {
        Records records = current.records();
        RejectedRow rejected = decoder.read(records);
        position = position.within(records.records());
        if (rejected != null) {
            Problem reason = api.refusals().hidden(rejected.problem());
            rejects.reject(new RejectedRow(reason, rejected.column(), rejected.row()));
        }
        if (records.records() == 1) {
            // What stands before the records is known by now.
            paging.early(current.page().soFar(0)).ifPresent(next -> ahead(current, next));
        }
    }

    private void ahead(Fetched current, String next) {
        fetcher.ahead(List.of(position.page(requests.token(current.answer().uri(), next), 0)));
    }

    private Fetched open() {
        watch.enter(position);
        long within = position.within();
        Fetched current = fetcher.take(position);
        page = current;
        position = current.position().within(0);
        fetcher.ahead(upcoming());
        for (long i = 0; i < within; i++) {
            if (!current.records().next()) {
                throw shrunk(within, i);
            }
            decoder.skip(current.records());
            position = position.within(i + 1);
        }
        return current;
    }

    private static ProblemException shrunk(long left, long now) {
        return ProblemException.of(
                ProblemCode.SOURCE_CHANGED,
                "expected to go on behind record %d of a page, which now has %d"
                        .formatted(left, now),
                "run with --fresh; ask the API for a fixed order if it stays");
    }

    /// The places that will most likely be asked for after this one.
    private List<Position> upcoming() {
        List<Position> places = new ArrayList<>();
        boolean whole = position.scope() instanceof Scope.Whole;
        int rowsAPage = Math.max(paging.rules().size().rows(), 1);
        long seen = position.before();
        // Without a total one page ahead is a guess; elsewhere another scope is the better one.
        int most = total >= 0 ? fetcher.aheadMax() : whole ? 1 : 0;
        Optional<String> token = paging.guess(position.token(), seen, total);
        while (places.size() < most && token.isPresent()) {
            places.add(new Position(position.scope(), token.get(), 0, 0));
            seen += rowsAPage;
            token = paging.guess(token.get(), seen, total);
        }
        boolean capped = requests.read().around().slices().map(Slices::cap).orElse(0) > 0;
        Optional<Scope> scope = capped ? Optional.empty() : position.scope().next();
        while (places.size() < fetcher.aheadMax() && scope.isPresent() && jobless()) {
            places.add(Position.start(scope.get()));
            scope = scope.get().next();
        }
        return places;
    }

    private boolean jobless() {
        return requests.read().around().job().isEmpty();
    }

    private void end(Fetched current) {
        Facts facts =
                current.page()
                        .facts(position.before(), requests.read().records(), api.refusals()::shown);
        current.close();
        page = null;
        watch.leave(position.token(), facts);
        api.tape().ifPresent(tape -> tape.paged(resource(), facts.records()));
        if (current.answer().empty()) {
            // Says nothing of the total, which those before it did.
            endScope(total < 0 ? facts : facts.of(total));
            return;
        }
        total = facts.total().orElse(total);
        Optional<String> next = paging.next(position.token(), facts, rows.keys.last());
        if (next.isEmpty()) {
            endScope(facts);
            return;
        }
        finished = full();
        String token = requests.token(current.answer().uri(), next.get());
        watch.turn(position.token(), token);
        position = position.page(token, facts.seen());
    }

    private void endScope(Facts facts) {
        if (watch.end(facts)) {
            total = -1;
            position = Position.start(position.scope());
            return;
        }
        checkCap(facts);
        fetcher.read(position);
        Optional<Scope> next = position.scope().next();
        finished = next.isEmpty() || full();
        next.ifPresent(
                scope -> {
                    watch.clear();
                    total = -1;
                    position = Position.start(scope);
                    carry();
                });
    }

    /// Where no total says so before, a slice that is full shows at its end.
    private void checkCap(Facts facts) {
        Optional<Slices> slices = requests.read().around().slices();
        boolean told = facts.total().isPresent() || paging instanceof Paging.None;
        if (slices.isPresent() && !told) {
            int cap = slices.get().cap();
            if (cap > 0 && facts.seen() >= cap) {
                throw fetcher.capped(slices.get(), position.scope());
            }
        }
    }

    /// Where to go on. A page by its number holds other records once pages have another size.
    private Position entered(String bounds) {
        if (!bounds.startsWith(SIZE)) {
            return Position.parse(bounds);
        }
        int line = bounds.indexOf('\n');
        String before = bounds.substring(SIZE.length(), line);
        String now = Integer.toString(paging.rules().size().rows());
        if (!before.equals(now)) {
            throw ProblemException.of(
                    ProblemCode.SOURCE_CHANGED,
                    "pages of '%s' had %s records when the run stopped, now they have %s"
                            .formatted(resource(), before, now),
                    "put the 'size' of its paging back to finish the run, or run with --fresh");
        }
        return Position.parse(bounds.substring(line + 1));
    }

    private String place() {
        boolean numbered = paging instanceof Paging.ByPage;
        String size = numbered ? SIZE + paging.rules().size().rows() + "\n" : "";
        return size + position.text();
    }

    @Override
    public @Nullable Range rest() {
        String text = place();
        boolean enterable = !finished && text.length() <= Range.BOUNDS_MAX;
        return enterable ? new Range(part, text) : null;
    }

    @Override
    public void close() {
        fetcher.close();
        if (page != null) {
            page.close();
            page = null;
        }
        finished = true;
    }
}
