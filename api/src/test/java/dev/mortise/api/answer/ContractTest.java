package dev.mortise.api.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.problem.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ContractTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static Contract read(String yaml, List<Problem> problems) {
        return YamlText.definition("erp.yaml", yaml, problems)
                .map(tree -> Contract.read(tree, problems))
                .orElseThrow(() -> new AssertionError(problems.toString()));
    }

    private static Contract read(String yaml) {
        List<Problem> problems = new ArrayList<>();
        Contract contract = read(yaml, problems);
        assertEquals(List.of(), problems);
        return contract;
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    @Test
    void putsRulesOfTheConnectionBeforeThoseOfItsBase() {
        Contract contract =
                read(
                        """
                        base: wecom
                        rules:
                          - {when: {code: [40058]}, is: empty}
                        """);
        String none = "{\"errcode\":40058}";
        assertEquals(new Meaning.Empty(), contract.judge(answer(200, none)).meaning());
        String ok = "{\"errcode\":0}";
        assertEquals(new Meaning.Ok(), contract.judge(answer(200, ok)).meaning());
    }

    @Test
    void reportsAllThatIsWrongWithItsPlace() {
        List<Problem> problems = new ArrayList<>();
        read(
                """
                base: wecon
                promises: jsn
                code: "$..x"
                rules:
                  - {when: {status: [6xx], cod: [1]}, is: okay}
                  - {when: {at: {"$.a[": 1}}, is: throttled, wait: soon}
                  - {when: {status: [200]}}
                """,
                problems);
        List<String> told = problems.stream().map(Problem::line).toList();
        assertEquals(9, told.size(), told::toString);
        assertTrue(told.get(0).startsWith("erp.yaml:1:7: "), told::toString);
        assertTrue(told.get(0).contains("did you mean 'wecom'"), told::toString);
        assertTrue(told.stream().anyMatch(t -> t.contains("did you mean 'code'")), told::toString);
    }

    @Test
    void neverTakesAnUnknownAnswerForASuccess() {
        Contract contract = read("rules: [{when: {status: [201]}, is: ok}]");
        Verdict verdict = contract.judge(answer(200, "{}"));
        assertEquals(new Meaning.Unexplained(), verdict.meaning());
        assertTrue(verdict.problem("GET 'x'", 200).fix().contains("add a rule"));
    }

    @Test
    void judgesALongAnswerByItsBeginning() {
        String start = "{\"errcode\": 0, \"errmsg\": \"ok\", \"list\": [{\"id\": 1}, {\"id\": 2";
        Contract wecom = Contract.find("wecom").orElseThrow();
        assertEquals(new Meaning.Ok(), wecom.judge(answer(200, start)).meaning());
    }

    @Test
    void readsTheCharsetOfTheAnswer() {
        Contract kingdee = Contract.find("kingdee").orElseThrow();
        byte[] body = "会话信息已丢失".getBytes(Charset.forName("GBK"));
        Answer answer =
                new Answer(
                        200, Map.of("content-type", List.of("text/plain; charset=GBK")), body, NOW);
        assertEquals(new Meaning.AuthExpired(), kingdee.judge(answer).meaning());
    }

    @Test
    void looksIntoJsonInsideAJsonText() {
        AnswerPath path = AnswerPath.parse("$.body.@json.list[*].@json.n");
        Document document =
                Document.of(
                        """
                        {"body": "{\\"list\\": [\\"{\\\\\\"n\\\\\\": 1}\\", {\\"n\\": 2}]}"}"""
                                .getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("1", "2"), document.texts(path));
        assertEquals("$.body.@json.list[*].@json.n", path.toString());
    }

    @Test
    void findsElementsAndAttributesWhateverTheirPrefix() {
        Document document =
                Document.of(
                        "<a:r xmlns:a='urn:a'><a:s k='1'>x</a:s><s k='2'>y</s></a:r>"
                                .getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("x", "y"), document.texts(AnswerPath.parse("/r/s")));
        assertEquals(List.of("1", "2"), document.texts(AnswerPath.parse("//s/@k")));
        assertEquals(List.of(), document.texts(AnswerPath.parse("/s")));
        assertThrows(IllegalArgumentException.class, () -> AnswerPath.parse("/r[1]/s"));
        assertThrows(IllegalArgumentException.class, () -> AnswerPath.parse("/@k"));
    }

    @Test
    void keepsTheDigitsOfNumbers() {
        Document document =
                Document.of(
                        "{\"n\": 12345678901234567890.10, \"b\": false, \"z\": null}"
                                .getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("12345678901234567890.10"), document.texts(AnswerPath.parse("$.n")));
        assertEquals(List.of("false"), document.texts(AnswerPath.parse("$.b")));
        assertEquals(List.of(), document.texts(AnswerPath.parse("$.z")));
        assertFalse(document.exists(AnswerPath.parse("$.z")));
    }

    @Test
    void looksAtEveryValueOfAHeader() {
        Contract contract =
                read(
                        "rules: [{when: {header: {www-authenticate: bearer}}, is: auth-expired},"
                                + " {when: {}, is: ok}]");
        Answer answer =
                new Answer(
                        401,
                        Map.of("WWW-Authenticate", List.of("Basic x", "Bearer y")),
                        new byte[0],
                        NOW);
        assertEquals(new Meaning.AuthExpired(), contract.judge(answer).meaning());
    }

    @Test
    void cutsACodeThatIsNone() {
        Contract contract = read("code: $.code\nrules: [{when: {code: [x*]}, is: retryable}]");
        String body = "{\"code\": \"" + "x\\n".repeat(10_000) + "\"}";
        Answer answer = new Answer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8), NOW);
        Verdict verdict = contract.judge(answer);
        assertEquals(new Meaning.Retryable(), verdict.meaning());
        assertTrue(verdict.code().length() < 400 && !verdict.code().contains("\n"));
    }
}
