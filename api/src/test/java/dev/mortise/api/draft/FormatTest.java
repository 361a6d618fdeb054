package dev.mortise.api.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a text is recognised as, and what is said when it is nothing.
final class FormatTest {
    private static Problem problem(String text) {
        return assertThrows(ProblemException.class, () -> Draft.of(text, Hint.of("shop", "in")))
                .problem();
    }

    @ParameterizedTest
    @CsvSource({
        "petstore-3.0, OPENAPI",
        "petstore-3.1, OPENAPI",
        "swagger-2, OPENAPI",
        "postman, POSTMAN",
        "har, HAR",
        "curl-bash, CURL",
        "curl-cmd, CURL"
    })
    void recognisesEachFormat(String sample, Format format) {
        assertEquals(format, Samples.draft(sample).format());
    }

    @Test
    void readsBytesWithAndWithoutAMark() {
        String text = Samples.input("swagger-2");
        Hint hint = Samples.hint("swagger-2");
        String yaml = Draft.of(text, hint).yaml();
        assertEquals(yaml, Draft.of(text.getBytes(StandardCharsets.UTF_8), hint).yaml());
        assertEquals(
                yaml, Draft.of(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8), hint).yaml());
        assertEquals(yaml, Draft.of(text.getBytes(StandardCharsets.UTF_16), hint).yaml());
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertEquals(ProblemCode.FILE_FORMAT_UNKNOWN, problem("").code());
        assertEquals(ProblemCode.FILE_FORMAT_UNKNOWN, problem("{\"a\": 1}").code());
        assertEquals(ProblemCode.DOCUMENT_INVALID, problem("{\"openapi\": ").code());
        assertEquals(ProblemCode.VERSION_UNSUPPORTED, problem("openapi: 4.0.0\n").code());
        assertEquals("in:1:10", problem("openapi: 4.0.0\n").place());
        assertEquals(ProblemCode.DOCUMENT_INVALID, problem("curl -X POST").code());
        assertEquals("in:1:6", problem("curl 'x").place());
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] bytes = {'{', (byte) 0xC3, (byte) 0x28};
        ProblemException e =
                assertThrows(ProblemException.class, () -> Draft.of(bytes, Hint.of("shop", "in")));
        assertEquals(ProblemCode.DOCUMENT_INVALID, e.problem().code());
    }
}
