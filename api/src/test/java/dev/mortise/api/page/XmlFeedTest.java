package dev.mortise.api.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// XML as JSON, piece by piece.
final class XmlFeedTest {
    private static String read(byte[] xml, String... path) throws IOException {
        XmlFeed feed = new XmlFeed(new ByteArrayInputStream(xml), null, List.of(path));
        try (JsonStream stream = new JsonStream(feed)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String read(String xml, String... path) throws IOException {
        return read(xml.getBytes(StandardCharsets.UTF_8), path);
    }

    @Test
    void anElementThatRepeatsIsAnArrayAndOneWithoutAnythingNull() throws IOException {
        assertEquals(
                "{\"a\":{\"b\":[\"1\",null,{\"@c\":\"2\",\"#text\":\"x\"}],"
                        + "\"d\":{\"e\":\"\\u000a\"}}}",
                read("<a><b>1</b><b/><b c='2'> x </b><d><e>\n</e></d></a>"));
    }

    @Test
    void whatIsNilIsNull() throws IOException {
        assertEquals(
                "{\"a\":{\"b\":null,\"c\":{\"@d\":\"1\"}}}",
                read(
                        "<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><b i:nil='true'/>"
                                + "<c d='1'/></a>"));
    }

    @Test
    void recordsAreObjectsThoughTheyHoldNothingButText() throws IOException {
        assertEquals(
                "{\"a\":{\"b\":{\"#text\":\"1\"},\"b\":{}}}",
                read("<a><b>1</b><b/></a>", "a", "b"));
    }

    @Test
    void readsTheEncodingThatTheDocumentNames() throws IOException {
        String xml = "<?xml version='1.0' encoding='GB18030'?><a>榫接</a>";
        assertEquals("{\"a\":\"榫接\"}", read(xml.getBytes(Charset.forName("GB18030"))));
    }

    @Test
    void whatIsTooDeepOrHasEntitiesIsRefused() {
        String deep = "<a>".repeat(150) + "</a>".repeat(150);
        assertEquals(ProblemCode.LIMIT_EXCEEDED, refused(deep));
        String bomb = "<!DOCTYPE a [<!ENTITY x '1'><!ENTITY y '&x;&x;'>]><a>&y;</a>";
        assertEquals(ProblemCode.SERVER_FAILED, refused(bomb));
        assertEquals(ProblemCode.SERVER_FAILED, refused("<!DOCTYPE a SYSTEM 'file:///x'><a/>"));
    }

    private static ProblemCode refused(String xml) {
        return assertThrows(ProblemException.class, () -> read(xml)).problem().code();
    }
}
