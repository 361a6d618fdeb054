package dev.mortise.api.soap;

import dev.mortise.api.soap.schema.Particle.Child;
import dev.mortise.api.soap.wsdl.Operation;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.xml.namespace.QName;
import tools.jackson.databind.JsonNode;

/// Writes the envelope of a call and reads that of an answer.
///
/// JSON ─► check ─► envelope ─► signature, when there is one ─► stream ─► answer or fault ─► JSON
public final class Envelope {
    /// Bytes of an answer at most.
    public static final long BYTES_MAX = 256L << 20;

    private final SecurityHeader security;

    public Envelope() {
        this(InstantSource.system(), new SecureRandom());
    }

    /// @param random of nonces; must not be guessable
    public Envelope(InstantSource clock, RandomGenerator random) {
        this.security = new SecurityHeader(clock, random);
    }

    /// Everything that keeps the values from being written, a hundred problems at most; their
    /// places are paths into the JSON. Nothing means that [#write] will not refuse.
    public List<Problem> check(Operation operation, JsonNode body, Headers headers) {
        Complaints complaints = new Complaints();
        try {
            write(operation, body, headers, OutputStream.nullOutputStream(), complaints);
        } catch (ProblemException e) {
            complaints.add(e.problem());
        }
        return complaints.list();
    }

    /// Writes the envelope of a call. It is checked before the first byte leaves; a signed one is
    /// held in memory, every other goes out as it is made. The stream stays open.
    ///
    /// @param body the JSON of the operation's input; see [Message]
    /// @throws ProblemException when the values do not fit the schema; [#check] names all reasons
    /// @throws IOException when the stream does
    public void write(Operation operation, JsonNode body, Headers headers, OutputStream out)
            throws IOException {
        List<Problem> problems = check(operation, body, headers);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems.getFirst());
        }
        Optional<Security.Signing> signing = headers.security().flatMap(Security::signing);
        try {
            if (signing.isEmpty()) {
                write(operation, body, headers, out, new Complaints());
                return;
            }
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            write(operation, body, headers, plain, new Complaints());
            out.write(Signature.sign(plain.toByteArray(), signing.get()));
            out.flush();
        } catch (UncheckedIOException e) {
            throw new IOException("writing the envelope", e);
        }
    }

    private void write(
            Operation operation,
            JsonNode body,
            Headers headers,
            OutputStream stream,
            Complaints complaints) {
        Markup out = new Markup(stream);
        String soap = operation.endpoint().version().namespace();
        BodyWriter writer = new BodyWriter(out, complaints, operation.json());
        out.start(new QName(soap, "Envelope"));
        if (headers.security().isPresent() || !headers.blocks().isEmpty()) {
            out.start(new QName(soap, "Header"));
            headers.security()
                    .ifPresent(s -> security.write(out, s, operation.endpoint().version()));
            blocks(operation, headers, writer, complaints);
            out.end();
        }
        out.start(new QName(soap, "Body"));
        parts(operation.input().parts(), body, writer, complaints);
        out.end();
        out.end();
        out.flush();
    }

    private static void blocks(
            Operation operation, Headers headers, BodyWriter writer, Complaints complaints) {
        List<Child> known = operation.input().headers();
        for (Map.Entry<String, JsonNode> block : headers.blocks().properties()) {
            Path path = Path.ROOT.child(block.getKey());
            known.stream()
                    .filter(c -> c.key().equals(block.getKey()))
                    .findFirst()
                    .ifPresentOrElse(
                            c -> writer.child(c, block.getValue(), path),
                            () ->
                                    complaints.add(
                                            ProblemCode.WORD_UNKNOWN,
                                            path,
                                            "unknown header '%s'".formatted(block.getKey()),
                                            Nearest.fix(
                                                    block.getKey(),
                                                    known.stream().map(Child::key).toList())));
        }
    }

    private static void parts(
            List<Child> parts, JsonNode body, BodyWriter writer, Complaints complaints) {
        if (parts.size() == 1) {
            writer.child(parts.getFirst(), body, Path.ROOT);
            return;
        }
        for (Child part : parts) {
            Path path = Path.ROOT.child(part.key());
            JsonNode value = body.get(part.key());
            if (value == null) {
                complaints.add(
                        ProblemCode.WORD_MISSING,
                        path,
                        "expected the part '%s', got none".formatted(part.key()),
                        "add the key");
                continue;
            }
            writer.child(part, value, path);
        }
        List<String> keys = parts.stream().map(Child::key).toList();
        for (String key : body.propertyNames()) {
            if (!keys.contains(key)) {
                complaints.add(
                        ProblemCode.WORD_UNKNOWN,
                        Path.ROOT.child(key),
                        "unknown part '%s'".formatted(key),
                        Nearest.fix(key, keys));
            }
        }
    }

    /// Reads an answer, of either version of SOAP. What departs from the schema is noted, not
    /// refused. The stream stays open.
    ///
    /// @throws ProblemException when it is no envelope, carries a DTD, or is too large or deep
    /// @throws IOException when the stream does
    public Answer read(Operation operation, InputStream in) throws IOException {
        return read(operation, "", in);
    }

    /// As [#read(Operation, InputStream)].
    ///
    /// @param contentType names the charset when the envelope does not; empty for none
    Answer read(Operation operation, String contentType, InputStream in) throws IOException {
        return new EnvelopeReader(operation.output(), operation.json()).read(contentType, in);
    }

    /// Reads an envelope as the service would: the input of an operation. For simulators and tests.
    ///
    /// @throws ProblemException as [#read]
    /// @throws IOException when the stream does
    public Answer readCall(Operation operation, InputStream in) throws IOException {
        return new EnvelopeReader(operation.input(), operation.json()).read("", in);
    }
}
