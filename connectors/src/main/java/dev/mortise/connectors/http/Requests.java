package dev.mortise.connectors.http;

import dev.mortise.api.egress.Uris;
import dev.mortise.api.page.Body;
import dev.mortise.api.page.Format;
import dev.mortise.api.page.Page;
import dev.mortise.api.paging.Job;
import dev.mortise.api.paging.Paging;
import dev.mortise.api.paging.Position;
import dev.mortise.api.paging.Scope;
import dev.mortise.api.paging.Slices;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.connectors.http.Resource.Read;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Makes the calls that read one resource, and opens what they are answered with.
///
/// @param since what the API is asked to start from; empty when it is asked for everything
record Requests(Endpoint endpoint, Read read, Optional<String> since) {
    /// The call that asks for the page at a position.
    Call page(Position at) {
        boolean link = read.paging() instanceof Paging.NextLink && !at.token().isEmpty();
        if (link) {
            return call(URI.create(at.token()), read.method(), read.headers(), body(at));
        }
        Map<String, String> query = new LinkedHashMap<>(read.params());
        read.paging().params(at.token()).forEach((name, value) -> put(query, name, value));
        Map<String, String> scoped = scoped(at.scope());
        if (!inBody(at.scope())) {
            slice(at.scope()).forEach(query::put);
        }
        read.since()
                .filter(asked -> !asked.inBody() && since.isPresent())
                .ifPresent(asked -> query.put(asked.param(), since.get()));
        query.replaceAll((_, value) -> fill(value, scoped));
        URI uri = below(read.path(), query, scoped);
        return call(uri, read.method(), read.headers(), body(at));
    }

    private void put(Map<String, String> query, String name, String value) {
        if (!read.paging().inBody()) {
            query.put(name, value);
        }
    }

    /// The address of a path whose holes are filled from the query first, which they leave.
    private URI below(String path, Map<String, String> query, Map<String, String> scoped) {
        List<String> holes = Resource.holes(path);
        String filled =
                Resource.fill(
                        path,
                        name ->
                                Uris.encode(
                                        query.getOrDefault(name, scoped.getOrDefault(name, ""))));
        holes.forEach(query::remove);
        return Uris.below(endpoint.base(), filled, query);
    }

    private static String fill(String text, Map<String, String> values) {
        return values.isEmpty()
                ? text
                : Resource.fill(text, name -> values.getOrDefault(name, "{" + name + "}"));
    }

    /// The values a scope gives to holes.
    private Map<String, String> scoped(Scope scope) {
        return scope instanceof Scope.Each(var values)
                ? Map.of(read.around().forEach().orElseThrow().as(), values.getFirst())
                : slice(scope);
    }

    private Map<String, String> slice(Scope scope) {
        Map<String, String> params = new LinkedHashMap<>();
        if (scope instanceof Scope.Slice slice) {
            read.around().slices().orElseThrow().put(slice, params);
        }
        return params;
    }

    private boolean inBody(Scope scope) {
        return scope instanceof Scope.Slice && read.around().slices().orElseThrow().inBody();
    }

