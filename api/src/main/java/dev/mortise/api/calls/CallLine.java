package dev.mortise.api.calls;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// The calls of one minute that ended alike, as a line of a file.
///
/// @param last the latest sample among them; empty for none
record CallLine(Kind kind, Latencies latencies, long bytes, String last) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What is counted together.
    record Kind(Instant minute, String resource, String outcome, int status, String code) {
        static Kind of(Called call) {
            return new Kind(
                    call.at().truncatedTo(ChronoUnit.MINUTES),
                    call.resource(),
                    call.outcome(),
                    call.status(),
                    call.code());
        }
    }

    CallLine plus(CallLine other) {
        latencies.add(other.latencies);
        return new CallLine(
                kind, latencies, bytes + other.bytes, other.last.isEmpty() ? last : other.last);
    }

    CallLine withoutCode() {
        Kind any = new Kind(kind.minute(), kind.resource(), kind.outcome(), kind.status(), "");
        return new CallLine(any, latencies, bytes, last);
    }

    static CallLine of(Called call) {
        Latencies latencies = new Latencies();
        latencies.add(call.took().toNanos() / 1_000);
        return new CallLine(Kind.of(call), latencies, call.bytes(), call.sample());
    }

    String json() {
        ObjectNode node = JSON.createObjectNode();
        node.put("minute", kind.minute().toString());
        node.put("resource", kind.resource());
        node.put("outcome", kind.outcome());
        node.put("status", kind.status());
        node.put("code", kind.code());
        node.put("bytes", bytes);
        node.put("micros", latencies.text());
        node.put("sample", last);
        return node.toString();
    }

    /// @throws IllegalArgumentException when the line is none of ours, such as half a one
    static CallLine parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return new CallLine(
                    new Kind(
                            Instant.parse(node.path("minute").asString("")),
                            node.path("resource").asString(""),
                            node.path("outcome").asString(""),
                            node.path("status").asInt(0),
                            node.path("code").asString("")),
                    Latencies.parse(node.path("micros").asString("")),
                    node.path("bytes").asLong(0),
                    node.path("sample").asString(""));
        } catch (JacksonException
                | java.time.DateTimeException
                | NumberFormatException
                | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("no line of a call book: " + line, e);
        }
    }
}
