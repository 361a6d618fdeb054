package dev.mortise.connectors.http;

import dev.mortise.api.egress.Uris;
import dev.mortise.connectors.http.Resource.Read;
import dev.mortise.connectors.http.Resource.Since;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the calls that read one resource.
///
/// @param since what the API is asked to start from; empty when it is asked for everything
record Requests(Endpoint endpoint, Read read, Optional<String> since) {
    /// The call that asks for the page of a token.
    Call page(String token) {
        boolean link = read.paging() instanceof Paging.NextLink && !token.isEmpty();
        Map<String, String> query = new LinkedHashMap<>(read.params());
        Map<String, String> fields = new LinkedHashMap<>();
        (read.paging().inBody() ? fields : query).putAll(read.paging().params(token));
        if (since.isPresent()) {
            Since asked = read.since().orElseThrow();
            (asked.inBody() ? fields : query).put(asked.param(), since.get());
        }
        List<String> holes = Resource.holes(read.path());
        String path = Resource.fill(read.path(), name -> Uris.encode(query.getOrDefault(name, "")));
        holes.forEach(query::remove);
        URI uri = link ? URI.create(token) : Uris.below(endpoint.base(), path, query);
        return call(uri, fields);
    }

    private Call call(URI uri, Map<String, String> fields) {
        boolean bodied = read.body().isPresent() || !fields.isEmpty();
        byte[] body = bodied ? Payload.template(read.body(), read.params(), fields) : Call.NO_BODY;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        if (bodied) {
            headers.put("Content-Type", "application/json; charset=utf-8");
        }
        headers.putAll(endpoint.headers());
        headers.putAll(read.headers());
        // A reading call changes nothing, whatever its method, so it may be repeated.
        return new Call(
                read.resource(),
                read.method(),
                uri,
                headers,
                body,
                true,
                confined(),
                read.streams());
    }

    private boolean confined() {
        return endpoint.access().secret()
                || !endpoint.headers().isEmpty()
                || !read.headers().isEmpty();
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
