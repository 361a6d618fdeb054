package dev.mortise.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class LanguageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void isWhatTheCallerPrefers() {
        for (String wanted : List.of("zh", "zh-CN,zh;q=0.9,en;q=0.8", "fr, zh-Hans;q=0.5")) {
            assertEquals(Language.CHINESE, Language.of(wanted), wanted);
        }
        for (String wanted : List.of("", "en", "en-GB,zh;q=0.5", "fr", "*", "zh;q=2", ";;,")) {
            assertEquals(Language.ENGLISH, Language.of(wanted), wanted);
        }
        assertEquals(Language.ENGLISH, Language.of((String) null));
    }

    private static JsonNode told(String body) {
        return Language.CHINESE.tell(JSON.readTree(body));
    }

    @Test
    void tellsProblemsWhereverTheyStand() {
        JsonNode body =
                told(
                        """
                        {"items": [{"run": {"problem": {"code": "NOT_FOUND",
                            "message": "there is no run 'a'", "fix": "choose one from the list",
                            "place": "runs/a"}}}]}
                        """);
        JsonNode problem = body.at("/items/0/run/problem");
        assertEquals("没有运行 'a'", problem.path("message").asString());
        assertEquals("从列表中选择", problem.path("fix").asString());
        assertEquals("runs/a", problem.path("place").asString());
    }

    @Test
    void leavesAloneWhatIsTheUsers() {
        String body =
                """
                {"code":"X","message":"the run was cancelled","row":{"code":"CANCELLED",\
                "message":"the run was cancelled"}}""";
        assertEquals(body, told(body).toString());
    }
}
