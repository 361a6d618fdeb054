package dev.mortise.server.document;

import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// A project's folder as one zip: the documents, and in `studio.json` what the studio keeps beside
/// them. The same documents always give the same bytes.
///
/// @param texts by file, such as `flows/orders.yaml`
/// @param studio the text of `studio.json`; empty when there is none
/// @param ignored files that are neither
record Bundle(SortedMap<String, String> texts, String studio, List<String> ignored) {
    static final String STUDIO = "studio.json";
    static final long ZIPPED_MAX = 32L << 20;
    private static final long BYTES_MAX = 256L << 20;
    private static final int ENTRIES_MAX = 20_000;

    /// A zip has no time before 1980.
    private static final long TIME = 315_532_800_000L;

    private static final Pattern DOCUMENT =
            Pattern.compile("(?:[^/]+/)?((connections|flows)/[^/]+)\\.ya?ml");

    Bundle {
        texts = new TreeMap<>(texts);
        ignored = List.copyOf(ignored);
    }

    void write(OutputStream to) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(to, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                write(zip, text.getKey(), text.getValue());
            }
            write(zip, STUDIO, studio);
        }
    }

    private static void write(ZipOutputStream zip, String file, String text) throws IOException {
        ZipEntry entry = new ZipEntry(file);
        entry.setTime(TIME);
        zip.putNextEntry(entry);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /// Reads no more than it may, wherever the bytes come from. Names only say which document an
    /// entry is: nothing is written by them.
    ///
    /// @throws ProblemsException when it is no zip, or too large
    static Bundle read(InputStream from) throws IOException {
        return read(from, BYTES_MAX);
    }

    /// @param bytesMax of all files together, unpacked
    static Bundle read(InputStream from, long bytesMax) throws IOException {
        TreeMap<String, String> texts = new TreeMap<>();
        List<String> ignored = new ArrayList<>();
        String studio = "";
        long left = bytesMax;
        int entries = 0;
        try (ZipInputStream zip = new ZipInputStream(from, StandardCharsets.UTF_8)) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                String name = e.getName();
                if (++entries > ENTRIES_MAX) {
                    throw tooLarge("at most %d files".formatted(ENTRIES_MAX), name);
                }
                Matcher document = DOCUMENT.matcher(name);
                boolean beside = name.equals(STUDIO) || name.endsWith("/" + STUDIO);
                if (e.isDirectory() || (!beside && !document.matches())) {
                    left -= skip(zip, left, name);
                    ignore(e, ignored);
                    continue;
                }
                byte[] bytes = bytes(zip, Math.min(left, beside ? left : limit()), name);
                left -= bytes.length;
                if (beside) {
                    studio = new String(bytes, StandardCharsets.UTF_8);
                } else {
                    texts.put(document.group(1) + ".yaml", text(bytes, name));
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException _) {
            throw refused(ProblemCode.FILE_CORRUPT, "the zip cannot be read", "make it anew");
        }
        if (entries == 0) {
            throw refused(
                    ProblemCode.FILE_CORRUPT,
                    "expected a zip with 'connections' and 'flows', found no file in it",
                    "export a project to see what one looks like");
        }
        return new Bundle(texts, studio, ignored);
    }

    private static int limit() {
        return DocumentRules.BYTES_MAX;
    }

    private static void ignore(ZipEntry entry, List<String> ignored) {
        if (!entry.isDirectory() && ignored.size() < 100) {
            ignored.add(entry.getName());
        }
    }

    private static byte[] bytes(ZipInputStream zip, long max, String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
            if (bytes.size() + n > max) {
                throw tooLarge("at most %d bytes".formatted(max), name);
            }
            bytes.write(buffer, 0, n);
        }
        return bytes.toByteArray();
    }

    private static long skip(ZipInputStream zip, long max, String name) throws IOException {
        byte[] buffer = new byte[8_192];
        long count = 0;
        for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
            count += n;
            if (count > max) {
                throw tooLarge("at most %d bytes more".formatted(max), name);
            }
        }
        return count;
    }

    private static String text(byte[] bytes, String name) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new ProblemsException(
                    List.of(
                            new Problem(
                                    ProblemCode.YAML_INVALID,
                                    "expected text in UTF-8, found another encoding",
                                    name,
                                    "save the file as UTF-8")));
        }
    }

    private static ProblemsException tooLarge(String expected, String name) {
        return new ProblemsException(
                List.of(
                        new Problem(
                                ProblemCode.LIMIT_EXCEEDED,
                                "an import has " + expected + ", this one has more",
                                name,
                                "leave out what is no document, or import in parts")));
    }

    private static ProblemsException refused(ProblemCode code, String message, String fix) {
        return new ProblemsException(List.of(Problem.of(code, message, fix)));
    }
}
