package dev.mortise.connectors.file;

import static dev.mortise.testkit.contract.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonReaderTest {
    private final TestFolder folder;

    JsonReaderTest(@TempDir java.nio.file.Path path) {
        this.folder = new TestFolder(path);
    }

    @Test
    void keepsDigitsAndNestedValues() throws IOException {
        folder.put(
                "a.jsonl",
                """
                {"id":1,"amount":12345678901234567890.123456789,\
                "o":{"x":[1,2.50,"\\u00e9\\n"]},"b":true}
                {"id":2,"at":"2024-02-29T01:02:03Z","amount":0.1,"o":null,"t":"07"}
                """);
        var found = folder.read("a.jsonl");
        assertEquals(List.of("id", "amount", "o", "b", "at", "t"), found.schema().names());
        assertEquals(
                List.of("int64", "decimal(38,9)", "json", "bool", "timestamptz", "text"),
                found.types());
        assertEquals(
                List.of(
                        row(
                                "1",
                                "12345678901234567890.123456789",
                                "{\"x\":[1,2.50,\"é\\n\"]}",
                                "true",
                                null,
                                null),
                        row("2", "0.100000000", null, null, "2024-02-29 01:02:03Z", "07")),
                found.rows());
    }

    @Test
    void rejectsBadLinesAlone() throws IOException {
        folder.put(
                "a.jsonl",
                """
                {"id":1}
                {"id":2
                [3]
                {"id":"x"}

                {"id":5,"id":6}
                {"id":7} {"id":8}
                {"id":9}
                """);
        var found = folder.readAs("a.jsonl", Map.of("columns", Map.of("id", "int64")));
        assertEquals(List.of(row("1"), row("9")), found.rows());
        assertEquals(
                List.of("a.jsonl:2", "a.jsonl:3", "a.jsonl:4", "a.jsonl:6", "a.jsonl:7"),
                found.rejected().stream().map(rejected -> rejected.problem().place()).toList());
        assertEquals("{\"id\":2", found.rejected().getFirst().row());
        assertEquals("id", found.rejected().get(2).column());
    }

    @Test
    void rejectsNamesThatNobodyHasSeen() throws IOException {
        folder.put("a.jsonl", "{\"id\":1}\n{\"id\":2,\"late\":true}\n");
        var found = folder.read("a.jsonl", Map.of("sample_rows", "1"));
        assertEquals(List.of(row("1")), found.rows());
        assertEquals(ProblemCode.ROW_MALFORMED, found.rejected().getFirst().problem().code());
        assertTrue(found.rejected().getFirst().problem().message().contains("'late'"));
    }

    @Test
    void readsArraysAndObjectsOneAfterAnother() throws IOException {
        var rows = List.of(row("1", "]}"), row("2", "\\\""));
        String one = "{\"id\":1,\"t\":\"]}\"}";
        String two = "{\"id\":2,\"t\":\"\\\\\\\"\"}";
        for (String text :
                List.of(
                        "[" + one + "," + two + "]",
                        " [\n" + one + "\n,\n" + two + " ]\n ",
                        one + two,
                        one + "\n" + two + "\n")) {
            folder.put("a.json", text);
            assertEquals(rows, folder.read("a.json").rows(), text);
        }
        folder.put("a.json", "[" + one + "," + two + "]", Charset.forName("UTF-16"));
        assertEquals(rows, folder.read("a.json").rows());
    }

    @Test
    void namesThePlaceWhereAnArrayIsBroken() throws IOException {
        Map<String, String> broken =
                Map.of(
                        "[{\"a\":1} {\"a\":2}]", "1:10",
                        "[{\"a\":1},", "1:10",
                        "[{\"a\":1},\n{\"a\":", "2:1",
                        "[{\"a\":1}]]", "1:10",
                        "[{\"a\":1},\n 7]", "2:2");
        for (Map.Entry<String, String> one : broken.entrySet()) {
            folder.put("a.json", one.getKey());
            var thrown =
                    assertThrows(
                            ProblemException.class,
                            () -> folder.read("a.json", Map.of("sample_rows", "1")));
            assertEquals(ProblemCode.FILE_CORRUPT, thrown.problem().code());
            assertEquals("a.json:" + one.getValue(), thrown.problem().place(), one::getKey);
        }
    }

    @Test
    void stopsAtAnObjectThatIsTooLarge() throws IOException {
        folder.put("a.json", "[{\"a\":\"" + "x".repeat(2_000_000) + "\"}]");
        var thrown =
                assertThrows(
                        ProblemException.class,
                        () -> folder.read("a.json", Map.of("line_bytes_max", "1048576")));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, thrown.problem().code());
    }
}
