package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Simulator;
import dev.mortise.testkit.vendor.Vendor;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Calls a vendor over loopback as a client of its own would.
final class Caller implements AutoCloseable {
    final Simulator simulator;
    private final HttpClient client = HttpClient.newHttpClient();

    Caller(Vendor vendor) {
        simulator = Simulator.start(vendor, 0, _ -> {});
    }

    String word(String name) {
        return simulator.environment().getOrDefault(name, "");
    }

    /// @param headers name, value, and so on
    HttpResponse<byte[]> send(String method, String address, String body, String... headers) {
        URI uri = address.startsWith("http") ? URI.create(address) : at(address);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError("calling " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private URI at(String path) {
        return URI.create(simulator.base() + path);
    }

    JsonNode json(String method, String address, String body, String... headers) {
        return tree(send(method, address, body, headers));
    }

    static JsonNode tree(HttpResponse<byte[]> answer) {
        return Json.node(text(answer)).orElseThrow(() -> new AssertionError(text(answer)));
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Map<String, Integer> broken() {
        return simulator.broken();
    }

    @Override
    public void close() {
        client.close();
        simulator.close();
    }
}
