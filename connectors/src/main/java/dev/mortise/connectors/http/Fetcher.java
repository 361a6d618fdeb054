package dev.mortise.connectors.http;

import dev.mortise.api.budget.Ticker;
import dev.mortise.api.page.Children;
import dev.mortise.api.page.Page;
import dev.mortise.api.page.Page.Facts;
import dev.mortise.api.page.Records;
import dev.mortise.api.paging.Paging;
import dev.mortise.api.paging.Position;
import dev.mortise.api.paging.Scope;
import dev.mortise.api.paging.Slices;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Fetches pages, and those that will be asked for next on the side: where their places can be
/// known, several at once. Used by one thread.
final class Fetcher implements AutoCloseable {
    /// Pages on their way or waiting at most, beside the one that is read.
    private static final int AHEAD_MAX = 7;

    private final Api api;
    private final Requests requests;
    private final List<List<String>> carried;
    private final Optional<JobRun> job;
    private final int aheadMax;
    private final Map<Position, Ahead> ahead = new LinkedHashMap<>();

    /// A page with where it stands and where it came from.
    ///
    /// @param records of the page, or within them
    record Fetched(Position position, Page page, Records records, Answer answer) {
        void close() {
            records.close();
        }
    }

    /// Closes a page that comes when nobody waits for it any more.
    private static final class Fetching extends FutureTask<Fetched> {
        Fetching(Callable<Fetched> fetch) {
            super(fetch);
        }

        @Override
        protected void set(Fetched fetched) {
            super.set(fetched);
            if (isCancelled()) {
                fetched.close();
            }
        }
    }

    /// A page under way that nobody has asked for yet.
    private record Ahead(FutureTask<Fetched> task, Thread thread) {}

    /// @param carried paths to what rows within a record have of it
    Fetcher(Api api, Requests requests, List<List<String>> carried) {
        this.api = api;
        this.requests = requests;
        this.carried = carried;
        this.job = requests.read().around().job().map(found -> new JobRun(api, requests, found));
        int others = requests.endpoint().limits().concurrency() - 1;
        // A page that streams takes its place among the calls until it is read.
        int most = requests.read().streams() ? 1 : Math.clamp(others, 1, AHEAD_MAX);
        // On a tape calls stand in their order, and none that nobody needed.
        this.aheadMax = api.tape().isPresent() ? 0 : most;
    }

    /// How many pages may be on their way beside the one that is read.
    int aheadMax() {
        return aheadMax;
    }

    Fetched take(Position at) {
        Ahead under = ahead.remove(named(at));
        if (under == null) {
            forget(at.scope());
            return fetch(at);
        }
        Fetched fetched = await(under);
        return new Fetched(
                at.called(fetched.position.token()), fetched.page, fetched.records, fetched.answer);
    }

    /// Sends for pages that are not under way yet, as far as there is room.
    void ahead(List<Position> positions) {
        for (Position position : positions) {
            Position name = named(position);
            if (ahead.size() < aheadMax && !ahead.containsKey(name)) {
                FutureTask<Fetched> task = new Fetching(() -> fetch(name));
                Thread thread = Thread.ofVirtual().name("http-ahead").start(task);
                ahead.put(name, new Ahead(task, thread));
            }
        }
    }

    /// What makes two positions the same page.
    private static Position named(Position at) {
        return new Position(at.scope(), at.token(), 0, 0);
    }

    private Fetched fetch(Position at) {
        if (job.isPresent()) {
            return export(job.get(), at);
        }
        Call call = requests.page(at);
        Answer answer = api.fetch(call);
        if (at.scope() instanceof Scope.Each) {
            prove(answer);
        }
        Optional<Position> narrower = narrower(call, answer, at);
        if (narrower.isPresent()) {
            return fetch(narrower.get());
        }
        return opened(at, call, answer);
    }

