package dev.mortise.api.write;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.page.BodyForm;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How the rows of a resource are sent.
///
/// @param resource its name
/// @param path with `{column}` for values of the row
/// @param params of the query, and `headers` of its calls; both with `{column}` where a call has
///     one row
/// @param rows how many rows go with one request
/// @param without the columns that stand in the path or the names of files, and not in the body
/// @param wrap the names below which the rows stand in the body; none when they are the body
/// @param with what the body holds beside the rows, the same in each call
/// @param jsonIn the names that lead to values of the body which are sent as JSON text
/// @param files the columns that are sent as files, by their names
/// @param idempotency whether a key lets the API know a call it had before
/// @param upserts whether a row with a known key replaces the one there
/// @param form in which bodies are sent
/// @param results where an answer says what became of each row; empty when it speaks for all
public record Write(
        String resource,
        String method,
        String path,
        Map<String, String> params,
        Map<String, String> headers,
        int rows,
        List<String> without,
        List<String> wrap,
        Optional<Tree> with,
        List<List<String>> jsonIn,
        Map<String, FilePart> files,
        boolean idempotency,
        boolean upserts,
        BodyForm form,
        Optional<Results> results) {
    /// The most rows of one call.
    public static final int ROWS_MAX = 10_000;

    private static final List<String> METHODS = List.of("POST", "PUT", "PATCH", "DELETE");

    /// Words that speak of a body.
    private static final List<String> OF_BODY =
            List.of("body", "with", "without", "body_as", "json_in", "files");

    public Write {
        params = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(params));
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        without = List.copyOf(without);
        wrap = List.copyOf(wrap);
        jsonIn = List.copyOf(jsonIn);
        files = Map.copyOf(files);
    }

    /// Whether the path names the row.
    public boolean keyed() {
        return !Holes.in(path).isEmpty();
    }

    /// Columns without whose values there is no call.
    public List<String> needed() {
        return Stream.concat(Holes.in(path).stream(), aside().stream()).distinct().toList();
    }

    /// Columns that go into the query or the headers, and so not into the body.
    public List<String> aside() {
        return Stream.concat(holes(params), holes(headers)).distinct().toList();
    }

    /// Columns that go into the headers.
    public List<String> inHeaders() {
        return holes(headers).toList();
    }

    /// Whether the body has a place for a column.
    public boolean sends(String column) {
        return !deletes() && !without.contains(column) && !aside().contains(column);
    }

    /// Whether its calls delete what their addresses name; they have no body.
    public boolean deletes() {
        return method.equals("DELETE");
    }

    /// Whether a call that was made before does no harm, even without a key.
    public boolean idempotent() {
        return deletes() || method.equals("PUT");
    }

    private static Stream<String> holes(Map<String, String> texts) {
        return texts.values().stream().flatMap(text -> Holes.in(text).stream());
    }

    /// Columns that the names and types of files are made of.
    public List<String> named() {
        return files.values().stream().flatMap(file -> file.columns().stream()).toList();
    }

    /// Reads `write` of a resource.
    ///
    /// @param pathOfReading the path where none is written
    /// @param soap whether an operation is called: no SOAP stack knows idempotency keys
    public static Write read(
            String resource, TreeReader reader, String pathOfReading, boolean soap) {
        String method = reader.choice("method", "POST", METHODS).toUpperCase(Locale.ROOT);
        String path = reader.text("path", pathOfReading);
        if (path.isEmpty()) {
            reader.required("path", "/orders");
        }
        boolean one = reader.text("batch", "one").equals("one");
        int rows = one ? 1 : reader.integer("batch", 1, ROWS_MAX, 1);
        BodyForm form = BodyForm.read(reader, "body_as");
        Write write =
                new Write(
                        resource,
                        method,
                        path,
                        reader.texts("params"),
                        reader.texts("headers"),
                        rows,
                        reader.words("without"),
                        wrap(reader),
                        reader.find("with"),
                        jsonIn(reader),
                        FilePart.read(reader),
                        reader.bool("idempotency", !soap),
                        reader.bool("upserts", List.of("PUT", "PATCH").contains(method)),
                        form,
                        reader.inner("results", "'results' of 'write'").flatMap(Results::read));
        reader.end();
        write.check(reader);
        return write;
    }

    private static List<String> wrap(TreeReader reader) {
        List<String> wrap = JsonPath.read(reader, "body").orElse(JsonPath.ROOT).steps();
        if (wrap.contains(JsonPath.EVERY)) {
            reader.invalid("body", "names only, such as '$.records'");
        }
        return wrap;
    }

    private static List<List<String>> jsonIn(TreeReader reader) {
        List<List<String>> paths = new ArrayList<>();
        for (String text : reader.words("json_in")) {
            List<String> steps = List.of();
            try {
                steps = JsonPath.parse(text).steps();
            } catch (IllegalArgumentException _) {
                // Reported below, with those that lead nowhere.
            }
            if (steps.isEmpty() || steps.contains(JsonPath.EVERY)) {
                reader.invalid("json_in", "paths of names such as $.biz_content, got " + text);
            } else {
                paths.add(steps);
            }
        }
        return paths;
    }

    private void check(TreeReader reader) {
        form.check(reader, rows, wrap);
        checkDelete(reader);
        checkWithout(reader);
        checkJsonIn(reader);
        if (rows > 1 && keyed()) {
            reader.invalid("batch", "one, for its path names a single row");
        }
        if (rows > 1 && !aside().isEmpty()) {
            reader.invalid(
                    "batch",
                    "one, for its params or headers name columns of a single row: "
                            + new TreeSet<>(aside()));
        }
        if (!files.isEmpty() && form != BodyForm.MULTIPART) {
            reader.invalid("files", "'body_as: multipart' beside it");
        }
        boolean object = rows == 1 || !wrap.isEmpty();
        if (with.isPresent() && !(object && with.get() instanceof Tree.Entries)) {
            reader.invalid("with", "names and values, and with 'batch' a 'body' for the rows");
        }
        if (with.isPresent() && (form == BodyForm.CSV || form == BodyForm.NDJSON)) {
            reader.invalid("with", "to be left out: the body is its rows");
        }
    }

    private void checkDelete(TreeReader reader) {
        if (!deletes()) {
            return;
        }
        if (Holes.in(path).isEmpty() && holes(params).findAny().isEmpty()) {
            reader.invalid("path", "a column that names the record to delete: '/orders/{id}'");
        }
        if (rows > 1) {
            reader.invalid("batch", "one, for DELETE has no body");
        }
        if (upserts) {
            reader.invalid("upserts", "false, for DELETE replaces nothing");
        }
        OF_BODY.stream()
                .filter(word -> reader.find(word).isPresent())
                .forEach(word -> reader.invalid(word, "to be left out: DELETE has no body"));
    }

    private void checkWithout(TreeReader reader) {
        for (String column : without) {
            if (!needed().contains(column) && !named().contains(column)) {
                reader.invalid(
                        "without", "columns of the path, got '" + column + "', which is lost then");
            }
        }
    }

    /// Within the rows of an array a path of names leads nowhere.
    private void checkJsonIn(TreeReader reader) {
        for (List<String> steps : jsonIn) {
            int common = Math.min(wrap.size(), steps.size());
            boolean below =
                    steps.size() > wrap.size()
                            && steps.subList(0, common).equals(wrap.subList(0, common));
            if (rows > 1 && below) {
                reader.invalid(
                        "json_in",
                        "paths beside the rows, or 'batch: one', got one that leads into the rows: "
                                + String.join(".", steps));
            }
        }
    }
}
