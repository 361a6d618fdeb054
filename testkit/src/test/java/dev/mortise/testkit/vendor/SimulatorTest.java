package dev.mortise.testkit.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatorTest {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    static List<String> names() {
        return Vendors.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesAStrangerAndSaysWhichRuleWasBroken(String name)
            throws IOException, InterruptedException {
        Vendor vendor = Vendors.find(name).orElseThrow();
        assertEquals(name, vendor.name());
        try (Simulator simulator = Simulator.start(vendor, 0, log::add)) {
            URI place = simulator.base().resolve("/nothing?of=theirs");
            HttpResponse<String> told =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(place).build(),
                                    HttpResponse.BodyHandlers.ofString());
            assertEquals(1, simulator.calls());
            assertEquals(1, simulator.broken().values().stream().mapToInt(n -> n).sum());
            String rule = simulator.broken().keySet().iterator().next();
            assertEquals(List.of("GET /nothing  " + told.statusCode() + "  refused: " + rule), log);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void tellsItsAddressAndHasRows(String name) {
        Vendor vendor = Vendors.find(name).orElseThrow();
        Map<String, String> all = vendor.environment(URI.create("http://127.0.0.1:7"));
        assertTrue(all.containsValue("http://127.0.0.1:7"), all.keySet().toString());
        for (Map.Entry<String, String> one : all.entrySet()) {
            assertTrue(one.getKey().matches("[A-Z][A-Z0-9_]+"), one.getKey());
            assertTrue(one.getValue().matches("[^'\n]+"), "a shell must take " + one.getKey());
        }
        assertTrue(vendor.served().stream().anyMatch(s -> s.rows().size() > 200), name);
        assertEquals(
                vendor.served().stream().map(Served::checksum).toList(),
                Vendors.find(name).orElseThrow().served().stream().map(Served::checksum).toList(),
                "the rows are the same each time");
    }

    @Test
    void aChecksumSeesWhatIsMissingTwiceOrChangedButNoOrder() {
        List<String> a = List.of("1", "x");
        List<String> b = List.of("2", "y");
        String whole = Served.checksum(List.of(a, b));
        assertEquals(whole, Served.checksum(List.of(b, a)));
        assertNotEquals(whole, Served.checksum(List.of(a)));
        assertNotEquals(whole, Served.checksum(List.of(a, a)));
        assertNotEquals(whole, Served.checksum(List.of(a, b, b)));
        assertNotEquals(whole, Served.checksum(List.of(a, List.of("2y", ""))));
    }

    @Test
    void tokensEndAndAreGrantedOneAtATime() throws InterruptedException {
        TestClock clock = new TestClock();
        Tokens tokens = new Tokens(clock, Duration.ofSeconds(60));
        String first = tokens.grant().orElseThrow();
        assertEquals(first, tokens.grant().orElseThrow());
        assertEquals(60, tokens.secondsLeft(first));
        clock.move(Duration.ofSeconds(60));
        assertTrue(!tokens.isValid(first));
        assertNotEquals(first, tokens.grant().orElseThrow());
        List<Boolean> granted = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(Thread.startVirtualThread(() -> granted.add(tokens.grant().isPresent())));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(granted.contains(false), "twenty at once were all served");
    }
}
