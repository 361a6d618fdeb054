package dev.mortise.api.paging;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.page.Paths;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An export that an API prepares: it is asked for, waited for, fetched and thrown away. `{job}` in
/// the paths and bodies is its id.
///
/// @param id where the answer to its creation has its id; empty when nothing asks for it
/// @param poll how it is waited for; empty when it is ready as soon as it was asked for
/// @param result where the last answer has the address of the export
/// @param file how it is fetched; empty, like `result`, when the last answer is the export itself
/// @param remove how it is thrown away; empty when it is left
public record Job(
        Step create,
        Optional<JsonPath> id,
        Optional<Poll> poll,
        Optional<JsonPath> result,
        Optional<Step> file,
        Optional<Step> remove) {

    private static final List<String> ASKING = List.of("GET", "POST", "PUT");
    private static final String HOLE = "{job}";

    /// One call.
    public record Step(
            String method,
            String path,
            Map<String, String> params,
            Map<String, String> headers,
            Optional<Tree> body) {
        static Step read(TreeReader reader, String method, List<String> methods) {
            return new Step(
                    reader.choice("method", method, methods).toUpperCase(Locale.ROOT),
                    reader.required("path", "/exports/{job}"),
                    reader.texts("params"),
                    reader.texts("headers"),
                    reader.find("body"));
        }

        /// Whether it says which export it is about.
        boolean named() {
            return path.contains(HOLE)
                    || params.values().stream().anyMatch(value -> value.contains(HOLE))
                    || body.filter(Step::named).isPresent();
        }

        private static boolean named(Tree tree) {
            return switch (tree) {
                case Tree.Leaf leaf -> leaf.text().contains(HOLE);
                case Tree.Items items -> items.items().stream().anyMatch(Step::named);
                case Tree.Entries map -> map.entries().values().stream().anyMatch(Step::named);
            };
        }
    }

    /// The question whether it is ready, asked again and again.
    ///
    /// @param pending statuses of answers that say it is not
    /// @param done what the others say; empty when the first of them means that it is ready
    public record Poll(Step step, List<Integer> pending, Optional<Done> done, Waits waits) {
        static final List<String> PENDING = List.of("202", "204");

        public Poll {
            pending = List.copyOf(pending);
        }
    }

    /// What an answer says of the state of the export.
    ///
    /// @param at where its state stands
    /// @param is states in which it is ready
    /// @param failed states in which it will never be ready
    public record Done(JsonPath at, List<String> is, List<String> failed) {
        public Done {
            is = List.copyOf(is);
            failed = List.copyOf(failed);
        }
    }

    /// @param first wait before the second question; each is half as long again as the one before
    /// @param most the longest wait
    /// @param patience how long the export may take
    public record Waits(Duration first, Duration most, Duration patience) {}

    /// All calls it makes.
    public Stream<Step> steps() {
        return Stream.concat(Stream.of(create), later(poll, file, remove));
    }

    private static Stream<Step> later(
            Optional<Poll> poll, Optional<Step> file, Optional<Step> remove) {
        return Stream.of(poll.map(Poll::step), file, remove).flatMap(Optional::stream);
    }

    /// Whether a run that broke off can come back to the export it had asked for.
    public boolean lasts() {
        boolean addressed = poll.isEmpty() && result.isPresent();
        return id.isPresent() && !addressed;
    }

    /// @param what the resource as it is called in problems
    public static Job read(TreeReader reader, String what) {
        TreeReader create = inner(reader, "create", what);
        Step creation = Step.read(create, "POST", ASKING);
        Optional<JsonPath> told = Paths.read(create, "id");
        create.end();
        Optional<Poll> poll =
                reader.find("poll").map(_ -> poll(reader, inner(reader, "poll", what), what));
        boolean addressed = reader.find("result").filter(Tree.Leaf.class::isInstance).isPresent();
        Optional<JsonPath> result = addressed ? Paths.read(reader, "result") : Optional.empty();
        Optional<Step> file =
                addressed
                        ? Optional.empty()
                        : reader.find("result").map(_ -> step(reader, "result", what));
        Optional<Step> remove = reader.find("delete").map(_ -> step(reader, "delete", what));
        check(reader, poll);
        reader.end();
        boolean named = later(poll, file, remove).anyMatch(Step::named);
        Optional<JsonPath> id =
                named ? told.or(() -> Optional.of(new JsonPath(List.of("id")))) : told;
        return new Job(creation, id, poll, result, file, remove);
    }

    private static void check(TreeReader reader, Optional<Poll> poll) {
        if (poll.isPresent()) {
            return;
        }
        if (reader.find("done").isPresent()) {
            reader.invalid("done", "'poll' beside it, whose answers have the state");
        }
        if (reader.find("result").isEmpty()) {
            reader.required("result", "$.url");
        }
    }

    private static Poll poll(TreeReader reader, TreeReader poll, String what) {
        Step question = Step.read(poll, "GET", ASKING);
        Waits waits =
                new Waits(
                        Duration.ofSeconds(poll.integer("wait", 1, 3_600, 2)),
                        Duration.ofSeconds(poll.integer("wait_max", 1, 3_600, 60)),
                        Duration.ofSeconds(poll.integer("patience", 1, 864_000, 3_600)));
        Optional<Done> done = reader.find("done").map(_ -> done(inner(reader, "done", what)));
        List<Integer> pending = pending(poll, done.isPresent() ? List.of() : Poll.PENDING);
        poll.end();
        return new Poll(question, pending, done, waits);
    }

    private static List<Integer> pending(TreeReader poll, List<String> usual) {
        List<String> words = poll.words("pending");
        List<Integer> statuses = new ArrayList<>();
        for (String word : words.isEmpty() ? usual : words) {
            if (word.matches("[24]\\d\\d")) {
                statuses.add(Integer.valueOf(word));
            } else {
                poll.invalid("pending", "statuses such as [202, 404], got '" + word + "'");
            }
        }
        return statuses;
    }

    private static Done done(TreeReader done) {
        JsonPath status = Paths.read(done, "at").orElse(new JsonPath(List.of("status")));
        List<String> is = done.words("is");
        List<String> failed = done.words("failed");
        if (is.isEmpty()) {
            done.invalid("is", "the states in which the export is ready, such as [done]");
        }
        done.end();
        return new Done(status, is, failed);
    }

    private static TreeReader inner(TreeReader reader, String word, String what) {
        return reader.inner(word, "'" + word + "' of the job of " + what)
                .orElseGet(
                        () -> {
                            reader.required(word, "{path: /exports}");
                            return TreeReader.of(
                                    new Tree.Leaf("", false, reader.place()),
                                    "'" + word + "' of the job of " + what,
                                    reader.problems());
                        });
    }

    private static Step step(TreeReader reader, String word, String what) {
        TreeReader inner = inner(reader, word, what);
        boolean delete = word.equals("delete");
        Step step =
                Step.read(
                        inner,
                        delete ? "DELETE" : "GET",
                        delete ? List.of("DELETE", "POST", "PUT") : ASKING);
        inner.end();
        return step;
    }
}
