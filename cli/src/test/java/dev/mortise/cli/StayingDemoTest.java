package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.live.Await;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// `mortise demo` as a newcomer starts it: a process that stays, with the studio in it.
@Tag("live")
class StayingDemoTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern LINK = Pattern.compile("(http://\\S+)/setup\\?token=(\\S+)");
    private static final Pattern FOLDER = Pattern.compile("the project is in (\\S+):");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
    private String url = "";

    @Test
    void opensTheStudioWithThreeFlowsThatHaveRunAndLeavesNothingBehind()
            throws IOException, InterruptedException {
        Program demo = Program.start(Map.of(), List.of("demo", "--port", "0"));
        List<ProcessHandle> family = List.of();
        try {
            Await.until("the demo is open", PATIENCE, () -> isOpen(demo));
            family = demo.family();
            assertTrue(family.size() > 2, "two databases and what watches over them: " + family);
            looksAround(demo.said());
        } finally {
            demo.terminate();
            assertTrue(demo.endsWithin(PATIENCE), "it stops when it is told to");
        }
        Ended ended = demo.ended();
        for (ProcessHandle one : family) {
            Await.until("gone: " + one.pid(), Duration.ofSeconds(30), () -> !Program.runs(one));
        }
        Path folder = Path.of(found(FOLDER, ended.out()).group(1));
        assertFalse(Files.exists(folder), folder + " is gone too\n" + ended);
    }

    private static boolean isOpen(Program demo) throws IOException {
        assertTrue(demo.alive(), () -> "it ended: " + demo);
        return demo.said().contains("Ctrl-C");
    }

    private static Matcher found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), pattern + " in\n" + text);
        return matcher;
    }

    private void looksAround(String said) throws IOException, InterruptedException {
        Matcher link = found(LINK, said);
        url = link.group(1);
        get("/api/session");
        Map<String, String> wish =
                Map.of("token", link.group(2), "name", "root", "password", "three words and one");
        assertEquals("signed_in", post("/api/setup", wish).path("state").asString(""), said);

        JsonNode flows = get("/api/projects/demo/flows").path("items");
        TreeSet<String> names = new TreeSet<>();
        flows.forEach(flow -> names.add(flow.path("name").asString("")));
        List<String> wanted = List.of("customers-to-crm", "erp-to-warehouse", "orders-to-crm");
        assertEquals(wanted, List.copyOf(names));
        flows.forEach(flow -> assertEquals("published", flow.path("state").asString(""), said));

        Map<String, String> states = new TreeMap<>();
        for (JsonNode run : get("/api/projects/demo/runs").path("items")) {
            states.put(run.path("flow").asString(""), run.path("state").asString(""));
            isVerified(run.path("id").asString(""));
        }
        Map<String, String> ran =
                Map.of(
                        "customers-to-crm",
                        "succeeded",
                        "erp-to-warehouse",
                        "succeeded",
                        "orders-to-crm",
                        "rejected");
        assertEquals(new TreeMap<>(ran), states);
        aRejectCanBeMended();
        JsonNode schedules = get("/api/projects/demo/schedules").path("items");
        assertEquals(1, schedules.size(), schedules::toString);
        assertEquals("orders-to-crm", schedules.get(0).path("flow").asString(""));
    }

    private void isVerified(String run) throws IOException, InterruptedException {
        JsonNode verified = get("/api/projects/demo/runs/" + run).path("verification");
        assertTrue(verified.path("target_rows").asLong(0) > 0, verified::toString);
        for (String difference : List.of("missing", "extra", "different")) {
            assertEquals(0, verified.path(difference).asLong(-1), verified::toString);
        }
    }

    private void aRejectCanBeMended() throws IOException, InterruptedException {
        JsonNode rejects = get("/api/projects/demo/flows/orders-to-crm/rejects?state=new");
        JsonNode first = rejects.path("items").get(0);
        assertTrue(first != null && first.path("row").has("so_no"), rejects::toString);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(url + path)).GET());
    }

    private JsonNode post(String path, Object body) throws IOException, InterruptedException {
        String token =
                cookies.getCookieStore().getCookies().stream()
                        .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                        .map(HttpCookie::getValue)
                        .findFirst()
                        .orElseThrow();
        return answer(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/json")
                        .header("X-XSRF-TOKEN", token)
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
        return JSON.readTree(answer.body());
    }
}
