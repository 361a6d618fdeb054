package dev.mortise.connectors.http;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.paging.Job;
import dev.mortise.api.paging.Job.Done;
import dev.mortise.api.paging.Job.Poll;
import dev.mortise.api.paging.Scope;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Has an API prepare an export, waits for it and fetches it.
final class JobRun {
    private static final JsonMapper JSON = new JsonMapper();

    private final Api api;
    private final Requests requests;
    private final Job job;

    JobRun(Api api, Requests requests, Job job) {
        this.api = api;
        this.requests = requests;
        this.job = job;
    }

    /// An export that is there.
    ///
    /// @param id empty when the API gave none
    /// @param call that fetched it
    record Export(String id, Call call, Answer answer) {}

    /// An answer, and the call that brought it.
    private record Heard(Call call, Answer answer) {}

    /// Has the export made, or comes back to one, waits until it is ready and fetches it. When that
    /// one is gone, has another made: whoever had read it may come back after it was thrown away.
    ///
    /// @param known the id of one that was asked for before; empty for none
    /// @throws ProblemException TIMED_OUT when it takes too long, SERVER_FAILED when the API gives
    ///     it up
    Export fetch(String known, Scope scope) {
        boolean comesBack = !known.isEmpty() && job.lasts();
        return (comesBack ? again(known, scope) : Optional.<Export>empty())
                .orElseGet(() -> made(scope));
    }

    /// Empty when the API does not know the export any more.
    private Optional<Export> again(String known, Scope scope) {
        try {
            return Optional.of(ready(known, scope, Optional.empty()));
        } catch (ProblemException e) {
            if (e.problem().code() == ProblemCode.DATASET_MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Export made(Scope scope) {
        Call call = requests.step(job.create(), scope, "", false);
        Answer made = api.fetch(call);
        String id = job.id().map(at -> required(made, at, "the id of the export")).orElse("");
        return ready(id, scope, Optional.of(new Heard(call, made)));
    }

    /// @param made what its creation was answered with; empty when that is long ago
    private Export ready(String id, Scope scope, Optional<Heard> made) {
        Optional<Heard> polled = job.poll().map(poll -> await(poll, id, scope, made.isEmpty()));
        if (job.file().isPresent()) {
            Call call = requests.step(job.file().get(), scope, id, true);
            return new Export(id, call, api.fetch(call));
        }
        Heard last = polled.or(() -> made).orElseThrow();
        return job.result()
                .map(path -> behind(path, id, last.answer))
                .orElseGet(() -> new Export(id, last.call, last.answer));
    }

    /// The export at the address an answer has.
    private Export behind(JsonPath path, String id, Answer told) {
        String address = required(told, path, "the address of the export");
        URI uri =
                Uris.resolve(told.uri(), address)
                        .orElseThrow(() -> astray(path, "the address of the export", told));
        Call call = requests.export(uri);
        return new Export(id, call, call.confined() ? api.fetch(call) : api.fetchUnsigned(call));
    }

    /// @param known whether it was ready once: then it is not pending when there is no such thing
    private Heard await(Poll poll, String id, Scope scope, boolean known) {
        boolean rows = poll.done().isEmpty() && job.file().isEmpty() && job.result().isEmpty();
        Duration wait = poll.waits().first();
        Duration waited = Duration.ZERO;
        while (true) {
            Call call = requests.step(poll.step(), scope, id, rows);
            Answer answer = api.exchange(call);
            if (known && (answer.status() == 404 || answer.status() == 410)) {
                throw gone(call, answer);
            }
            String state = state(poll, id, call, answer);
            if (state.isEmpty()) {
                return new Heard(call, answer);
            }
            waited = waited.plus(wait);
            if (waited.compareTo(poll.waits().patience()) > 0) {
                throw ProblemException.of(
                        ProblemCode.TIMED_OUT,
                        "export '%s' is not ready after %d s; its state is '%s'"
                                .formatted(id, poll.waits().patience().toSeconds(), state),
                        "raise 'patience' of the job's 'poll', or list the state under 'done'");
            }
            api.ticker().pause(wait);
            Duration longer = wait.multipliedBy(3).dividedBy(2);
            wait = longer.compareTo(poll.waits().most()) < 0 ? longer : poll.waits().most();
        }
    }

    private ProblemException gone(Call call, Answer answer) {
        answer.drop();
        return ProblemException.of(
                ProblemCode.DATASET_MISSING,
                "%s found no export any more: status %d"
                        .formatted(api.refusals().asked(call), answer.status()),
                "run again");
    }

    /// The state of an export that is not ready yet; empty when it is.
    private String state(Poll poll, String id, Call call, Answer answer) {
        if (poll.pending().contains(answer.status())) {
            answer.drop();
            return "status " + answer.status();
        }
        if (!answer.ok()) {
            throw new ProblemException(api.refusals().problem(call, answer));
        }
        Optional<Done> done = poll.done();
        if (done.isEmpty()) {
            return "";
        }
        String state = required(answer, done.get().at(), "the state of the export");
        if (done.get().failed().contains(state)) {
            throw ProblemException.of(
                    ProblemCode.SERVER_FAILED,
                    "expected export '%s' to be made, got state '%s': '%s'"
                            .formatted(id, state, api.refusals().shown(answer.body())),
                    "run again; if it stays, ask the API's owner");
        }
        return done.get().is().contains(state) ? "" : state;
    }

    /// Throws an export away that has been read. That it cannot be loses nothing.
    void remove(String id, Scope scope) {
        if (job.remove().isPresent()) {
            try {
                api.exchange(requests.step(job.remove().get(), scope, id, false));
            } catch (ProblemException e) {
                if (e.problem().code() == ProblemCode.CANCELLED) {
                    throw e;
                }
            }
        }
    }

    private String required(Answer answer, JsonPath path, String what) {
        try {
            JsonNode node = JSON.readTree(answer.body());
            for (String step : path.steps()) {
                node = node == null || step.equals(JsonPath.EVERY) ? first(node) : node.get(step);
            }
            if (node != null && node.isValueNode() && !node.isNull()) {
                return node.asString();
            }
        } catch (JacksonException _) {
            // Told below, with what came.
        }
        throw astray(path, what, answer);
    }

    private static @Nullable JsonNode first(@Nullable JsonNode node) {
        return node == null ? null : node.get(0);
    }

    private ProblemException astray(JsonPath path, String what, Answer answer) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.SERVER_FAILED,
                        "expected %s at '%s', got '%s'"
                                .formatted(what, path, api.refusals().shown(answer.body())),
                        "check the paths of 'job' in the resource"));
    }
}
