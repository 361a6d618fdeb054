package dev.mortise.connectors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that would fill any memory if they were read whole.
@Tag("slow")
final class FileLimitsTest {
    private final TestFolder folder;

    FileLimitsTest(@TempDir Path path) {
        this.folder = new TestFolder(path);
    }

    @Test
    void stopsAtALineOfAGigabyte() throws IOException {
        Path path = folder.path().resolve("a.csv");
        Files.writeString(path, "id,text\n1,a\n2,");
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            // Zeros that take no room on the disk, all in one line.
            file.setLength(1L << 30);
        }
        var thrown =
                assertThrows(
                        ProblemException.class,
                        () ->
                                folder.readAs(
                                        "a.csv",
                                        Map.of(
                                                "charset",
                                                "utf-8",
                                                "columns",
                                                Map.of("id", "int64", "text", "text"))));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, thrown.problem().code());
        assertEquals("a.csv:3", thrown.problem().place());
    }

    @Test
    void streamsAnArrayOfTenMillionObjects() throws IOException {
        int count = 10_000_000;
        try (OutputStream out =
                new BufferedOutputStream(
                        Files.newOutputStream(folder.path().resolve("a.json")), 1 << 20)) {
            byte[] object = "{\"id\":1234567,\"t\":\"x\"}".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < count; i++) {
                out.write(i == 0 ? '[' : ',');
                out.write(object);
            }
            out.write(']');
        }
        long rows = 0;
        try (FileConnector connector = folder.open(Map.of());
                var snapshot = connector.snapshot(connector.describe("a.json"), Scan.ALL)) {
            Range range = snapshot.ranges(Long.MAX_VALUE).getFirst();
            try (Source source = snapshot.source(range, _ -> {})) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    rows += batch.rows();
                }
            }
        }
        assertEquals(count, rows);
    }
}
