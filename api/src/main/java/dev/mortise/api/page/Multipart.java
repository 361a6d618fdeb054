package dev.mortise.api.page;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/// A body of `multipart/form-data` (RFC 7578): text, JSON and files, one part a name.
public final class Multipart {
    private static final Pattern TYPE =
            Pattern.compile(
                    "[!#$&^_.+A-Za-z0-9-]{1,100}/[!#$&^_.+A-Za-z0-9-]{1,100}(;[ -~]{0,100})?");
    private static final int BOUNDARY_MAX = 70;

    private Multipart() {}

    /// A file as a value of a tree; only a body in parts can carry it.
    ///
    /// @param name as the server is told; its folders are not
    // Bodies are handed on, never compared.
    @SuppressWarnings("ArrayRecordComponent")
    public record File(byte[] content, String name, String type) {
        /// @throws ProblemException CAST_FAILED when the type is none
        public File {
            if (!TYPE.matcher(type).matches()) {
                throw ProblemException.of(
                        ProblemCode.CAST_FAILED,
                        "expected a content type such as image/png, got '%.100s'".formatted(type),
                        "mend the value of 'type' of the file");
            }
        }
    }

    /// @param text how a single value is written
    static byte[] bytes(Set<Map.Entry<String, JsonNode>> parts, Function<JsonNode, String> text) {
        CRC32C sum = new CRC32C();
        for (Map.Entry<String, JsonNode> part : parts) {
            sum.update(head(part).getBytes(StandardCharsets.UTF_8));
            sum.update(content(part.getValue(), text));
        }
        // The same body has the same boundary, so that a call sent again is the same call.
        String boundary = "mortise-%08x".formatted(sum.getValue());
        while (occurs(boundary, parts, text)) {
            boundary += "x";
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, JsonNode> part : parts) {
            write(body, "--" + boundary + "\r\n" + head(part) + "\r\n\r\n");
            body.writeBytes(content(part.getValue(), text));
            write(body, "\r\n");
        }
        write(body, "--" + boundary + "--\r\n");
        return body.toByteArray();
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean occurs(
            String boundary,
            Set<Map.Entry<String, JsonNode>> parts,
            Function<JsonNode, String> text) {
        return parts.stream()
                .anyMatch(
                        part ->
                                new String(
                                                content(part.getValue(), text),
                                                StandardCharsets.ISO_8859_1)
                                        .contains(boundary));
    }

    private static String head(Map.Entry<String, JsonNode> part) {
        String name = "Content-Disposition: form-data; name=\"" + quoted(part.getKey()) + "\"";
        JsonNode value = part.getValue();
        if (value instanceof POJONode node && node.getPojo() instanceof File file) {
            return name
                    + "; filename=\""
                    + quoted(file.name.substring(file.name.lastIndexOf('/') + 1))
                    + "\"\r\nContent-Type: "
                    + file.type;
        }
        return value.isContainer() ? name + "\r\nContent-Type: application/json" : name;
    }

    private static String quoted(String text) {
        return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static byte[] content(JsonNode value, Function<JsonNode, String> text) {
        return value instanceof POJONode node && node.getPojo() instanceof File file
                ? file.content
                : text.apply(value).getBytes(StandardCharsets.UTF_8);
    }

    /// The boundary a body of ours begins with.
    static String boundary(byte[] body) {
        int end = 2;
        while (end < Math.min(body.length, BOUNDARY_MAX) && body[end] != '\r') {
            end++;
        }
        String line = new String(body, 2, Math.max(0, end - 2), StandardCharsets.US_ASCII);
        return line.endsWith("--") ? line.substring(0, line.length() - 2) : line;
    }
}
