package dev.mortise.connectors.http;

import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.connectors.http.Page.Facts;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Reads page after page. While a page is decoded the next one is already on its way, where its
/// number can be known before. Can be left and entered again at every record.
final class HttpSource implements Source {
    private static final int TOKENS_KEPT = 10_000;

    private final Api api;
    private final Requests requests;
    private final RowDecoder rows;
    private final UnaryOperator<Batch> finish;
    private final Rejects rejects;
    private final int part;
    private final Set<String> tokens = new LinkedHashSet<>();

    private Position position;
    private @Nullable Fetched page;
    private @Nullable Ahead ahead;
    private long total = -1;
    private @Nullable Long lastPrint;
    private boolean finished;

    /// Where reading stands: in the page of a token, behind so many of its records.
    ///
    /// @param before records of the pages before
    private record Position(String token, long before, long within) {
        static final Position START = new Position("", 0, 0);

        static Position parse(String bounds) {
            String[] parts = bounds.split(" ", 3);
            return parts.length < 3
                    ? START
                    : new Position(parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }

        String text() {
            return before + " " + within + " " + token;
        }
    }

    /// A page with where it came from.
    private record Fetched(Page page, Answer answer) {}

    /// A page under way that nobody has asked for yet.
    private record Ahead(String token, FutureTask<Fetched> task, Thread thread) {}

    /// @param finish what filters and projects a batch of decoded rows
    HttpSource(
            Api api,
            Requests requests,
            RowDecoder rows,
            UnaryOperator<Batch> finish,
            Range range,
            Rejects rejects) {
        this.api = api;
        this.requests = requests;
        this.rows = rows;
        this.finish = finish;
        this.rejects = rejects;
        this.part = range.part();
        this.position = Position.parse(range.bounds());
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            fill();
            if (rows.rows() == 0) {
                return null;
            }
            Batch batch = finish.apply(rows.take());
            if (batch.rows() > 0) {
                return batch;
            }
        }
    }

    private void fill() {
        try {
            while (!rows.full()) {
                if (page == null && (finished || !open())) {
                    return;
                }
                Fetched current = java.util.Objects.requireNonNull(page);
                if (current.page.next()) {
                    read(current.page);
                } else {
                    end(current);
                }
            }
        } catch (JacksonException e) {
            throw Page.broken(e, api.refusals());
        }
    }

    private void read(Page current) {
        RejectedRow rejected = rows.read(current);
        position = new Position(position.token, position.before, current.records());
        if (rejected != null) {
            rejects.reject(rejected);
        }
    }

    private boolean open() {
        Fetched current = take();
        page = current;
        Paging paging = requests.read().paging();
        paging.guess(position.token, position.before, total).ifPresent(this::fetchAhead);
        for (long i = 0; i < position.within && current.page.next(); i++) {
            current.page.parser().skipChildren();
        }
        return true;
    }

    private Fetched take() {
        Ahead under = ahead;
        ahead = null;
        if (under != null && under.token.equals(position.token)) {
            return await(under);
        }
        cancel(under);
        return fetch(position.token);
    }

    private static Fetched await(Ahead under) {
        try {
            return under.task.get();
        } catch (InterruptedException _) {
            cancel(under);
            Thread.currentThread().interrupt();
            throw Ticker.cancelled();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ProblemException problem -> throw problem;
                case RuntimeException other -> throw other;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void fetchAhead(String token) {
        FutureTask<Fetched> task = new FutureTask<>(() -> fetch(token));
        ahead = new Ahead(token, task, Thread.ofVirtual().name("http-ahead").start(task));
    }

    private Fetched fetch(String token) {
        Call call = requests.page(token);
        Answer answer = api.fetch(call);
        return new Fetched(Page.of(call, answer, requests.read(), api.refusals()), answer);
    }

    private void end(Fetched current) {
        Facts facts =
                current.page.facts(position.before, requests.read().records(), api.refusals());
        current.page.close();
        page = null;
        checkRepeated(facts);
        total = facts.total().orElse(total);
        Optional<String> next = requests.read().paging().next(position.token, facts);
        if (next.isEmpty()) {
            finished = true;
            checkTotal(facts);
            return;
        }
        String token = requests.token(current.answer.uri(), next.get());
        checkNew(token);
        position = new Position(token, facts.seen(), 0);
    }

    private void checkRepeated(Facts facts) {
        boolean same = facts.records() > 0 && lastPrint != null && facts.print() == lastPrint;
        lastPrint = facts.print();
        if (same) {
            throw repeated("page '%s' holds the same records as the one before it");
        }
    }

    private void checkNew(String token) {
        tokens.add(position.token);
        if (tokens.contains(token)) {
            throw repeated("the page after '%s' is one that was read already");
        }
        if (tokens.size() > TOKENS_KEPT) {
            tokens.remove(tokens.iterator().next());
        }
    }

    private ProblemException repeated(String message) {
        return ProblemException.of(
                ProblemCode.SERVER_FAILED,
                "paging does not move: " + message.formatted(api.refusals().hide(position.token)),
                "check the names of the paging's parameters and where its next cursor stands");
    }

    /// Pages that end before the total did lose rows, or rows moved while they were read.
    private void checkTotal(Facts facts) {
        if (requests.read().paging().end().marks().containsKey(Page.Mark.TOTAL)
                && facts.total().isPresent()
                && facts.seen() < facts.total().getAsLong()) {
            throw ProblemException.of(
                    ProblemCode.SOURCE_CHANGED,
                    "expected %d records as the API says, got %d"
                            .formatted(facts.total().getAsLong(), facts.seen()),
                    "run again; if it stays, check the paging's 'size' and 'stop'");
        }
    }

    @Override
    public @Nullable Range rest() {
        String text = position.text();
        boolean enterable = !finished && text.length() <= Range.BOUNDS_MAX;
        return enterable ? new Range(part, text) : null;
    }

    private static void cancel(@Nullable Ahead under) {
        if (under != null) {
            under.task.cancel(true);
        }
    }

    @Override
    public void close() {
        cancel(ahead);
        ahead = null;
        if (page != null) {
            page.page.close();
            page = null;
        }
        finished = true;
    }
}
