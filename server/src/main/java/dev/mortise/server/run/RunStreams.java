package dev.mortise.server.run;

import dev.mortise.server.web.Language;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Runs as they change, pushed to whoever watches (server-sent events). A stream ends after a while
/// and the browser opens it again where it was, so that who has logged out is shown out. Each is a
/// virtual thread that looks when the bell rings, and else now and then, for runs of other servers.
@Component
final class RunStreams implements SmartLifecycle {
    static final int WATCHERS_MAX = 256;

    private static final Duration LIFE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(700);
    private static final Duration QUIET_MAX = Duration.ofSeconds(15);

    /// A change may become visible after one that bears a later time.
    private static final Duration OVERLAP = Duration.ofSeconds(3);

    private static final String OPENED = "what becomes of runs follows";

    private final RunStore runs;
    private final RunLog logs;
    private final Bell bell;
    private final ObjectMapper json;
    private final Semaphore places = new Semaphore(WATCHERS_MAX);
    private final Set<SseEmitter> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    RunStreams(RunStore runs, RunLog logs, Bell bell, ObjectMapper json) {
        this.runs = runs;
        this.logs = logs;
        this.bell = bell;
        this.json = json;
    }

    /// Looks once and sends what is new.
    ///
    /// @return whether there may be more to come
    @FunctionalInterface
    private interface Look {
        boolean once(Channel channel) throws IOException;
    }

    /// Sends events and knows when the last one was.
    private static final class Channel {
        private final SseEmitter emitter;
        private final ObjectMapper json;
        private final Language language;
        private long sent = System.nanoTime();

        Channel(SseEmitter emitter, ObjectMapper json, Language language) {
            this.emitter = emitter;
            this.json = json;
            this.language = language;
        }

        void send(String event, @Nullable String id, Object data) throws IOException {
            JsonNode told = language.tell(json.<JsonNode>valueToTree(data));
            SseEmitter.SseEventBuilder built =
                    SseEmitter.event().name(event).data(told, MediaType.APPLICATION_JSON);
            emitter.send(id == null ? built : built.id(id));
            sent = System.nanoTime();
        }

        /// Keeps what lies between from closing a silent line.
        void keepAlive() throws IOException {
            if (System.nanoTime() - sent > QUIET_MAX.toNanos()) {
                emitter.send(SseEmitter.event().comment("still here"));
                sent = System.nanoTime();
            }
        }
    }

    /// State, progress and log of one run. An event's id is the number of the last log line sent.
    SseEmitter run(Run run, @Nullable String last, Language language) {
        long[] line = {number(last)};
        Map<String, JsonNode> shown = new HashMap<>();
        Instant[] touched = {Instant.EPOCH};
        return watch(
                language,
                channel -> {
                    Run now = runs.find(run.project(), run.id()).orElse(null);
                    if (now == null) {
                        return false;
                    }
                    for (RunLog.Line one : logs.read(run.id(), line[0])) {
                        line[0] = one.seq();
                        channel.send("log", "" + line[0], one);
                    }
                    progress(channel, run, shown);
                    if (!now.times().touched().equals(touched[0])) {
                        touched[0] = now.times().touched();
                        channel.send("state", "" + line[0], RunBody.of(now));
                    }
                    return !now.state().isOver();
                });
    }

    private void progress(Channel channel, Run run, Map<String, JsonNode> shown)
            throws IOException {
        RunStore.Detail detail = runs.detail(run.id()).orElse(null);
        if (detail == null) {
            return;
        }
        for (JsonNode step : json.readTree(detail.steps())) {
            String name = step.path("name").asString();
            if (!step.equals(shown.put(name, step))) {
                channel.send("progress", null, Progressed.of(step));
            }
        }
    }

    /// How far a step has come, as the wire has it.
    record Progressed(
            String step,
            String state,
            long rows,
            long rowsRejected,
            @Nullable Long rowsExpected,
            long rate) {
        static Progressed of(JsonNode step) {
            JsonNode expected = step.path("rows_expected");
            return new Progressed(
                    step.path("name").asString(),
                    step.path("state").asString(),
                    step.path("rows_out").asLong(),
                    step.path("rows_rejected").asLong(),
                    expected.isNumber() ? expected.asLong() : null,
                    step.path("rate").asLong());
        }
    }

    /// States of all runs of a project. An event's id is the moment of the change.
    SseEmitter project(String project, @Nullable String last, Language language) {
        long from = number(last);
        Instant[] since = {from == 0 ? Instant.now() : Instant.ofEpochMilli(from)};
        Map<String, Instant> shown = new HashMap<>();
        return watch(
                language,
                channel -> {
                    List<Run> changed = runs.touched(project, since[0].minus(OVERLAP));
                    for (Run run : changed) {
                        Instant touched = run.times().touched();
                        if (!touched.equals(shown.put(run.id(), touched))) {
                            channel.send("state", "" + touched.toEpochMilli(), RunBody.of(run));
                            since[0] = touched.isAfter(since[0]) ? touched : since[0];
                        }
                    }
                    shown.values().removeIf(t -> t.isBefore(since[0].minus(OVERLAP)));
                    return true;
                });
    }

    private static long number(@Nullable String last) {
        return last != null && last.matches("\\d{1,15}") ? Long.parseLong(last) : 0;
    }

    private SseEmitter watch(Language language, Look look) {
        if (!running || !places.tryAcquire()) {
            throw ProblemException.of(
                    ProblemCode.THROTTLED,
                    "more than %d watch runs already".formatted(WATCHERS_MAX),
                    "close some windows, or try again in a minute");
        }
        SseEmitter emitter = new SseEmitter(0L);
        open.add(emitter);
        Thread.ofVirtual()
                .name("watch")
                .start(() -> serve(new Channel(emitter, json, language), look));
        return emitter;
    }

    private void serve(Channel channel, Look look) {
        SseEmitter emitter = channel.emitter;
        try {
            // So that the watcher knows at once that it is let in.
            emitter.send(SseEmitter.event().comment(OPENED));
            long until = System.nanoTime() + LIFE.toNanos();
            while (running && look.once(channel) && System.nanoTime() < until) {
                channel.keepAlive();
                bell.await(LOOK);
            }
            emitter.complete();
        } catch (IOException | IllegalStateException _) {
            // The watcher went away.
            emitter.complete();
        } catch (RuntimeException e) {
            emitter.completeWithError(e);
        } finally {
            open.remove(emitter);
            places.release();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /// Before the door to the web closes: it waits for requests that are under way.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void stop() {
        running = false;
        bell.ring();
        open.forEach(SseEmitter::complete);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
