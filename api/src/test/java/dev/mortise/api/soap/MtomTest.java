package dev.mortise.api.soap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.soap.multipart.Attachment;
import dev.mortise.api.soap.wsdl.Operation;
import dev.mortise.api.soap.wsdl.SoapVersion;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MtomTest {
    private static final String SOAP = SoapVersion.V1_1.namespace();

    private final Envelope envelope = new Envelope();
    private final Operation put = Samples.read("orders.wsdl").operation("PutOrder");

    private static Attachment attachment(String name, String type, byte[] bytes) {
        return new Attachment() {
            @Override
            public String id() {
                return name;
            }

            @Override
            public String contentType() {
                return type;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    private static String order(String scan) {
        return "{'order': {'@version': 1, 'No': 'a', 'Paid': true, 'State': 'Open',"
                + " 'Total': {'@currency': 'CNY', '#text': 1.50}, 'Scan': '"
                + scan
                + "'}}";
    }

    @Test
    void readsWhatItWroteWithItsParts() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] scan = new byte[100_000];
        random.nextBytes(scan);
        byte[] tricky = "\r\n--mortise-\r\r\n--\r\n".getBytes(StandardCharsets.UTF_8);
        List<Attachment> parts =
                List.of(
                        attachment("scan 1+2@x", "application/pdf", scan),
                        attachment("tricky", "text/plain", tricky),
                        attachment("empty", "text/plain", new byte[0]));
        Mtom mtom = new Mtom(envelope, random);
        var out = new ByteArrayOutputStream();
        mtom.write(put, Samples.json(order("cid:scan 1+2@x")), Headers.NONE, parts, out);
        // A call and its answer have one form; this one is read as its own answer.
        Operation echo =
                new Operation(
                        put.id(),
                        put.name(),
                        put.endpoint(),
                        put.style(),
                        put.action(),
                        put.input(),
                        put.input(),
                        false,
                        put.json());
        Map<String, byte[]> read = new HashMap<>();
        Answer answer =
                Mtom.read(
                        envelope,
                        echo,
                        mtom.contentType(put),
                        new ByteArrayInputStream(out.toByteArray()),
                        (name, _, content) -> read.put(name, content.readAllBytes()));
        assertEquals(
                Samples.json(order("cid:scan 1+2@x")),
                ((Answer.Returned) answer).value(),
                "seed " + seed);
        assertArrayEquals(scan, read.get("cid:scan 1+2@x"), "seed " + seed);
        assertArrayEquals(tricky, read.get("cid:tricky"));
        assertArrayEquals(new byte[0], read.get("cid:empty"));
        assertEquals(3, read.size());
    }

    private Answer read(String text, Mtom.Parts parts) throws IOException {
        return Mtom.read(
                envelope,
                put,
                "Multipart/Related; boundary=b; type=\"application/xop+xml\"",
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                parts);
    }

    private static String envelope(String result) {
        return "<s:Envelope xmlns:s='"
                + SOAP
                + "'><s:Body><PutOrderResponse"
                + " xmlns='urn:bank:orders'><PutOrderResult>"
                + result
                + "</PutOrderResult></PutOrderResponse></s:Body></s:Envelope>";
    }

    @Test
    void passesOverAPreambleAndPartsNobodyReads() throws IOException {
        String text =
                "preamble\r\n--b\r\nContent-Type: application/xop+xml\r\n\r\n"
                        + envelope("7")
                        + "\r\n--b\r\nContent-ID: <p>\r\n\r\nlong\r\n--b\r\n\r\n\r\n--b--\r\n";
        var names = new ArrayList<String>();
        Answer answer = read(text, (name, _, _) -> names.add(name));
        assertEquals(Samples.json("{'PutOrderResult': 7}"), ((Answer.Returned) answer).value());
        assertEquals(List.of("cid:p", "cid:"), names);
    }

    @Test
    void readsAnAnswerWithoutParts() throws IOException {
        byte[] bytes = envelope("8").getBytes(StandardCharsets.UTF_8);
        Answer answer =
                Mtom.read(
                        envelope,
                        put,
                        "text/xml",
                        new ByteArrayInputStream(bytes),
                        (_, _, _) -> {
                            throw new AssertionError("there is no part");
                        });
        assertEquals(Samples.json("{'PutOrderResult': 8}"), ((Answer.Returned) answer).value());
    }

    @Test
    void refusesAMessageThatBreaksOff() {
        String text = "--b\r\n\r\n" + envelope("7") + "\r\n--b\r\n\r\nhalf";
        var refusal =
                assertThrows(
                        ProblemException.class,
                        () -> read(text, (_, _, content) -> content.readAllBytes()));
        assertEquals(ProblemCode.DOCUMENT_INVALID, refusal.problem().code());
        assertTrue(refusal.problem().message().contains("a closing boundary"));
    }
}
