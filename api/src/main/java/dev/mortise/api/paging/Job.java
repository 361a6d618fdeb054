package dev.mortise.api.paging;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.page.Paths;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An export that an API prepares: it is asked for, waited for, fetched and thrown away. `{job}` in
/// the paths and bodies is its id.
///
/// @param id where the answer to its creation has its id
/// @param status where the answer to a question has its state
/// @param failed states in which it will never be ready
/// @param result where the answer to the last question has the address of the export; empty when
///     `file` says how it is fetched
/// @param remove how it is thrown away; empty when it is left
public record Job(
        Step create,
        JsonPath id,
        Step poll,
        JsonPath status,
        List<String> done,
        List<String> failed,
        Optional<JsonPath> result,
        Optional<Step> file,
        Optional<Step> remove,
        Waits waits) {

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
    }

    /// @param first wait before the second question; each is half as long again as the one before
    /// @param most the longest wait
    /// @param patience how long the export may take
    public record Waits(Duration first, Duration most, Duration patience) {}

    private static final List<String> ASKING = List.of("GET", "POST", "PUT");

    /// @param what the resource as it is called in problems
    public static Job read(TreeReader reader, String what) {
        TreeReader create = inner(reader, "create", what);
        Step creation = Step.read(create, "POST", ASKING);
        JsonPath id = Paths.read(create, "id").orElse(new JsonPath(List.of("id")));
        create.end();
        TreeReader poll = inner(reader, "poll", what);
        Step question = Step.read(poll, "GET", ASKING);
        Waits waits =
                new Waits(
                        Duration.ofSeconds(poll.integer("wait", 1, 3_600, 2)),
                        Duration.ofSeconds(poll.integer("wait_max", 1, 3_600, 60)),
                        Duration.ofSeconds(poll.integer("patience", 1, 864_000, 3_600)));
        poll.end();
        TreeReader done = inner(reader, "done", what);
        JsonPath status = Paths.read(done, "at").orElse(new JsonPath(List.of("status")));
        List<String> is = done.words("is");
        List<String> failed = done.words("failed");
        if (is.isEmpty()) {
            done.invalid("is", "the states in which the export is ready, such as [done]");
        }
        done.end();
        boolean named = reader.find("result").filter(Tree.Leaf.class::isInstance).isPresent();
        Optional<JsonPath> result = named ? Paths.read(reader, "result") : Optional.empty();
        Optional<Step> file = named ? Optional.empty() : Optional.of(step(reader, "result", what));
        Optional<Step> remove = reader.find("delete").map(_ -> step(reader, "delete", what));
        reader.end();
        return new Job(creation, id, question, status, is, failed, result, file, remove, waits);
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
