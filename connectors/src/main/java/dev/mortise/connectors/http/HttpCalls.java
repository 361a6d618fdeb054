package dev.mortise.connectors.http;

import dev.mortise.api.answer.Meaning;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.page.Children;
import dev.mortise.api.page.Page;
import dev.mortise.api.page.Records;
import dev.mortise.api.page.RowDecoder;
import dev.mortise.api.page.Shape;
import dev.mortise.api.paging.Position;
import dev.mortise.api.paging.Scope;
import dev.mortise.api.write.Holes;
import dev.mortise.api.write.RowValue;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.connectors.http.Resource.Read;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Callee;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/// Calls a resource with the values of one row. They fill the holes of its path and body, and its
/// parameters; the records of the answer are the rows. Of an answer with pages the first counts.
record HttpCalls(Api api, Endpoint endpoint) {
    /// @throws ProblemException OPTION_MISSING when the resource lists no columns: which they are
    ///     cannot be known without a row
    static Callee callee(Resource resource, Read read) {
        if (resource.columns().isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.OPTION_MISSING,
                    "resource '%s' needs columns to be called".formatted(resource.name()),
                    "list what is wanted of its answer under 'columns' of the resource");
        }
        TreeSet<String> names = new TreeSet<>(read.around().given());
        names.addAll(read.params().keySet());
        names.addAll(holes(read));
        List<String> required =
                required(read).stream().filter(n -> !read.params().containsKey(n)).toList();
        return new Callee(
                schema(resource), List.copyOf(names), required, read.method().equals("GET"));
    }

    /// What the holes of path, body and headers name.
    private static Set<String> holes(Read read) {
        Set<String> holes = new HashSet<>(Resource.holes(read.path()));
        read.body().stream()
                .flatMap(HttpCalls::texts)
                .forEach(text -> holes.addAll(Resource.holes(text)));
        read.headers().values().forEach(text -> holes.addAll(Resource.holes(text)));
        return holes;
    }

    /// The values without which there is no call.
    private static List<String> required(Read read) {
        return Stream.of(
                        read.around().given().stream(),
                        Holes.in(read.path()).stream(),
                        read.headers().values().stream().flatMap(v -> Holes.in(v).stream()))
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    private static Stream<String> texts(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> Stream.of(leaf.text());
            case Tree.Items items -> items.items().stream().flatMap(HttpCalls::texts);
            case Tree.Entries map -> map.entries().values().stream().flatMap(HttpCalls::texts);
        };
    }

    private static Schema schema(Resource resource) {
        return new Schema(
                resource.columns().stream().map(c -> Field.of(c.name(), c.type())).toList());
    }

    /// @param plain the call without the values of the row
    Batch call(Resource resource, Read plain, Map<String, String> values, int rowsMax) {
        Read read = plain.given(values);
        Requests requests = new Requests(endpoint, read, Optional.empty());
        for (String name : required(read)) {
            RowValue.inPath(name, read.params().getOrDefault(name, ""));
        }
        plain.headers().values().stream()
                .flatMap(text -> Holes.in(text).stream())
                .forEach(name -> RowValue.inHeader(name, read.params().getOrDefault(name, "")));
        Call asked = filled(requests.page(Position.start(new Scope.Whole())).whole(), plain, read);
        boolean repeatable = read.method().equals("GET") || asked.has("Idempotency-Key");
        Call call = repeatable ? asked : asked.once();
        Answer answer = api.exchange(call);
        Schema schema = schema(resource);
        api.trials().resume(resource.name(), endpoint.base() + "\n" + plain.path());
        if (absent(answer, read)) {
            prove(answer, read);
            return new Batch(schema, Batch.columns(schema, 1), 0);
        }
        if (!answer.ok()) {
            throw new ProblemException(refused(call, answer));
        }
        api.trials().answered(resource.name());
        try (Page page = requests.open(call, answer, api.refusals())) {
            return rows(resource, answer, records(page, read.shape()), rowsMax);
        } catch (JacksonException e) {
            throw Page.broken(e, api.refusals()::hide);
        }
    }

    /// The call with the values of the row in its headers, and those in the query that are asked
    /// for there: `params` names them, or `given` does and no hole takes them.
    private static Call filled(Call call, Read plain, Read read) {
        URI uri = call.uri();
        Set<String> asked = new HashSet<>(plain.around().given());
        asked.removeAll(holes(plain));
        asked.addAll(plain.params().keySet());
        for (String name : read.params().keySet()) {
            uri = asked.contains(name) ? uri : Uris.without(uri, name);
        }
        Call filled = call.to(uri);
        for (Map.Entry<String, String> header : plain.headers().entrySet()) {
            if (!Holes.in(header.getValue()).isEmpty()) {
                String value =
                        Holes.fill(header.getValue(), name -> read.params().getOrDefault(name, ""));
                filled = filled.with(header.getKey(), value);
            }
        }
        return filled;
    }

    /// Whether the API knows nothing of what it was asked for.
    private static boolean absent(Answer answer, Read read) {
        boolean named = !Resource.holes(read.path()).isEmpty();
        boolean unknown = answer.status() == 404 || answer.status() == 410;
        return answer.meaning() instanceof Meaning.Empty
                || (unknown && named && answer.meaning() instanceof Meaning.BusinessReject);
    }

    /// That nothing is known is no mistake, unless it is said of all of the first values; or a
    /// rule of the contract says so.
    private void prove(Answer answer, Read read) {
        if (answer.meaning() instanceof Meaning.BusinessReject) {
            String rule = "{when: {status: [%d]}, is: empty}".formatted(answer.status());
            String otherwise = "if none of them is known, say so in 'errors': " + rule;
            api.trials().refused(read.resource(), read.path(), otherwise);
        } else {
            api.trials().answered(read.resource());
        }
    }

    private Problem refused(Call call, Answer answer) {
        Problem problem = api.refusals().problem(call, answer);
        return Refusals.aboutTheRow(answer, false).isPresent()
                ? Problem.of(
                        ProblemCode.ROW_REFUSED, problem.message(), "mend the row and replay it")
                : problem;
    }

    /// The columns that come from headers the answer has, by their places.
    private static Map<Integer, String> headers(Resource resource, Answer answer) {
        Map<Integer, String> headers = new LinkedHashMap<>();
        List<Resource.Column> columns = resource.columns();
        for (int i = 0; i < columns.size(); i++) {
            int place = i;
            columns.get(i)
                    .header()
                    .flatMap(answer::header)
                    .ifPresent(value -> headers.put(place, value));
        }
        return headers;
    }

    private static Records records(Page page, Shape shape) {
        return shape.each()
                .<Records>map(
                        each -> new Children(page, each, List.copyOf(shape.parent().values())))
                .orElse(page);
    }

    private static Batch rows(Resource resource, Answer answer, Records records, int rowsMax) {
        Schema schema = schema(resource);
        Decoding decoding = Decoding.of(resource, schema);
        List<Integer> carried = new ArrayList<>(decoding.layout().carried());
        Map<Integer, String> headers = headers(resource, answer);
        carried.addAll(headers.keySet());
        RowDecoder.Layout layout =
                new RowDecoder.Layout(
                        decoding.layout().paths(),
                        decoding.layout().fields(),
                        carried,
                        decoding.layout().times());
        RowDecoder decoder = new RowDecoder(schema, layout, decoding.keys());
        headers.forEach(decoder::carry);
        while (decoder.rows() < rowsMax && records.next()) {
            RejectedRow rejected = decoder.read(records);
            if (rejected != null) {
                throw new ProblemException(rejected.problem());
            }
        }
        return decoder.take();
    }
}
