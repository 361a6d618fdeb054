package dev.mortise.server.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.mortise.api.egress.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostTest {
    private static Answer post(HttpServer server) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=geheim";
        return new Post(Duration.ofMillis(400))
                .send(new Webhook(), new Robot.Call(url, Map.of(), "{}"), Reach.PRIVATE);
    }

    @Test
    void waitsNoLongerForAnAnswerThatNeverEnds() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    // Neither ended nor closed: the line stays open.
                });
        server.start();
        try {
            Answer answer = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> post(server));
            assertFalse(answer.ok(), answer.toString());
            assertTrue(answer.again(), "it is tried again");
            assertEquals(0, answer.status());
            assertTrue(answer.text().startsWith("no answer from "), answer.text());
            assertFalse(answer.text().contains("geheim"), answer.text());
        } finally {
            server.stop(0);
        }
    }
}
