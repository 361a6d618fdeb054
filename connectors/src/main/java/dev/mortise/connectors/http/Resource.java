package dev.mortise.connectors.http;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.page.BodyForm;
import dev.mortise.api.page.Paths;
import dev.mortise.api.page.Shape;
import dev.mortise.api.page.TimeForm;
import dev.mortise.api.paging.ForEach;
import dev.mortise.api.paging.Job;
import dev.mortise.api.paging.Paging;
import dev.mortise.api.paging.PagingReader;
import dev.mortise.api.paging.SinceFormat;
import dev.mortise.api.paging.Slices;
import dev.mortise.api.write.Holes;
import dev.mortise.api.write.Write;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One dataset of an API as its definition describes it.
///
/// @param read how records are fetched; empty when they cannot be
/// @param columns the pinned columns; empty when they are inferred from the first page
/// @param write how rows are sent; empty when they cannot be
/// @param soap the operation it calls; empty for a call that is what it says
record Resource(
        String name,
        Optional<Read> read,
        List<Column> columns,
        List<String> key,
        Optional<Write> write,
        Optional<Soap> soap) {

    private static final List<String> READ_METHODS = List.of("GET", "POST", "PUT");

    Resource {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /// @param resource its name
    /// @param path with `{name}` for values of `params`
    /// @param body the template of the request body
    /// @param streams whether a page is read while it comes, whatever its size
    /// @param form in which bodies are sent
    record Read(
            String resource,
            String method,
            String path,
            Map<String, String> params,
            Map<String, String> headers,
            Optional<Tree> body,
            JsonPath records,
            Paging paging,
            Optional<Since> since,
            boolean streams,
            Shape shape,
            Around around,
            BodyForm form) {
        /// Whether its first page can be asked for without asking for anything else before.
        boolean standsAlone() {
            return around.forEach.isEmpty() && around.job.isEmpty() && around.given.isEmpty();
        }

        /// The same, asked with further parameters.
        Read given(Map<String, String> values) {
            Map<String, String> all = new LinkedHashMap<>(params);
            all.putAll(values);
            return new Read(
                    resource, method, path, all, headers, body, records, paging, since, streams,
                    shape, around, form);
        }
    }

    /// What a read goes through before and between its pages.
    ///
    /// @param forEach the records it is asked for, one by one
    /// @param slices of time it is asked for
    /// @param job that has to prepare it
    /// @param given values that only a row can give: a resource that has some is called, not read
    record Around(
            Optional<ForEach> forEach,
            Optional<Slices> slices,
            Optional<Job> job,
            List<String> given) {
        public Around {
            given = List.copyOf(given);
        }

        /// Values that a page is asked for with, beside `params`.
        List<String> names() {
            List<String> names = new ArrayList<>(given);
            forEach.ifPresent(each -> names.add(each.as()));
            slices.ifPresent(cut -> names.addAll(List.of(cut.from(), cut.to())));
            return names;
        }
    }

    /// @param path the names that lead from the record to the value
    /// @param header of the answer that holds the value instead; empty for none
    /// @param form how it is written, when it is a time
    record Column(
            String name, Type type, List<String> path, Optional<String> header, TimeForm form) {
        Column {
            path = List.copyOf(path);
        }

        Column(String name, Type type, List<String> path) {
            this(name, type, path, Optional.empty(), TimeForm.ISO);
        }
    }

    /// How the cursor of an incremental read is handed to the API.
    ///
    /// @param start what the first run sends; null when it sends nothing
    record Since(String param, SinceFormat format, @Nullable String start, boolean inBody) {}

    /// The names in braces, in order.
    static List<String> holes(String path) {
        return Holes.in(path);
    }

    /// The path with its braces filled.
    static String fill(String path, UnaryOperator<String> value) {
        return Holes.fill(path, value);
    }

    static Resource read(String name, Tree tree, Wsdls wsdls, List<Problem> problems) {
        String what = "resource '" + name + "'";
        TreeReader reader = TreeReader.of(tree, what, problems);
        Optional<Soap> soap =
                reader.inner("soap", "'soap' of " + what).flatMap(inner -> Soap.read(inner, wsdls));
        Optional<Write> write =
                reader.inner("write", "'write' of " + what)
                        .map(
                                inner ->
                                        Write.read(
                                                name,
                                                inner,
                                                reader.text("path", ""),
                                                soap.isPresent()));
        Optional<Read> read = reading(name, reader, what, write.isPresent());
        List<Column> columns = columns(reader, what);
        List<String> key = reader.words("key");
        reader.end();
        checkColumns(reader, columns, key, read.isEmpty() ? write : Optional.empty());
        checkHeaders(reader, columns, read);
        return new Resource(name, read, columns, key, write, soap);
    }

    private static Optional<Read> reading(
            String resource, TreeReader reader, String what, boolean written) {
        boolean posts = reader.find("soap").isPresent();
        String method = method(reader, posts ? "POST" : "GET", READ_METHODS);
        Optional<String> path = reader.text("path");
        Map<String, String> params = reader.texts("params");
        Map<String, String> headers = reader.texts("headers");
        Optional<Tree> body = reader.find("body");
        Paging paging =
                reader.find("paging")
                        .map(tree -> PagingReader.read(tree, what, reader.problems()))
                        .orElse(new Paging.None());
        JsonPath records = Paths.read(reader, "records").orElse(JsonPath.ROOT);
        Shape shape = Shape.read(reader, what);
        Around around = around(reader, what);
        BodyForm form = BodyForm.read(reader, "body_as");
        boolean streams = reader.bool("stream", false);
        Optional<Since> since =
                reader.inner("incremental", "'incremental' of " + what).map(Resource::since);
        if (path.isEmpty() && around.job.isEmpty()) {
            if (!written) {
                reader.required("path", "/" + "orders");
            }
            return Optional.empty();
        }
        String template = path.orElseGet(() -> around.job.orElseThrow().create().path());
        for (String hole : new TreeSet<>(holes(template))) {
            if (!params.containsKey(hole) && !around.names().contains(hole)) {
                reader.invalid("path", "a value for '{" + hole + "}' among 'params'");
            }
        }
        ReadCheck.check(reader, shape, paging, around, streams);
        boolean bodied = !method.equals("GET");
        boolean wantsBody =
                body.isPresent() || paging.inBody() || since.map(Since::inBody).orElse(false);
        if (wantsBody && !bodied) {
            reader.problem(
                    ProblemCode.OPTION_INVALID,
                    reader.placeOf(body.isPresent() ? "body" : "paging"),
                    what + " sends a body with GET",
                    "add 'method: POST', or send it 'in: query'");
        }
        return Optional.of(
                new Read(
                        resource, method, template, params, headers, body, records, paging, since,
                        streams, shape, around, form));
    }

    private static Around around(TreeReader reader, String what) {
        return new Around(
                reader.inner("for_each", "'for_each' of " + what).map(ForEach::read),
                reader.inner("slices", "'slices' of " + what).map(Slices::read),
                reader.inner("job", "'job' of " + what).map(inner -> Job.read(inner, what)),
                reader.words("given"));
    }

    private static String method(TreeReader reader, String fallback, List<String> methods) {
        return reader.choice("method", fallback, methods).toUpperCase(Locale.ROOT);
    }

    private static Since since(TreeReader reader) {
        String param = reader.required("param", "updated_since");
        String zone = reader.text("zone", "UTC");
        String written = reader.text("format", "iso");
        Optional<SinceFormat> format = SinceFormat.parse(written, zone);
        if (format.isEmpty()) {
            reader.invalid(
                    "format",
                    "text, iso, date, epoch_s, epoch_ms or a pattern such as"
                            + " 'yyyy-MM-dd HH:mm:ss' and a known 'zone', got '"
                            + written
                            + "' and '"
                            + zone
                            + "'");
        }
        String start = reader.text("start").orElse(null);
        boolean inBody = reader.choice("in", "query", List.of("query", "body")).equals("body");
        reader.end();
        return new Since(param, format.orElse(SinceFormat.ISO), start, inBody);
    }

    private static List<Column> columns(TreeReader reader, String what) {
        List<Column> columns = new ArrayList<>();
        Optional<ZoneId> zone = TimeForm.zone(reader);
        reader.inner("columns", "'columns' of " + what)
                .ifPresent(
                        inner ->
                                inner.entries()
                                        .forEach(
                                                (name, tree) ->
                                                        columns.add(
                                                                column(inner, name, tree, zone))));
        return columns;
    }

    private static Column column(TreeReader reader, String name, Tree tree, Optional<ZoneId> zone) {
        if (tree instanceof Tree.Leaf leaf) {
            TimeForm form = TimeForm.of("iso", zone).orElseThrow();
            Type type = type(reader, name, leaf.text());
            return new Column(name, type, path(reader, name, name), Optional.empty(), form);
        }
        TreeReader inner = TreeReader.of(tree, "column '" + name + "'", reader.problems());
        Type type = type(reader, name, inner.text("type", "text"));
        Optional<String> header = inner.text("header");
        String path = inner.text("path", name);
        TimeForm form = TimeForm.read(inner, type, zone);
        inner.end();
        return new Column(name, type, path(reader, name, path), header, form);
    }

    private static List<String> path(TreeReader reader, String column, String text) {
        try {
            List<String> steps = JsonPath.parse(text).steps();
            if (!steps.isEmpty() && !steps.contains(JsonPath.EVERY)) {
                return steps;
            }
        } catch (IllegalArgumentException _) {
            // Reported below, as a path that leads to more than one value is.
        }
        reader.invalid(column, "a path of names such as 'customer.id', got '" + text + "'");
        return List.of(column);
    }

    private static Type type(TreeReader reader, String column, String text) {
        try {
            return Type.parse(text);
        } catch (IllegalArgumentException e) {
            List<String> names =
                    java.util.Arrays.stream(Scalar.values()).map(Scalar::text).toList();
            reader.problem(
                    ProblemCode.OPTION_INVALID,
                    reader.placeOf(column),
                    "column '%s' expects a type, got '%s'".formatted(column, text),
                    dev.mortise.spi.problem.Nearest.fix(text, names));
            return Scalar.TEXT;
        }
    }

    /// Of a page with many records no header speaks for one.
    private static void checkHeaders(TreeReader reader, List<Column> columns, Optional<Read> read) {
        boolean called = read.isPresent() && !read.get().around().given().isEmpty();
        columns.stream()
                .filter(column -> column.header().isPresent() && !called)
                .forEach(
                        column ->
                                reader.problem(
                                        ProblemCode.OPTION_INVALID,
                                        reader.placeOf("columns"),
                                        "column '%s' comes from a header, which only a resource"
                                                        .formatted(column.name())
                                                + " that is asked row by row has",
                                        "name the values it is asked with under 'given'"));
    }

    /// @param write how rows are sent, when they are never read
    private static void checkColumns(
            TreeReader reader, List<Column> columns, List<String> key, Optional<Write> write) {
        List<String> names = columns.stream().map(Column::name).toList();
        for (String column : columns.isEmpty() ? List.<String>of() : key) {
            if (!names.contains(column)) {
                reader.problem(
                        ProblemCode.COLUMN_MISSING,
                        reader.placeOf("key"),
                        "the key names '" + column + "', which is no column of it",
                        dev.mortise.spi.problem.Nearest.fix(column, names));
            }
        }
        // What is neither read nor sent in a body has no place there to take from others.
        List<Column> placed =
                columns.stream()
                        .filter(c -> write.isEmpty() || write.get().sends(c.name()))
                        .toList();
        for (Column a : placed) {
            for (Column b : placed) {
                boolean inside =
                        !a.equals(b)
                                && b.path().size() >= a.path().size()
                                && b.path().subList(0, a.path().size()).equals(a.path());
                if (inside) {
                    reader.invalid(
                            "columns",
                            "paths apart from each other, but '%s' lies inside '%s'"
                                    .formatted(b.name(), a.name()));
                }
            }
        }
    }
}
