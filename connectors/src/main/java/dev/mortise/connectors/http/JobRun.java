package dev.mortise.connectors.http;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.paging.Job;
import dev.mortise.api.paging.Scope;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
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

    /// @return its id
    String create(Scope scope) {
        Call call = requests.step(job.create(), scope, "", false);
        return required(api.fetch(call), job.id(), "the id of the export");
    }

    /// An export that is there.
    ///
    /// @param call that fetched it
    record Export(Call call, Answer answer) {}

    /// Waits until the export is ready, and fetches it.
    ///
    /// @throws ProblemException TIMED_OUT when it takes too long, SERVER_FAILED when the API gives
    ///     it up
    Export fetch(String id, Scope scope) {
        Answer ready = await(id, scope);
        if (job.file().isPresent()) {
            Call call = requests.step(job.file().get(), scope, id, true);
            return new Export(call, api.fetch(call));
        }
        JsonPath path = job.result().orElseThrow();
        String address = required(ready, path, "the address of the export");
        URI uri =
                Uris.resolve(ready.uri(), address)
                        .orElseThrow(() -> astray(path, "the address of the export", ready));
        Call call = requests.export(uri);
        Answer answer = call.confined() ? api.fetch(call) : api.fetchUnsigned(call);
        return new Export(call, answer);
    }

    private Answer await(String id, Scope scope) {
        Duration wait = job.waits().first();
        Duration waited = Duration.ZERO;
        while (true) {
            Answer answer = api.fetch(requests.step(job.poll(), scope, id, false));
            String status = required(answer, job.status(), "the state of the export");
            if (job.done().contains(status)) {
                return answer;
            }
            if (job.failed().contains(status)) {
                throw ProblemException.of(
                        ProblemCode.SERVER_FAILED,
                        "expected export '%s' to be made, got state '%s': '%s'"
                                .formatted(id, status, api.refusals().shown(answer.body())),
                        "run again; if it stays, ask the API's owner");
            }
            waited = waited.plus(wait);
            if (waited.compareTo(job.waits().patience()) > 0) {
                throw ProblemException.of(
                        ProblemCode.TIMED_OUT,
                        "export '%s' is not ready after %d s; its state is '%s'"
                                .formatted(id, job.waits().patience().toSeconds(), status),
                        "raise 'patience' of the job's 'poll', or list the state under 'done'");
            }
            api.ticker().pause(wait);
            Duration longer = wait.multipliedBy(3).dividedBy(2);
            wait = longer.compareTo(job.waits().most()) < 0 ? longer : job.waits().most();
        }
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
