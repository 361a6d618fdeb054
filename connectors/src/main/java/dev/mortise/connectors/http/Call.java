package dev.mortise.connectors.http;

import dev.mortise.api.answer.Meaning;
import dev.mortise.api.answer.Verdict;
import dev.mortise.api.egress.Uris;
import dev.mortise.api.page.Format;
import dev.mortise.api.recipe.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A request as its bytes: what is signed is what is sent.
///
/// @param resource what it is for, as the book of calls names it
/// @param body empty for none
/// @param repeatable whether sending it twice does no more than sending it once
/// @param confined whether it carries what no other host may see
/// @param streams whether the body of a success is handed on while it comes
/// @param awaits the format a success comes in; empty for the one the contract promises
// Bodies are handed on, never compared.
@SuppressWarnings("ArrayRecordComponent")
record Call(
        String resource,
        String method,
        URI uri,
        Map<String, String> headers,
        byte[] body,
        boolean repeatable,
        boolean confined,
        boolean streams,
        Optional<Format> awaits) {
    static final byte[] NO_BODY = {};

    Call {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    Call to(URI other) {
        return like(method, other, headers, body);
    }

    /// The same with a header, in the place of any other of that name.
    Call with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return like(method, uri, more, body);
    }

    private Call like(String verb, URI to, Map<String, String> head, byte[] content) {
        return new Call(resource, verb, to, head, content, repeatable, confined, streams, awaits);
    }

    boolean has(String header) {
        return headers.keySet().stream().anyMatch(header::equalsIgnoreCase);
    }

    /// The same, read whole.
    Call whole() {
        return new Call(resource, method, uri, headers, body, repeatable, confined, false, awaits);
    }

    /// The same, for which sending it twice may do more than sending it once.
    Call once() {
        return new Call(resource, method, uri, headers, body, false, confined, streams, awaits);
    }

    /// As it is on the wire: what is signed is what is sent.
    Message message() {
        URI ascii = URI.create(uri.toASCIIString());
        boolean usual = ascii.getPort() == (Uris.secure(ascii) ? 443 : 80);
        String host = usual ? ascii.getHost() : ascii.getRawAuthority();
        String path = String.valueOf(ascii.getRawPath());
        Message message = Message.request(method, ascii, headers, body);
        return message.to(host, path.isEmpty() ? "/" : path);
    }

    /// The same call as signing left it.
    Call as(Message signed) {
        return like(signed.method(), signed.uri(), signed.headerMap(), signed.body());
    }

    /// What came back, unpacked.
    ///
    /// @param body whole; of a stream its beginning, once it was judged
    /// @param uri where it came from in the end
    /// @param stream the body, whole or still coming; whoever reads it closes it
    /// @param verdict what it means by the contract of the connection; empty until it was judged
    record Answer(
            int status,
            HttpHeaders headers,
            byte[] body,
            URI uri,
            InputStream stream,
            Optional<Verdict> verdict) {
        static Answer whole(int status, HttpHeaders headers, byte[] body, URI uri) {
            InputStream stream = new ByteArrayInputStream(body);
            return new Answer(status, headers, body, uri, stream, Optional.empty());
        }

        static Answer coming(int status, HttpHeaders headers, URI uri, InputStream stream) {
            return new Answer(status, headers, NO_BODY, uri, stream, Optional.empty());
        }

        /// The same with another way to read it.
        Answer through(UnaryOperator<InputStream> around) {
            return new Answer(status, headers, body, uri, around.apply(stream), verdict);
        }

        /// The same with another body.
        Answer with(byte[] other) {
            InputStream whole = new ByteArrayInputStream(other);
            return new Answer(status, headers, other, uri, whole, verdict);
        }

        /// The same with a body that has become JSON.
        Answer json(byte[] other) {
            HttpHeaders head =
                    HttpHeaders.of(
                            Map.of("content-type", List.of("application/json")), (_, _) -> true);
            return new Answer(status, head, other, uri, new ByteArrayInputStream(other), verdict);
        }

        Answer judged(Verdict found) {
            return new Answer(status, headers, body, uri, stream, Optional.of(found));
        }

        /// Gives up what of the body is still coming.
        void drop() {
            try {
                stream.close();
            } catch (IOException _) {
                // What nobody reads may break.
            }
        }

        /// Whether the contract calls it a success without data.
        boolean empty() {
            return verdict.filter(found -> found.meaning() instanceof Meaning.Empty).isPresent();
        }

        Meaning meaning() {
            return verdict.orElseThrow().meaning();
        }

        /// Whether the contract calls it a success.
        boolean ok() {
            return meaning().success();
        }

        Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        /// As contracts look at it.
        ///
        /// @param start the body, or its beginning
        dev.mortise.api.answer.Answer seen(byte[] start, Instant at) {
            return new dev.mortise.api.answer.Answer(status, headers.map(), start, at);
        }
    }
}