    /// Values without anything are no mistake, unless all of the first ones are.
    private void prove(Answer answer) {
        String resource = requests.read().resource();
        boolean success = answer.status() >= 200 && answer.status() < 300;
        if (success) {
            api.trials().answered(resource);
        } else if (answer.empty()) {
            answer.drop();
            String otherwise = "if they have nothing, say 'empties: allow' in its 'for_each'";
            api.trials().refused(resource, requests.read().path(), otherwise);
        }
    }

    private Fetched export(JobRun run, Position at) {
        JobRun.Export export = run.fetch(at.token(), at.scope());
        return opened(at.called(export.id()), export.call(), export.answer());
    }

    private Fetched opened(Position at, Call call, Answer answer) {
        api.tape().ifPresent(tape -> tape.listen(requests, call, answer, api.refusals()));
        Page page = requests.open(call, answer, api.refusals());
        Records records =
                requests.read()
                        .shape()
                        .each()
                        .<Records>map(each -> new Children(page, each, carried))
                        .orElse(page);
        return new Fetched(at, page, records, answer);
    }

    /// A shorter slice, when this one holds more than the API gives away. Its first page is looked
    /// through for that, before a record of it counts.
    private Optional<Position> narrower(Call call, Answer answer, Position at) {
        Optional<Slices> slices =
                requests.read().around().slices().filter(found -> found.cap() > 0);
        if (slices.isEmpty()
                || answer.empty()
                || !at.token().isEmpty()
                || !(at.scope() instanceof Scope.Slice slice)) {
            return Optional.empty();
        }
        Answer copy = Answer.whole(answer.status(), answer.headers(), answer.body(), answer.uri());
        try (Page page = requests.open(call, copy, api.refusals())) {
            while (page.next()) {
                page.parser().skipChildren();
            }
            Facts facts = page.facts(0, requests.read().records(), api.refusals()::shown);
            boolean one = requests.read().paging() instanceof Paging.None;
            int cap = slices.get().cap();
            boolean over = facts.total().orElse(0) > cap || (one && facts.records() >= cap);
            if (!over) {
                return Optional.empty();
            }
            if (at.within() > 0) {
                throw ProblemException.of(
                        ProblemCode.SOURCE_CHANGED,
                        "the slice %s has grown while it was read"
                                .formatted(slices.get().told(slice)),
                        "run with --fresh");
            }
            return Optional.of(
                    Position.start(
                            slice.half(slices.get().unit())
                                    .orElseThrow(() -> capped(slices.get(), at.scope()))));
        }
    }

    /// A slice that cannot be read whole.
    ProblemException capped(Slices slices, Scope scope) {
        return ProblemException.of(
                ProblemCode.LIMIT_EXCEEDED,
                "the slice %s holds as many records as the API gives away at once (%d), or more"
                        .formatted(slices.told((Scope.Slice) scope), slices.cap()),
                "let 'step' be shorter, give a 'total' to the paging, or ask for less by 'params'");
    }

    /// What was prepared for a scope is not needed any more.
    void read(Position at) {
        job.ifPresent(run -> run.remove(at.token(), at.scope()));
    }

    private static Fetched await(Ahead under) {
        try {
            return under.task.get();
        } catch (InterruptedException _) {
            drop(under);
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

    /// Drops what was guessed of a scope. What is still coming holds a place among the calls, which
    /// the one that is needed now may be waiting for.
    private void forget(Scope scope) {
        boolean streams = requests.read().streams();
        ahead.entrySet()
                .removeIf(
                        entry -> {
                            boolean gone = streams || entry.getKey().scope().equals(scope);
                            if (gone) {
                                drop(entry.getValue());
                            }
                            return gone;
                        });
    }

    /// Stops a call, or closes the page it was answered with: a body that streams holds a place.
    private static void drop(Ahead under) {
        if (under.task.cancel(true)) {
            return;
        }
        if (under.task.state() == java.util.concurrent.Future.State.SUCCESS) {
            under.task.resultNow().close();
        }
    }

    @Override
    public void close() {
        ahead.values().forEach(Fetcher::drop);
        ahead.clear();
    }
}
