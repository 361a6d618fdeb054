package dev.mortise.cli.api;

import dev.mortise.api.calls.CallReport;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `mortise calls --json` prints. Latencies in milliseconds.
final class CallsJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CallsJson() {}

    static String of(String connection, CallReport report) {
        ObjectNode root = JSON.createObjectNode().put("connection", connection);
        ArrayNode resources = root.putArray("resources");
        for (CallReport.Resource resource : report.resources()) {
            resources
                    .addObject()
                    .put("resource", resource.name())
                    .put("calls", resource.calls())
                    .put("succeeded", resource.succeeded())
                    .put("bytes", resource.bytes())
                    .put("p50_ms", resource.p50() / 1_000.0)
                    .put("p95_ms", resource.p95() / 1_000.0)
                    .put("p99_ms", resource.p99() / 1_000.0);
        }
        ArrayNode errors = root.putArray("errors");
        for (CallReport.Cluster cluster : report.errors()) {
            errors.addObject()
                    .put("resource", cluster.resource())
                    .put("outcome", cluster.outcome())
                    .put("status", cluster.status())
                    .put("code", cluster.code())
                    .put("calls", cluster.calls())
                    .put("last", cluster.last().toString())
                    .put("sample", cluster.sample());
        }
        return root.toString();
    }
}