    private byte[] body(Position at) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (read.paging().inBody()) {
            fields.putAll(read.paging().params(at.token()));
        }
        if (inBody(at.scope())) {
            fields.putAll(slice(at.scope()));
        }
        read.since()
                .filter(asked -> asked.inBody() && since.isPresent())
                .ifPresent(asked -> fields.put(asked.param(), since.get()));
        return body(read.body(), values(at.scope()), fields);
    }

    private Map<String, String> values(Scope scope) {
        Map<String, String> values = new LinkedHashMap<>();
        if (!read.shape().fields().isEmpty()) {
            values.put("fields", String.join(",", read.shape().fields()));
        }
        Map<String, String> scoped = scoped(scope);
        read.params().forEach((name, value) -> values.put(name, fill(value, scoped)));
        values.putAll(scoped);
        return values;
    }

    private byte[] body(
            Optional<Tree> template, Map<String, String> values, Map<String, String> fields) {
        return template.isEmpty() && fields.isEmpty()
                ? Call.NO_BODY
                : read.form().bytes(Payload.template(template, values, fields));
    }

    private Call call(URI uri, String method, Map<String, String> own, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", read.shape().body().format().orElse(Format.JSON).accept());
        if (body.length > 0) {
            headers.put("Content-Type", read.form().type(body));
        }
        headers.putAll(endpoint.headers());
        headers.putAll(own);
        // A reading call changes nothing, whatever its method, so it may be repeated.
        boolean confined = confined() || body.length > 0;
        return new Call(
                read.resource(),
                method,
                uri,
                headers,
                body,
                true,
                confined,
                read.streams(),
                awaits());
    }

    /// One call of the job that prepares the resource.
    ///
    /// @param job its id; empty before it has one
    /// @param rows whether the answer is the export itself
    Call step(Job.Step step, Scope scope, String job, boolean rows) {
        Map<String, String> values = values(scope);
        values.put("job", job);
        Map<String, String> query = new LinkedHashMap<>(step.params());
        query.replaceAll((_, value) -> fill(value, values));
        byte[] body = body(step.body(), values, Map.of());
        URI uri = below(step.path(), query, values);
        Call call = call(uri, step.method(), step.headers(), body);
        return new Call(
                call.resource(),
                call.method(),
                call.uri(),
                call.headers(),
                call.body(),
                !step.method().equals("POST") || !job.isEmpty(),
                call.confined(),
                rows && read.streams(),
                rows ? awaits() : Optional.empty());
    }

    /// The call that fetches an export from where the API says it is. To another host goes nothing
    /// that is meant for the API.
    Call export(URI uri) {
        boolean own = Uris.sameOrigin(endpoint.base(), uri);
        Map<String, String> headers = own ? endpoint.headers() : Map.of();
        return new Call(
                read.resource(),
                "GET",
                uri,
                headers,
                Call.NO_BODY,
                true,
                own,
                read.streams(),
                awaits());
    }

    private Optional<Format> awaits() {
        return read.shape().body().format();
    }

    /// Whether its calls carry what no other host may see.
    private boolean confined() {
        return endpoint.access().secret()
                || !endpoint.headers().isEmpty()
                || !read.headers().isEmpty()
                || hasBody();
    }

    private boolean hasBody() {
        return read.body().isPresent()
                || read.paging().inBody()
                || read.around().slices().filter(Slices::inBody).isPresent()
                || read.since().filter(asked -> asked.inBody() && since.isPresent()).isPresent();
    }

    /// Opens the page an answer holds; of a success without data one without records.
    ///
    /// @throws ProblemException when it holds something else
    Page open(Call call, Answer answer, Refusals refusals) {
        if (answer.empty()) {
            answer.drop();
            return Page.none(answer.headers());
        }
        Body body = read.shape().body();
        String type = answer.header("content-type").orElse("");
        Function<byte[], ProblemException> misfit =
                start ->
                        new ProblemException(
                                refusals.misfit(
                                        call,
                                        Answer.whole(
                                                answer.status(),
                                                answer.headers(),
                                                start,
                                                answer.uri()),
                                        body.format(type).name()));
        Page.Layout layout =
                new Page.Layout(
                        body.records(read.records(), type),
                        read.paging().end().marks(),
                        body.format(type));
        long bytesMax = read.streams() ? Long.MAX_VALUE : endpoint.limits().bytesMax();
        boolean opened = false;
        try {
            Page page =
                    Page.of(
                            body.json(answer.stream(), type, read.records(), bytesMax, misfit),
                            answer.headers(),
                            layout,
                            misfit);
            opened = true;
            return page;
        } catch (IOException e) {
            throw Egress.broken(call.uri(), e);
        } finally {
            if (!opened) {
                // A body that is still coming holds a turn.
                answer.drop();
            }
        }
    }

    /// The token of a next page as it is kept: an address whole, and without what signs in.
    ///
    /// @param from where the page came from
    String token(URI from, String next) {
        if (!(read.paging() instanceof Paging.NextLink)) {
            return next;
        }
        URI uri = Uris.resolve(from, next).orElseThrow(() -> astray(next));
        if (confined() && !Uris.sameOrigin(from, uri)) {
            throw astray(uri.getScheme() + "://" + uri.getRawAuthority());
        }
        for (String name : endpoint.access().auth().queryNames()) {
            uri = Uris.without(uri, name);
        }
        return uri.toString();
    }

    private ProblemException astray(String where) {
        return ProblemException.of(
                ProblemCode.SERVER_FAILED,
                "expected the next page on '%s', got a link to '%s'"
                        .formatted(endpoint.base().getRawAuthority(), where),
                "set 'base_url' to the host the links lead to");
    }
}
