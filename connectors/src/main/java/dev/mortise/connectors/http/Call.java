package dev.mortise.connectors.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A request as its bytes: what is signed is what is sent.
///
/// @param resource what it is for, as the book of calls names it
/// @param body empty for none
/// @param repeatable whether sending it twice does no more than sending it once
/// @param confined whether it carries what no other host may see
// Bodies are handed on, never compared.
@SuppressWarnings("ArrayRecordComponent")
record Call(
        String resource,
        String method,
        URI uri,
        Map<String, String> headers,
        byte[] body,
        boolean repeatable,
        boolean confined) {
    static final byte[] NO_BODY = {};

    Call {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    Call with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return new Call(resource, method, uri, more, body, repeatable, confined);
    }

    Call to(URI other) {
        return new Call(resource, method, other, headers, body, repeatable, confined);
    }

    boolean has(String header) {
        return headers.keySet().stream().anyMatch(header::equalsIgnoreCase);
    }

    /// What came back, whole and unpacked.
    ///
    /// @param uri where it came from in the end
    record Answer(int status, HttpHeaders headers, byte[] body, URI uri) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        Optional<String> header(String name) {
            return headers.firstValue(name);
        }
    }
}
