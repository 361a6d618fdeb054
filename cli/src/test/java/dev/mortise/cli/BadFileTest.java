package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hostile and broken files, met by the real command line in its usual heap: each ends in a problem
/// that says what to do, and the target keeps what it had.
@Tag("slow")
class BadFileTest {
    private static final long GIGABYTE = 1L << 30;
    private static final String OLD = "id\n1\n";

    private final Path data;
    private final ProjectFolder project;

    BadFileTest(@TempDir Path folder) throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        project = new ProjectFolder(folder);
        project.connection("files", "type: file\npath: data\n");
        project.file("data/out.csv", OLD);
    }

    private Ended load(String file) throws IOException, InterruptedException {
        project.flow(
                "load",
                """
                steps:
                  rows: {read: files.%s}
                  out: {from: rows, write: files.out.csv, mode: replace}
                """
                        .formatted(file));
        List<String> args = List.of("run", "load", "--json", "--project", "" + project.folder());
        return Program.start(Map.of(), args).await();
    }

    private void assertRefused(Ended ended, String... codes) throws IOException {
        assertTrue(Arrays.asList(codes).contains(ended.problemCode()), ended.toString());
        assertFalse(ended.json().path("problem").path("fix").asString().isBlank(), "" + ended);
        assertFalse(ended.json().path("problem").path("place").asString().isBlank(), "" + ended);
        assertFalse(ended.err().contains("    at "), ended.toString());
        assertEquals(2, ended.code(), ended.toString());
        assertEquals(OLD, Files.readString(data.resolve("out.csv")));
    }

    @Test
    void refusesALineOfAGigabyte() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(data.resolve("line.csv").toFile(), "rw")) {
            file.write("id,name\n1,".getBytes(StandardCharsets.UTF_8));
            file.setLength(GIGABYTE);
        }
        assertRefused(load("line.csv"), "LIMIT_EXCEEDED", "FILE_CORRUPT");
    }

    @Test
    void refusesAWorkbookThatWasCutOff() throws Exception {
        Path whole = workbook("whole.xlsx", 50_000, true);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(data.resolve("cut.xlsx"), Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(load("cut.xlsx"), "FILE_CORRUPT");
    }

    @Test
    void refusesAWorkbookThatIsABomb() throws Exception {
        workbook("bomb.xlsx", 400_000_000, false);
        assertRefused(load("bomb.xlsx"), "LIMIT_EXCEEDED");
    }

    private Path workbook(String name, int bytes, boolean noise) throws IOException {
        Path file = data.resolve(name);
        Random random = new Random(1);
        try (ZipOutputStream zip =
                new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.write("<workbook/>".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            byte[] block = new byte[10_000];
            for (int i = 0; i < bytes; i += block.length) {
                if (noise) {
                    random.nextBytes(block);
                }
                zip.write(block);
            }
            zip.closeEntry();
        }
        return file;
    }

    /// Ten million values where objects are expected; none of them may fill the memory or the disk.
    @Test
    void survivesAnArrayOfTenMillion() throws Exception {
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(data.resolve("array.json")))) {
            out.write('[');
            for (int i = 0; i < 9_999_999; i++) {
                out.write('1');
                out.write(',');
            }
            out.write("1]".getBytes(StandardCharsets.UTF_8));
        }
        assertRefused(
                load("array.json"), "FILE_CORRUPT", "FILE_FORMAT_UNKNOWN", "REJECTS_EXCEEDED");
    }
}
