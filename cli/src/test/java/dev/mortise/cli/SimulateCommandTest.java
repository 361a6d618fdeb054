package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.vendor.Vendors;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SimulateCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);

    private Ended call(String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        int code = Mortise.run(new Terminal(outStream, errStream, Map.of(), false), args);
        return new Ended(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void listsTheVendors() {
        Ended ended = call("simulate", "--list");
        assertEquals(0, ended.code());
        assertEquals(Vendors.names(), ended.out().lines().toList());
    }

    @Test
    void suggestsTheNearestName() {
        Ended ended = call("simulate", "kingde");
        assertEquals(Exit.WRONG, ended.code());
        assertTrue(ended.err().contains("did you mean 'kingdee'?"), ended.toString());
    }

    @Test
    void saysThatAPortIsTaken() throws IOException {
        try (ServerSocket taken =
                new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Ended ended = call("simulate", "kingdee", "--port", Integer.toString(port));
            assertEquals(Exit.WRONG, ended.code());
            assertTrue(ended.err().contains("listening on port " + port), ended.toString());
        }
    }

    @Test
    void playsAVendorUntilItIsInterrupted() throws Exception {
        PipedInputStream told = new PipedInputStream(1 << 16);
        PrintStream err =
                new PrintStream(new PipedOutputStream(told), true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(outStream, err, Map.of("MORTISE_LANG", "zh"), false);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(told, StandardCharsets.UTF_8))) {
            Future<Integer> code =
                    threads.submit(() -> Mortise.run(terminal, "simulate", "dingtalk"));
            List<String> heard = new ArrayList<>();
            while (heard.isEmpty() || !heard.getLast().contains("Ctrl-C")) {
                heard.add(lines.readLine());
            }
            assertTrue(heard.toString().contains("examples/vendors/dingtalk"), heard.toString());
            String exports = out.toString(StandardCharsets.UTF_8);
            assertTrue(exports.lines().allMatch(l -> l.matches("export [A-Z_]+='[^']+'")), exports);
            String url = exports.lines().filter(l -> l.contains("DINGTALK_URL")).findFirst().get();
            HttpResponse<String> answer =
                    ask(url.substring(url.indexOf('\'') + 1, url.length() - 1));
            assertTrue(answer.body().contains("40014"), answer.body());
            assertEquals("GET /topapi  200  refused: token", lines.readLine());
            threads.shutdownNow();
            assertEquals(Exit.DONE, code.get());
        }
    }

    private static HttpResponse<String> ask(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/topapi")).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
