package dev.mortise.api.soap;

import dev.mortise.api.soap.multipart.Attachment;
import dev.mortise.api.soap.multipart.MultipartReader;
import dev.mortise.api.soap.multipart.MultipartReader.Part;
import dev.mortise.api.soap.multipart.MultipartWriter;
import dev.mortise.api.soap.wsdl.Operation;
import dev.mortise.api.soap.wsdl.SoapVersion;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// One exchange with MTOM: bytes travel as parts beside the envelope and not as Base64 in it. In
/// JSON such a value is `cid:ID`, with the id of an attachment; the bytes are never gathered.
public final class Mtom {
    /// Bytes of an answer with all its parts.
    public static final long BYTES_MAX = 4L << 30;

    private static final String ROOT = "envelope@mortise";
    private static final int BOUNDARY_BYTES = 16;

    /// Takes the parts of an answer, one after the other.
    @FunctionalInterface
    public interface Parts {
        /// @param name as it stands in the JSON: `cid:ID`
        /// @param content ends with the part; what is not read is passed over
        void accept(String name, String contentType, InputStream content) throws IOException;
    }

    private final Envelope envelope;
    private final String boundary;

    public Mtom(Envelope envelope, RandomGenerator random) {
        byte[] bytes = new byte[BOUNDARY_BYTES];
        random.nextBytes(bytes);
        this.envelope = envelope;
        this.boundary = "mortise-" + HexFormat.of().formatHex(bytes);
    }

    /// The `Content-Type` of the request.
    public String contentType(Operation operation) {
        SoapVersion version = operation.endpoint().version();
        boolean action = version == SoapVersion.V1_2 && !operation.action().isEmpty();
        return "multipart/related; type=\"application/xop+xml\"; start=\"<%s>\"; boundary=\"%s\""
                        .formatted(ROOT, boundary)
                + "; start-info=\"%s\"".formatted(version.mediaType())
                + (action ? "; action=\"%s\"".formatted(operation.action()) : "");
    }

    /// Writes envelope and attachments; the stream stays open.
    ///
    /// @throws ProblemException as [Envelope#write]
    /// @throws IOException when a stream does
    public void write(
            Operation operation,
            JsonNode body,
            Headers headers,
            List<Attachment> attachments,
            OutputStream out)
            throws IOException {
        String type = operation.endpoint().version().mediaType();
        List<Problem> problems = envelope.check(operation, body, headers);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems.getFirst());
        }
        MultipartWriter parts = new MultipartWriter(out, boundary);
        parts.begin("application/xop+xml; charset=utf-8; type=\"" + type + "\"", ROOT);
        envelope.write(operation, body, headers, out);
        for (Attachment attachment : attachments) {
            parts.begin(attachment.contentType(), attachment.id());
            try (InputStream content = attachment.open()) {
                content.transferTo(out);
            }
        }
        parts.end();
    }

    /// Reads an answer of either kind, with parts or without.
    ///
    /// @param contentType of the answer
    /// @throws ProblemException as [Envelope#read], and when the envelope is not the first part
    /// @throws IOException when a stream does
    public static Answer read(
            Envelope envelope, Operation operation, String contentType, InputStream in, Parts parts)
            throws IOException {
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return envelope.read(operation, contentType, in);
        }
        String boundary =
                MultipartReader.parameter(contentType, "boundary")
                        .orElseThrow(() -> malformed("a boundary in its content type, got none"));
        MultipartReader reader = new MultipartReader(Bounded.of(in, BYTES_MAX), boundary);
        Part root = reader.next().orElseThrow(() -> malformed("an envelope, got no part"));
        Answer answer = envelope.read(operation, root.contentType(), root.content());
        Optional<Part> part = reader.next();
        while (part.isPresent()) {
            Part next = part.get();
            parts.accept("cid:" + next.id(), next.contentType(), next.content());
            part = reader.next();
        }
        return answer;
    }

    private static ProblemException malformed(String expected) {
        return ProblemException.of(
                ProblemCode.DOCUMENT_INVALID,
                "expected in a multipart answer " + expected,
                "ask the operator of the service for an answer without MTOM");
    }
}
