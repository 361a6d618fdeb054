package dev.mortise.api.cassette;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.Tapes;
import dev.mortise.spi.connect.Tapes.Answered;
import dev.mortise.spi.connect.Tapes.Conversation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A conversation read once more, without the API it was held with.
///
/// @param places where in a record each column stands
public record Playback(Result result, Observed observed, Map<String, String> places) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /// Holds a conversation with the API itself: reads the first pages of a dataset.
    ///
    /// @param pages how many at most
    /// @throws dev.mortise.spi.problem.ProblemException as reading does
    public static Held held(Tapes tapes, String dataset, int pages) {
        AtomicLong rows = new AtomicLong();
        try (Tapes.Recorder recorder = tapes.recorder(pages)) {
            read(recorder, recorder.describe(dataset), b -> rows.addAndGet(b.rows()), _ -> {});
            return new Held(recorder.conversation(), rows.get());
        }
    }

    /// A conversation that was held with the API.
    ///
    /// @param rows that reading gave
    public record Held(Conversation conversation, long rows) {}

    /// @throws dev.mortise.spi.problem.ProblemException as reading does, and SOURCE_CHANGED for a
    ///     request that was not kept
    public static Playback of(Tapes tapes, String dataset, Conversation kept) {
        Listening listening = new Listening(dataset, tapes.origin());
        try (Reads player = tapes.player(kept, listening)) {
            Dataset described = player.describe(dataset);
            Tally tally = new Tally(described, tapes.origin());
            read(player, described, tally::add, tally::reject);
            Observed observed = listening.observed(tally.repeated());
            return new Playback(tally.result(), observed, tapes.places(described));
        }
    }

    private static void read(Reads reads, Dataset dataset, Consumer<Batch> rows, Rejects rejects) {
        try (Snapshot snapshot = reads.snapshot(dataset, Scan.ALL)) {
            for (Range range : snapshot.ranges(Long.MAX_VALUE)) {
                read(snapshot, range, rows, rejects);
            }
        }
    }

    private static void read(
            Snapshot snapshot, Range range, Consumer<Batch> rows, Rejects rejects) {
        try (Source source = snapshot.source(range, rejects)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                rows.accept(batch);
            }
        }
    }

    /// Looks at pages and records of one dataset as they pass.
    private static final class Listening implements Tapes.Listener {
        private final String dataset;
        private final String origin;
        private final Observer fields = new Observer();
        private final Observer envelope = new Observer();
        private final Map<String, String> notices = new TreeMap<>();
        private boolean ours;
        private long records;

        Listening(String dataset, String origin) {
            this.dataset = dataset;
            this.origin = origin;
        }

        @Override
        public void page(String of, String place, Answered answer) {
            ours = of.equals(dataset);
            if (!ours) {
                return;
            }
            for (String name : new String[] {"deprecation", "sunset"}) {
                Optional.ofNullable(answer.headers().get(name))
                        .ifPresent(value -> notices.put(name, value));
            }
            if (!place.isEmpty()) {
                around(answer.body(), JsonPath.parse(place));
            }
        }

        private void around(byte[] body, JsonPath place) {
            try {
                String text = new String(body, StandardCharsets.UTF_8);
                envelope.around(JSON.readTree(text.replace(origin, Concealing.ORIGIN)), place);
            } catch (JacksonException _) {
                // A zip file is no document yet; its records are looked at all the same.
            }
        }

        @Override
        public void record(String json) {
            if (ours) {
                JsonNode record = JSON.readTree(json.replace(origin, Concealing.ORIGIN));
                records++;
                fields.see(record);
            }
        }

        Observed observed(long repeated) {
            return new Observed(records, repeated, fields.facets(), envelope.facets(), notices);
        }
    }
}
