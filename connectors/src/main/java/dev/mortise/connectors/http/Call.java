package dev.mortise.connectors.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
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
        boolean streams) {
    static final byte[] NO_BODY = {};

    Call {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    Call with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return new Call(resource, method, uri, more, body, repeatable, confined, streams);
    }

    Call to(URI other) {
        return new Call(resource, method, other, headers, body, repeatable, confined, streams);
    }

    boolean has(String header) {
        return headers.keySet().stream().anyMatch(header::equalsIgnoreCase);
    }

    /// What came back, unpacked.
    ///
    /// @param body whole; empty when it streams
    /// @param uri where it came from in the end
    /// @param stream the body, whole or still coming; whoever reads it closes it
    record Answer(int status, HttpHeaders headers, byte[] body, URI uri, InputStream stream) {
        static Answer whole(int status, HttpHeaders headers, byte[] body, URI uri) {
            return new Answer(status, headers, body, uri, new ByteArrayInputStream(body));
        }

        /// The same with another way to read it.
        Answer through(UnaryOperator<InputStream> around) {
            return new Answer(status, headers, body, uri, around.apply(stream));
        }

        boolean ok() {
            return status >= 200 && status < 300;
        }

        Optional<String> header(String name) {
            return headers.firstValue(name);
        }
    }
}
