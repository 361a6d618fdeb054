package dev.mortise.api.budget;

import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A process of its own that calls a vendor through a budget shared with others, until the quota of
/// the day is used up.
public final class CallingProcess {
    static final int PER_QUARTER = 300;
    static final int PER_SECOND = 1_000;
    static final int AT_ONCE = 24;
    static final Map<String, Integer> WEIGHTS = Map.of("orders", 3, "items", 1);

    private CallingProcess() {}

    public static void main(String[] args) throws Exception {
        URI url = URI.create(args[0]);
        Path folder = Path.of(args[1]);
        int threads = Integer.parseInt(args[2]);
        Limits limits = limits(Long.parseLong(args[3]), ZoneId.of(args[4]));
        Path out = Path.of(args[5]);
        Budget budget = Budget.open("c", limits, folder, InstantSource.system());
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<Future<String>> running = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                String resource = i % 4 == 0 ? "orders" : "items";
                running.add(callers.submit(() -> callOn(budget, resource, client, url)));
            }
        }
        for (Future<String> caller : running) {
            Files.writeString(out, caller.get());
        }
    }

    static Limits limits(long quota, ZoneId zone) {
        List<Limit> limits =
                List.of(
                        new Limit.Moving(PER_QUARTER, Duration.ofMillis(250)),
                        new Limit.Moving(PER_SECOND, Duration.ofSeconds(1)),
                        new Limit.Concurrency(AT_ONCE),
                        new Limit.Daily(quota, zone));
        return new Limits(
                List.of(new Limits.Group("shared", false, limits)), WEIGHTS, Duration.ZERO);
    }

    /// @return why there were no more calls
    private static String callOn(Budget budget, String resource, HttpClient client, URI url)
            throws IOException, InterruptedException {
        URI call = URI.create(url + "?" + WEIGHTS.get(resource));
        HttpRequest request = HttpRequest.newBuilder(call).build();
        while (true) {
            try (Permit permit = budget.acquire(resource, Instant.now().plusSeconds(60))) {
                assert permit != null : "a permit or a problem";
                client.send(request, HttpResponse.BodyHandlers.discarding());
            } catch (ProblemException e) {
                return e.problem().message();
            }
        }
    }
}
