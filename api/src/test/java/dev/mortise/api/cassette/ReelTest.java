package dev.mortise.api.cassette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.Tapes.Answered;
import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Exchange;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReelTest {
    private static Asked asked(String method, String address, String body) {
        return new Asked(method, address, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Asked page(String address) {
        return asked("GET", address, "");
    }

    private static Reel of(Asked... asked) {
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < asked.length; i++) {
            exchanges.add(new Exchange(asked[i], new Answered(200 + i, Map.of(), new byte[0])));
        }
        return new Reel(exchanges);
    }

    private static int status(Reel reel, Asked asked) {
        return reel.next(asked).map(exchange -> exchange.answered().status()).orElse(0);
    }

    @Test
    void givesEqualRequestsTheirAnswersInOrder() {
        Reel reel = of(page("/poll"), page("/o?a=1&b=2"), page("/poll"));
        assertEquals(200, status(reel, page("/poll")));
        assertEquals(202, status(reel, page("/poll")));
        assertEquals(0, status(reel, page("/poll")));
        assertEquals(201, status(reel, page("/o?b=2&a=1")));
        reel.rewind();
        assertEquals(200, status(reel, page("/poll")));
    }

    @Test
    void comparesBodiesByWhatTheySay() {
        Reel reel = of(asked("POST", "/q", "{\n \"a\": 1,\n \"b\": {\"c\": \"***\"}}"));
        assertEquals(0, status(reel, asked("POST", "/q", "{\"a\":\"2\",\"b\":{\"c\":\"x\"}}")));
        assertEquals(200, status(reel, asked("POST", "/q", "{\"b\":{\"c\":\"x\"},\"a\":1}")));
    }

    @Test
    void aHiddenSecretIsLikeAny() {
        Reel reel = of(page("/o?key=***&v=1"));
        assertEquals(0, status(reel, page("/o?key=now&v=2")));
        assertEquals(200, status(reel, page("/o?key=another&v=1")));
    }

    private static String miss(Reel reel, Asked asked) {
        Problem problem = reel.miss(asked, text -> text).problem();
        assertEquals(ProblemCode.SOURCE_CHANGED, problem.code());
        return problem.message();
    }

    @Test
    void namesTheNearestRequestAndWhatDiffers() {
        Reel reel = of(page("/o?page=1"), page("/o?page=3"), page("/other"));
        String parameter = miss(reel, page("/o?page=4"));
        assertTrue(parameter.endsWith("query 'page' is '4', recorded '1'"), parameter);
        String path = miss(reel, page("/orders?page=1"));
        assertTrue(path.endsWith("path is '/orders', recorded '/o'"), path);
        String method = miss(reel, asked("POST", "/other", ""));
        assertTrue(method.endsWith("method is 'POST', recorded 'GET'"), method);
        assertTrue(miss(reel, page("/o?page=1&all=1")).endsWith("query 'all' is new: '1'"));
        assertEquals(202, status(reel, page("/other")));
        assertTrue(miss(reel, page("/other")).endsWith("asked more often than recorded"));
        assertTrue(miss(of(), page("/o")).endsWith("no request at all"));
    }
}
