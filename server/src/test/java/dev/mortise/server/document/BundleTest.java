package dev.mortise.server.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Bundle read(byte[] zip) throws IOException {
        return Bundle.read(new ByteArrayInputStream(zip));
    }

    private static ProblemCode refusal(byte[] zip) {
        return assertThrows(ProblemsException.class, () -> read(zip)).problems().getFirst().code();
    }

    @Test
    void writesTheSameBytesForTheSameDocuments() throws IOException {
        var texts = new TreeMap<>(Map.of("flows/b.yaml", "flow: b\r\n", "flows/a.yaml", "é中😀"));
        ByteArrayOutputStream once = new ByteArrayOutputStream();
        new Bundle(texts, "{}", List.of()).write(once);
        Bundle read = read(once.toByteArray());
        assertEquals(texts, read.texts());
        assertEquals("{}", read.studio());
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        read.write(again);
        assertArrayEquals(once.toByteArray(), again.toByteArray());
    }

    @Test
    void takesNoPathForMoreThanADocumentsName() throws IOException {
        Bundle read =
                read(
                        zip(
                                Map.of(
                                        "../../flows/evil.yaml", text("flow: evil\n"),
                                        "/etc/passwd", text("x"),
                                        "flows/../../up.yaml", text("flow: up\n"),
                                        "flows\\win.yaml", text("x"),
                                        "shop/flows/good.yml", text("flow: good\n"),
                                        "README.md", text("hello"))));
        assertEquals(Set.of("flows/good.yaml"), read.texts().keySet());
        assertEquals(5, read.ignored().size(), read.ignored().toString());
    }

    @Test
    void refusesWhatGrowsTooLarge() throws IOException {
        byte[] bomb = new byte[DocumentRules.BYTES_MAX + 1];
        assertEquals(ProblemCode.LIMIT_EXCEEDED, refusal(zip(Map.of("flows/a.yaml", bomb))));
        byte[] ignored = zip(Map.of("other.bin", new byte[10_001]));
        assertThrows(
                ProblemsException.class,
                () -> Bundle.read(new ByteArrayInputStream(ignored), 10_000));
        Map<String, byte[]> many = new TreeMap<>();
        for (int i = 0; i <= 20_000; i++) {
            many.put("n" + i, new byte[0]);
        }
        assertEquals(ProblemCode.LIMIT_EXCEEDED, refusal(zip(many)));
    }

    @Test
    void refusesWhatIsNoZipOrNoText() throws IOException {
        assertEquals(ProblemCode.FILE_CORRUPT, refusal(text("hello")));
        byte[] whole = zip(Map.of("flows/a.yaml", text("flow: a\n".repeat(1_000))));
        byte[] half = java.util.Arrays.copyOf(whole, 60);
        assertEquals(ProblemCode.FILE_CORRUPT, refusal(half));
        byte[] gbk = {(byte) 0xd6, (byte) 0xd0};
        assertEquals(ProblemCode.YAML_INVALID, refusal(zip(Map.of("flows/a.yaml", gbk))));
    }
}
