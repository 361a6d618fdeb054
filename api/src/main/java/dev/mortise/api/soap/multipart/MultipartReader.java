package dev.mortise.api.soap.multipart;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads parts one after the other. A part is a stream that ends at the boundary; asking for the
/// next one passes over what was not read of it.
public final class MultipartReader {
    /// Parts of one message.
    public static final int PARTS_MAX = 1000;

    private static final int LINE_MAX = 8192;
    private static final int HEADERS_MAX = 50;
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([\\w-]+)\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]+))");

    /// @param headers by names in lower case
    public record Part(Map<String, String> headers, InputStream content) {
        /// The id without its brackets; empty when it has none.
        public String id() {
            return headers.getOrDefault("content-id", "").replaceAll("^<|>$", "");
        }

        public String contentType() {
            return headers.getOrDefault("content-type", "application/octet-stream");
        }
    }

    private final BufferedInputStream in;
    private final byte[] delimiter;
    private Optional<Content> current = Optional.empty();
    private boolean ended;
    private int parts;

    /// @param boundary the parameter of the content type; see [#parameter]
    public MultipartReader(InputStream in, String boundary) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// A parameter of a content type, as `boundary`; names are compared without case.
    public static Optional<String> parameter(String contentType, String name) {
        Matcher matcher = PARAMETER.matcher(contentType);
        while (matcher.find()) {
            if (matcher.group(1).equalsIgnoreCase(name)) {
                String quoted = matcher.group(2);
                return Optional.of(quoted != null ? quoted : matcher.group(3));
            }
        }
        return Optional.empty();
    }

    /// The next part, nothing after the last.
    public Optional<Part> next() throws IOException {
        if (current.isEmpty()) {
            preamble();
        } else {
            current.get().drain();
        }
        if (ended || closing()) {
            ended = true;
            return Optional.empty();
        }
        if (++parts > PARTS_MAX) {
            throw malformed("at most " + PARTS_MAX + " parts");
        }
        Map<String, String> headers = headers();
        Content content = new Content();
        current = Optional.of(content);
        return Optional.of(new Part(headers, content));
    }

    /// Passes over what stands before the first boundary, which may be the very first line.
    private void preamble() throws IOException {
        String first = new String(delimiter, 2, delimiter.length - 2, StandardCharsets.ISO_8859_1);
        in.mark(delimiter.length);
        byte[] start = in.readNBytes(first.length());
        if (!new String(start, StandardCharsets.ISO_8859_1).equals(first)) {
            in.reset();
            new Content().drain();
        }
    }

    /// After a boundary: two hyphens end the message, an end of line begins a part.
    private boolean closing() throws IOException {
        String rest = line();
        return rest.startsWith("--");
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < HEADERS_MAX; i++) {
            String line = line();
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                headers.put(name, line.substring(colon + 1).strip());
            }
        }
        throw malformed("at most " + HEADERS_MAX + " headers of a part");
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        while (c >= 0 && c != '\n') {
            line.write(c);
            if (line.size() > LINE_MAX) {
                throw malformed("lines of at most " + LINE_MAX + " bytes");
            }
            c = in.read();
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static ProblemException malformed(String expected) {
        return ProblemException.of(
                ProblemCode.DOCUMENT_INVALID,
                "expected in a multipart answer " + expected,
                "ask the operator of the service for an answer without MTOM");
    }

    /// The bytes up to the next boundary.
    private final class Content extends InputStream {
        private boolean done;

        @Override
        public int read() throws IOException {
            if (done) {
                return -1;
            }
            int c = in.read();
            if (c < 0) {
                done = true;
                throw malformed("a closing boundary");
            }
            if (c == '\r' && bounded()) {
                done = true;
                return -1;
            }
            return c;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = 0;
            while (count < length) {
                int c = read();
                if (c < 0) {
                    return count == 0 ? -1 : count;
                }
                bytes[from + count++] = (byte) c;
            }
            return count;
        }

        /// Whether the boundary follows the carriage return just read; then it is consumed.
        private boolean bounded() throws IOException {
            in.mark(delimiter.length);
            for (int i = 1; i < delimiter.length; i++) {
                if (in.read() != delimiter[i]) {
                    in.reset();
                    return false;
                }
            }
            return true;
        }

        void drain() throws IOException {
            byte[] passed = new byte[1 << 13];
            int count = read(passed, 0, passed.length);
            while (count >= 0) {
                count = read(passed, 0, passed.length);
            }
        }
    }
}
