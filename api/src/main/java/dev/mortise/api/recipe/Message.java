package dev.mortise.api.recipe;

import dev.mortise.api.recipe.codec.JsonText;
import dev.mortise.api.recipe.codec.Percent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An HTTP request or response as it is on the wire. The body is serialised once, by the caller:
/// what is signed here is what has to be sent. Immutable, and so must be the bytes of the body:
/// they are shared by all the messages made of one another, however large they are.
public final class Message {
    private final String method;
    private final String scheme;
    private final String host;
    private final String rawPath;
    private final String rawQuery;
    private final List<Pair> headers;
    private final byte[] body;

    /// @param method upper case; empty for a response
    /// @param host with the port when it is not the scheme's own, as in the `Host` header
    /// @param rawPath percent-encoded as sent
    /// @param rawQuery percent-encoded as sent, without `?`; empty when there is none
    public Message(
            String method,
            String scheme,
            String host,
            String rawPath,
            String rawQuery,
            List<Pair> headers,
            byte[] body) {
        this.method = method;
        this.scheme = scheme;
        this.host = host;
        this.rawPath = rawPath;
        this.rawQuery = rawQuery;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /// A response, or any other message of which only headers and body are known.
    public static Message response(List<Pair> headers, byte[] body) {
        return new Message("", "", "", "", "", headers, body);
    }

    /// A request on its way to an address.
    ///
    /// @param headers of each name one value
    public static Message request(String method, URI to, Map<String, String> headers, byte[] body) {
        List<Pair> pairs =
                headers.entrySet().stream().map(h -> new Pair(h.getKey(), h.getValue())).toList();
        String path = to.getRawPath() == null ? "" : to.getRawPath();
        String query = to.getRawQuery() == null ? "" : to.getRawQuery();
        return new Message(method, to.getScheme(), to.getRawAuthority(), path, query, pairs, body);
    }

    /// The same request to another host and path.
    public Message to(String otherHost, String otherPath) {
        return new Message(method, scheme, otherHost, otherPath, rawQuery, headers, body);
    }

    /// Where a request goes.
    public URI uri() {
        return URI.create(scheme + "://" + host + pathAndQuery());
    }

    /// The headers as they are sent, of each name the last value.
    public Map<String, String> headerMap() {
        Map<String, String> map = new LinkedHashMap<>();
        headers.forEach(header -> map.put(header.name(), header.value()));
        return map;
    }

    public String method() {
        return method;
    }

    public String scheme() {
        return scheme;
    }

    public String host() {
        return host;
    }

    public String rawPath() {
        return rawPath;
    }

    public String rawQuery() {
        return rawQuery;
    }

    public List<Pair> headers() {
        return headers;
    }

    /// The body itself; nobody may write to it.
    public byte[] body() {
        return body;
    }

    /// The path, and `?` with the query when there is one.
    String pathAndQuery() {
        return rawQuery.isEmpty() ? rawPath : rawPath + "?" + rawQuery;
    }

    /// The values of a header, in the order sent; names match in any case.
    List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Pair::value)
                .toList();
    }

    List<Pair> queryParams() {
        return Pair.parse(rawQuery);
    }

    /// The fields of a body that is a form.
    List<Pair> formParams() {
        return Pair.parse(new String(body, StandardCharsets.UTF_8));
    }

    /// Whether the body is said to be a form.
    boolean hasForm() {
        return headers("Content-Type").stream()
                .map(type -> type.split(";", 2)[0].strip())
                .anyMatch("application/x-www-form-urlencoded"::equalsIgnoreCase);
    }

    /// With this header and no other of its name.
    public Message withHeader(String name, String value) {
        List<Pair> kept = new ArrayList<>(headers);
        kept.removeIf(header -> header.name().equalsIgnoreCase(name));
        kept.add(new Pair(name, value));
        return new Message(method, scheme, host, rawPath, rawQuery, kept, body);
    }

    /// With a parameter at the end of the query; what stands before keeps its bytes.
    public Message withQuery(String name, String value) {
        String query = Percent.append(rawQuery, name, value);
        return new Message(method, scheme, host, rawPath, query, headers, body);
    }

    public Message withRawQuery(String query) {
        return new Message(method, scheme, host, rawPath, query, headers, body);
    }

    /// With a field at the end of the form; what stands before keeps its bytes.
    public Message withForm(String name, String value) {
        String form = Percent.append(new String(body, StandardCharsets.ISO_8859_1), name, value);
        return withBody(form.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// With a text member at the beginning of a JSON object; the rest keeps its bytes.
    public Message withJson(String name, String value) {
        return withBody(JsonText.prepend(body, name, value));
    }

    public Message withBody(byte[] bytes) {
        return new Message(method, scheme, host, rawPath, rawQuery, headers, bytes);
    }

    /// Query and form parameters, the query's first.
    List<Pair> params() {
        List<Pair> form = hasForm() ? formParams() : List.of();
        return Stream.concat(queryParams().stream(), form.stream()).toList();
    }
}
