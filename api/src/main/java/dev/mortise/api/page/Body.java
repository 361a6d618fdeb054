package dev.mortise.api.page;

import dev.mortise.api.answer.Charsets;
import dev.mortise.api.answer.JsonPath;
import dev.mortise.spi.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the body of an answer is read.
///
/// @param format empty for what the content type says, which is JSON when it says nothing
/// @param charset empty for what the content type says, which is UTF-8 when it says nothing
/// @param entry pattern of the entry in a zip file; empty for the only one
public record Body(Optional<Format> format, Optional<Charset> charset, Csv csv, String entry) {
    /// JSON unless the content type says otherwise.
    public static final Body PLAIN = new Body(Optional.empty(), Optional.empty(), Csv.PLAIN, "");

    private static final int START = 8 * 1_024;
    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([\\w.:-]+)");

    /// What a body of this content type is read as.
    public Format format(String contentType) {
        return format.or(() -> Format.ofContentType(contentType)).orElse(Format.JSON);
    }

    /// The body as JSON in UTF-8 without mark: places in it are then places in its text.
    ///
    /// @param records where the records stand
    /// @param bytesMax bytes at most when it has to be unpacked
    /// @param misfit what to throw when the body, which starts like this, is of another format
    /// @throws ProblemException also while it is read, when it is not as it should be
    public InputStream json(
            InputStream raw,
            String contentType,
            JsonPath records,
            long bytesMax,
            Function<byte[], ProblemException> misfit)
            throws IOException {
        InputStream body = checked(Unpacked.of(raw, entry, bytesMax), contentType, misfit);
        Optional<Charset> told = charset.or(() -> charset(contentType));
        Charset text = told.orElse(StandardCharsets.UTF_8);
        return switch (format(contentType)) {
            case JSON, NDJSON ->
                    plain(text)
                            ? unmarked(wide(body))
                            : unmarked(new Recoded(Charsets.reader(body, text)));
            case CSV -> new JsonStream(new CsvFeed(Charsets.reader(unmarked(body), text), csv));
            case XML ->
                    new JsonStream(
                            new XmlFeed(body, told.map(Charset::name).orElse(null), xml(records)));
        };
    }

    /// JSON is looked at once its text is UTF-8.
    private InputStream checked(
            InputStream body, String contentType, Function<byte[], ProblemException> misfit)
            throws IOException {
        if (format(contentType) == Format.JSON) {
            return body;
        }
        BufferedInputStream again = new BufferedInputStream(body, START);
        again.mark(START);
        byte[] start = again.readNBytes(START);
        again.reset();
        if (!fits(format(contentType), contentType, start)) {
            body.close();
            throw misfit.apply(start);
        }
        return again;
    }

    /// Whether a body can be of a format at all: login pages and complaints come in others.
    private static boolean fits(Format format, String contentType, byte[] start) {
        int at = 0;
        while (at < start.length && start[at] <= ' ' && start[at] >= 0) {
            at++;
        }
        boolean markup = at < start.length && start[at] == '<';
        boolean wide = start.length > 1 && (start[0] <= 0 || start[1] == 0);
        return switch (format) {
            case JSON -> true;
            case NDJSON -> !markup;
            case XML -> markup || wide;
            case CSV ->
                    !markup
                            && !contentType.startsWith("text/html")
                            && !contentType.startsWith("application/json");
        };
    }

    /// JSON in UTF-16 or UTF-32 that nobody has announced shows by the zeros beside its first
    /// character, or by its mark.
    private static InputStream wide(InputStream stream) throws IOException {
        PushbackInputStream body = new PushbackInputStream(stream, 4);
        byte[] first = body.readNBytes(4);
        body.unread(first);
        String wide = first.length < 4 ? "" : wide(first);
        return wide.isEmpty() ? body : new Recoded(Charsets.reader(body, Charset.forName(wide)));
    }

    private static String wide(byte[] first) {
        int all = ByteBuffer.wrap(first).getInt();
        if (all == 0xFEFF || all >>> 8 == 0) {
            return "UTF-32BE";
        }
        if (all == 0xFFFE0000 || (all & 0xFFFFFF) == 0) {
            return "UTF-32LE";
        }
        if (all >>> 16 == 0xFEFF || first[0] == 0) {
            return "UTF-16BE";
        }
        return all >>> 16 == 0xFFFE || first[1] == 0 ? "UTF-16LE" : "";
    }

    private static boolean plain(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
    }

    private static Optional<Charset> charset(String contentType) {
        Matcher named = CHARSET.matcher(contentType);
        return named.find() ? Charsets.named(named.group(1)) : Optional.empty();
    }

    /// Where the records stand in a page of this format: in XML an element that repeats needs no
    /// `[*]`.
    public JsonPath records(JsonPath records, String contentType) {
        return format(contentType) == Format.XML ? new JsonPath(xml(records)) : records;
    }

    private static List<String> xml(JsonPath records) {
        return records.steps().stream().filter(step -> !step.equals(JsonPath.EVERY)).toList();
    }

    private static InputStream unmarked(InputStream stream) throws IOException {
        PushbackInputStream body = new PushbackInputStream(stream, 3);
        byte[] first = body.readNBytes(3);
        boolean marked =
                first.length == 3
                        && first[0] == (byte) 0xEF
                        && first[1] == (byte) 0xBB
                        && first[2] == (byte) 0xBF;
        if (!marked) {
            body.unread(first);
        }
        return body;
    }
}
