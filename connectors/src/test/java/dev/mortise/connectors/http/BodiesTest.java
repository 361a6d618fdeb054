package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Bodies of reading calls in the forms that APIs want.
@Tag("live")
final class BodiesTest {
    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
        api.on("/orders", _ -> Reply.json("[{\"id\":1}]"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Request sent(String form, Map<String, ?> body) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("path", "/orders");
        words.put("method", "POST");
        words.put("body", body);
        words.put("body_as", form);
        words.put("columns", Map.of("id", "int64"));
        new Fixture(api.url()).orders(words).read();
        return api.requests().getLast();
    }

    private static Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", "榫 & 接");
        body.put("n", 5);
        body.put("in", Map.of("a", List.of(1, 2)));
        return body;
    }

    @Test
    void sendsAForm() {
        Request sent = sent("form", body());
        assertEquals("application/x-www-form-urlencoded", sent.header("content-type"));
        assertEquals(
                "name=%E6%A6%AB+%26+%E6%8E%A5&n=5&in=%7B%22a%22%3A%5B1%2C2%5D%7D", sent.body());
    }

    @Test
    void sendsParts() {
        Request sent = sent("multipart", body());
        String boundary = sent.header("content-type").replace("multipart/form-data; boundary=", "");
        assertEquals(
                """
                --B\r
                Content-Disposition: form-data; name="name"\r
                \r
                榫 & 接\r
                --B\r
                Content-Disposition: form-data; name="n"\r
                \r
                5\r
                --B\r
                Content-Disposition: form-data; name="in"\r
                Content-Type: application/json\r
                \r
                {"a":[1,2]}\r
                --B--\r
                """,
                sent.body().replace(boundary, "B"));
        assertEquals(boundary, sent("multipart", body()).header("content-type").split("=", 2)[1]);
    }

    @Test
    void sendsXml() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("@xmlns", "urn:x");
        root.putAll(body());
        Request sent = sent("xml", Map.of("query", root));
        assertEquals("application/xml; charset=utf-8", sent.header("content-type"));
        assertEquals(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><query xmlns=\"urn:x\"><name>榫 &amp; 接"
                        + "</name><n>5</n><in><a>1</a><a>2</a></in></query>",
                sent.body());
    }

    @Test
    void sendsCsvAndLines() {
        assertEquals("name,n,in\r\n榫 & 接,5,\"{\"\"a\"\":[1,2]}\"\r\n", sent("csv", body()).body());
        Request sent = sent("ndjson", body());
        assertEquals("application/x-ndjson", sent.header("content-type"));
        assertTrue(sent.body().endsWith("\"in\":{\"a\":[1,2]}}\n"), sent::body);
    }
}
