package dev.mortise.api.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.answer.Meaning.AuthDenied;
import dev.mortise.api.answer.Meaning.AuthExpired;
import dev.mortise.api.answer.Meaning.AwaitingGrant;
import dev.mortise.api.answer.Meaning.BusinessReject;
import dev.mortise.api.answer.Meaning.Empty;
import dev.mortise.api.answer.Meaning.Ok;
import dev.mortise.api.answer.Meaning.QuotaGone;
import dev.mortise.api.answer.Meaning.Retryable;
import dev.mortise.api.answer.Meaning.Throttled;
import dev.mortise.api.answer.Meaning.Unexplained;
import dev.mortise.api.answer.Meaning.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Answers as vendors give them, and what they mean.
final class PacksTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant MIDNIGHT_SHANGHAI = Instant.parse("2026-03-01T16:00:00Z");
    private static final String HTML = "<!DOCTYPE html><html><body>Sign in</body></html>";

    /// @param code the vendor's, as the verdict shows it
    private record Case(
            String pack, int status, String body, Meaning meaning, String code, String message) {
        @Override
        public String toString() {
            String start = body.length() > 60 ? body.substring(0, 60) + "…" : body;
            return pack + " " + status + " " + start;
        }
    }

    private static Case of(String pack, int status, String body, Meaning meaning) {
        return new Case(pack, status, body, meaning, "*", "*");
    }

    private static Case of(
            String pack, int status, String body, Meaning meaning, String code, String message) {
        return new Case(pack, status, body, meaning, code, message);
    }

    private static Throttled waiting(long seconds) {
        return new Throttled(Duration.ofSeconds(seconds));
    }

    static Stream<Case> generic() {
        return Stream.of(
                of("rest", 200, "{\"id\":1}", new Ok()),
                of("rest", 200, "plain", new Ok()),
                of("rest", 204, "", new Empty()),
                of("rest", 401, "{\"error\":\"invalid_token\"}", new AuthExpired()),
                of("rest", 403, "", new AuthDenied()),
                of("rest", 429, "", waiting(1)),
                of("rest", 502, HTML, new Retryable()),
                of(
                        "rest",
                        422,
                        "{\"error\":{\"code\":\"x\",\"message\":\"bad\\n field\"}}",
                        new BusinessReject(),
                        "x",
                        "bad field"),
                of(
                        "problem-json",
                        409,
                        "{\"type\":\"https://e/taken\",\"title\":\"Taken\",\"detail\":\"no 7\"}",
                        new BusinessReject(),
                        "https://e/taken",
                        "no 7"),
                of("graphql", 200, "{\"data\":{\"a\":1}}", new Ok()),
                of("graphql", 200, HTML, new Unreadable("*")),
                of(
                        "graphql",
                        200,
                        "{\"data\":null,\"errors\":[{\"message\":\"m\",\"extensions\":{\"code\":"
                                + "\"THROTTLED\"}}]}",
                        waiting(30),
                        "THROTTLED",
                        "m"),
                of("graphql", 200, "{\"errors\":[{\"message\":\"m\"}]}", new BusinessReject()));
    }

    static Stream<Case> envelopes() {
        return Stream.of(
                of("soap", 200, soap("<r/>"), new Ok()),
                of(
                        "soap",
                        500,
                        soap(
                                "<s:Fault><faultcode>s:Client</faultcode><faultstring>no such"
                                        + " customer</faultstring></s:Fault>"),
                        new BusinessReject(),
                        "s:Client",
                        "no such customer"),
                of(
                        "soap",
                        500,
                        soap("<s:Fault><faultcode>s:Server</faultcode></s:Fault>"),
                        new Retryable()),
                of(
                        "soap",
                        500,
                        soap(
                                "<s:Fault><faultcode>wsse:FailedAuthentication</faultcode>"
                                        + "</s:Fault>"),
                        new AuthDenied()),
                of(
                        "soap",
                        400,
                        soap(
                                "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason>"
                                        + "<s:Text>bad</s:Text></s:Reason></s:Fault>"),
                        new BusinessReject(),
                        "s:Sender",
                        "bad"),
                of("soap", 200, HTML, new Unreadable("*")),
                of("soap", 200, "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", new Unreadable("*")));
    }

    private static String soap(String body) {
        return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:wsse=\"urn:w\"><s:Body>%s</s:Body></s:Envelope>".formatted(body);
    }

    static Stream<Case> collaboration() {
        return Stream.of(
                of("wecom", 200, "{\"errcode\":0,\"errmsg\":\"ok\"}", new Ok()),
                of(
                        "wecom",
                        200,
                        "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}",
                        waiting(60),
                        "45009",
                        "api freq out of limit"),
                of("wecom", 200, "{\"errcode\":\"45033\"}", waiting(60)),
                of("wecom", 200, "{\"errcode\":42001}", new AuthExpired()),
                of("wecom", 200, "{\"errcode\":60020}", new AwaitingGrant()),
                of("wecom", 200, "{\"errcode\":40058}", new BusinessReject()),
                of("wecom", 200, "{\"data\":[]}", new Unexplained()),
                of("wecom", 200, HTML, new Unreadable("*")),
                of("dingtalk", 200, "{\"errcode\":0,\"result\":{}}", new Ok()),
                of("dingtalk", 200, "{\"userId\":\"u\"}", new Ok()),
                of("dingtalk", 200, "{\"status\":1111,\"wait\":5}", waiting(5), "1111", ""),
                of("dingtalk", 200, "{\"status\":1111}", waiting(300)),
                of("dingtalk", 200, HTML, waiting(300)),
                of("dingtalk", 200, "{\"errcode\":90019}", waiting(1)),
                of("dingtalk", 200, "{\"errcode\":\"90002\"}", waiting(1)),
                of(
                        "dingtalk",
                        200,
                        "{\"errcode\":88,\"sub_code\":\"60011\",\"sub_msg\":\"no permission\"}",
                        new AwaitingGrant(),
                        "60011",
                        "no permission"),
                of(
                        "dingtalk",
                        403,
                        "{\"code\":\"Forbidden.AccessDenied.QpsLimitForApi\",\"message\":\"m\"}",
                        waiting(1)),
                of("dingtalk", 400, "{\"code\":\"InvalidAuthentication\"}", new AuthExpired()),
                of("dingtalk", 400, "{\"code\":\"invalidParameter\"}", new BusinessReject()));
    }

    static Stream<Case> platforms() {
        return Stream.of(
                of("feishu", 200, "{\"code\":0,\"msg\":\"success\"}", new Ok()),
                of("feishu", 400, "{\"code\":99991663,\"msg\":\"invalid\"}", new AuthExpired()),
                of("feishu", 400, "{\"code\":99991672}", new AwaitingGrant()),
                of("feishu", 429, "{\"code\":99991400}", waiting(1)),
                of("feishu", 200, "{\"code\":1254045}", new BusinessReject()),
                of("fxiaoke", 200, "{\"errorCode\":0}", new Ok()),
                of("fxiaoke", 200, "{\"errorCode\":14001,\"errorMessage\":\"m\"}", waiting(60)),
                of("fxiaoke", 200, "{\"errorCode\":30004}", waiting(60)),
                of("fxiaoke", 200, "{\"errorCode\":30002}", waiting(60)),
                of("fxiaoke", 200, "{\"errorCode\":50001}", new BusinessReject()),
                of("wechat-mp", 200, "{\"access_token\":\"t\"}", new Ok()),
                of("wechat-mp", 200, "{\"errcode\":40001}", new AuthExpired()),
                of("wechat-mp", 200, "{\"errcode\":45009}", new QuotaGone(MIDNIGHT_SHANGHAI)));
    }

    static Stream<Case> business() {
        String lost = "{\"Result\":{\"ResponseStatus\":{\"ErrorCode\":500,\"IsSuccess\":%s}}}";
        String failed =
                "{\"Result\":{\"ResponseStatus\":{\"ErrorCode\":500,\"IsSuccess\":false,"
                        + "\"Errors\":[{\"FieldName\":\"FNumber\",\"Message\":\"编码重复\"}],"
                        + "\"MsgCode\":%d}}}";
        return Stream.of(
                of("kingdee", 200, lost.formatted("true"), new Ok()),
                of("kingdee", 200, failed.formatted(8), new BusinessReject(), "8", "编码重复"),
                of("kingdee", 200, failed.formatted(1), new AuthExpired()),
                of("kingdee", 200, "[[" + failed.formatted(9) + "]]", new BusinessReject()),
                of("kingdee", 200, "[[" + failed.formatted(1) + "]]", new AuthExpired()),
                of("kingdee", 200, "[[1,\"a\"],[2,\"b\"]]", new Ok()),
                of("kingdee", 200, "[]", new Empty()),
                of("kingdee", 200, "response_error:会话信息已丢失，请重新登录", new AuthExpired()),
                of("kingdee", 200, "{\"LoginResultType\":1}", new Ok()),
                of("kingdee", 200, "{\"LoginResultType\":0}", new AuthDenied()));
    }

    static Stream<Case> suites() {
        return Stream.of(
                of("yonyou", 200, "{\"code\":\"00000\",\"data\":{}}", new Ok()),
                of("yonyou", 200, "{\"code\":200}", new Ok()),
                of("yonyou", 200, "{\"code\":\"310037\"}", new AwaitingGrant()),
                of("yonyou", 200, "{\"code\":\"999\",\"message\":\"m\"}", new BusinessReject()),
                of("ekuaibao", 200, "{\"items\":[]}", new Ok()),
                of("ekuaibao", 403, "", new AuthDenied()),
                of("ekuaibao", 200, "{\"code\":412,\"msg\":\"m\"}", new BusinessReject()),
                of("leqi", 200, leqi(200, "{\"Response\":{\"Data\":\"c2VhbGVk\"}}"), new Ok()),
                of(
                        "leqi",
                        200,
                        leqi(
                                200,
                                "{\"Response\":{\"Error\":{\"Code\":\"GWS0\",\"Message\":\"m\"}}}"),
                        new BusinessReject(),
                        "GWS0",
                        "m"),
                of("leqi", 200, leqi(503, ""), new Retryable()),
                of("leqi", 200, leqi(401, ""), new AuthDenied()),
                of("leqi", 200, "{\"returncode\":\"00\"}", new Ok()),
                of(
                        "leqi",
                        200,
                        "{\"returncode\":\"01\",\"returnmsg\":\"额度不足\"}",
                        new BusinessReject(),
                        "01",
                        "额度不足"));
    }

    static Stream<Case> payments() {
        return Stream.of(
                of("sap-odata", 201, "{\"d\":{}}", new Ok()),
                of(
                        "sap-odata",
                        400,
                        "{\"error\":{\"code\":\"M1/001\",\"message\":{\"value\":\"locked\"}}}",
                        new BusinessReject(),
                        "M1/001",
                        "locked"),
                of(
                        "sap-odata",
                        404,
                        "<error xmlns=\"urn:x\"><code>005</code><message>none</message></error>",
                        new BusinessReject(),
                        "005",
                        "none"),
                of("sap-odata", 200, HTML, new AuthExpired()),
                of("wechat-pay", 200, "{\"prepay_id\":\"p\"}", new Ok()),
                of("wechat-pay", 401, "{\"code\":\"SIGN_ERROR\"}", new AuthDenied()),
                of("wechat-pay", 403, "{\"code\":\"NO_AUTH\"}", new AwaitingGrant()),
                of("wechat-pay", 500, "{\"code\":\"SYSTEM_ERROR\"}", new Retryable()),
                of("wechat-pay", 400, "{\"code\":\"PARAM_ERROR\"}", new BusinessReject()),
                of(
                        "alipay",
                        200,
                        "{\"alipay_trade_query_response\":{\"code\":\"10000\",\"msg\":\"Success\"},"
                                + "\"sign\":\"s\"}",
                        new Ok()),
                of(
                        "alipay",
                        200,
                        "{\"a_response\":{\"code\":\"40004\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\","
                                + "\"sub_msg\":\"交易不存在\"},\"sign\":\"s\"}",
                        new BusinessReject(),
                        "ACQ.TRADE_NOT_EXIST",
                        "交易不存在"),
                of(
                        "alipay",
                        200,
                        "{\"error_response\":{\"code\":\"20001\",\"sub_code\":"
                                + "\"aop.auth-token-time-out\"}}",
                        new AuthExpired()),
                of("alipay", 400, "{\"code\":\"PARAM_ERROR\"}", new BusinessReject()));
    }

    private static String leqi(int status, String body) {
        String quoted = body.replace("\"", "\\\"");
        return "{\"httpStatusCode\":%d,\"body\":\"%s\"}".formatted(status, quoted);
    }

    @ParameterizedTest
    @MethodSource({
        "generic",
        "envelopes",
        "collaboration",
        "platforms",
        "business",
        "suites",
        "payments"
    })
    void understandsTheVendor(Case c) {
        String type = c.body.startsWith("<") ? "text/html" : "application/json";
        Answer answer =
                new Answer(
                        c.status,
                        Map.of("Content-Type", List.of(type)),
                        c.body.getBytes(StandardCharsets.UTF_8),
                        NOW);
        Verdict verdict = Contract.find(c.pack).orElseThrow().judge(answer);
        Meaning shown =
                verdict.meaning() instanceof Unreadable && c.meaning instanceof Unreadable
                        ? c.meaning
                        : verdict.meaning();
        assertEquals(c.meaning, shown);
        if (!c.code.equals("*")) {
            assertEquals(c.code, verdict.code());
            assertEquals(c.message, verdict.message());
        }
        if (!verdict.meaning().success()) {
            String line = verdict.problem("GET 'https://api'", c.status).line();
            assertTrue(line.contains("status " + c.status), line);
            assertTrue(!verdict.problem("GET 'https://api'", c.status).fix().isEmpty(), line);
        }
    }

    @Test
    void readsEveryPack() {
        for (String name : Packs.NAMES) {
            Contract contract = Contract.find(name).orElseThrow();
            assertEquals(name, contract.name());
            assertTrue(contract.rules().size() > 3, name);
        }
    }

    @Test
    void seesACsrfTokenThatIsWanted() {
        Answer answer =
                new Answer(403, Map.of("X-CSRF-Token", List.of("Required")), new byte[0], NOW);
        Contract sap = Contract.find("sap-odata").orElseThrow();
        assertEquals(new AuthExpired(), sap.judge(answer).meaning());
    }

    @Test
    void waitsAsLongAsTheAnswerSays() {
        Contract rest = Contract.find("rest").orElseThrow();
        assertEquals(waiting(7), rest.judge(after("7")).meaning());
        assertEquals(waiting(90), rest.judge(after("Sun, 01 Mar 2026 10:01:30 GMT")).meaning());
        assertEquals(waiting(1), rest.judge(after("soon")).meaning());
        assertEquals(waiting(86_400), rest.judge(after("99999999999")).meaning());
    }

    private static Answer after(String wait) {
        return new Answer(429, Map.of("Retry-After", List.of(wait)), new byte[0], NOW);
    }
}
