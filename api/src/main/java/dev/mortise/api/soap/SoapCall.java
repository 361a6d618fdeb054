package dev.mortise.api.soap;

import dev.mortise.api.soap.schema.Documents;
import dev.mortise.api.soap.wsdl.Operation;
import dev.mortise.api.soap.wsdl.Wsdl;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One operation of a service, ready to be called: JSON becomes the body of a POST, and what comes
/// back becomes JSON. The door of this package; it opens no connection.
///
/// JSON ─► [#request] ─► POST, by whoever holds the connection ─► [#reply] ─► JSON or a problem
///
/// Numbers keep every digit. What may repeat is a list even when it stands there once. The JSON is
/// that of [dev.mortise.api.soap.wsdl.Message]; attributes have `@` in front, text beside them is
/// `#text`. Never changes, so threads may share it.
public final class SoapCall {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /// What is to be posted.
    ///
    /// @param headers `Content-Type` and `Accept`; for SOAP 1.1 `SOAPAction` in its quotes
    // The body is handed on, never compared.
    @SuppressWarnings("ArrayRecordComponent")
    public record Request(Map<String, String> headers, byte[] body) {
        public Request {
            headers = Map.copyOf(headers);
        }
    }

    /// What came back.
    ///
    /// @param json the content of the body
    /// @param headers the header blocks the operation declares, a JSON object by their names
    /// @param notes where the answer departs from the schema, a hundred at most; nothing is lost
    ///     that the schema knows
    public record Reply(String json, String headers, List<Problem> notes) {
        public Reply {
            notes = List.copyOf(notes);
        }
    }

    private final Operation operation;
    private final Envelope envelope;
    private final Optional<Security> security;
    private final Optional<Verification> verification;

    private SoapCall(
            Operation operation,
            Envelope envelope,
            Optional<Security> security,
            Optional<Verification> verification) {
        this.operation = operation;
        this.envelope = envelope;
        this.security = security;
        this.verification = verification;
    }

    /// @param id of the operation, as [Wsdl] lists it
    /// @throws ProblemException when the service has no such operation; the fix names the nearest
    public static SoapCall of(Wsdl wsdl, String id) {
        Optional<Security> none = Optional.empty();
        return new SoapCall(wsdl.operation(id), new Envelope(), none, Optional.empty());
    }

    /// Reads the WSDL first; each call of this parses it again.
    ///
    /// @param documents decides which files and hosts may be read
    /// @throws ProblemException as [Wsdl#read] and [#of(Wsdl, String)]
    public static SoapCall of(Documents documents, String location, String id) {
        return of(Wsdl.read(documents, location), id);
    }

    /// The same call with a header of WS-Security. A password as text wants TLS.
    public SoapCall with(Security header) {
        return new SoapCall(operation, envelope, Optional.of(header), verification);
    }

    /// The same call, whose answers must be signed; others are `LOGIN_REFUSED`.
    public SoapCall with(Verification answers) {
        return new SoapCall(operation, envelope, security, Optional.of(answers));
    }

    /// The same call with an element of text, in the call or the answer, that holds JSON.
    ///
    /// @param path without indexes, as `$.jsonParam`
    /// @throws IllegalArgumentException when it is no path
    public SoapCall jsonIn(String path) {
        return new SoapCall(operation.jsonIn(path), envelope, security, verification);
    }

    /// The address the WSDL gives; empty when it gives none.
    public String address() {
        return operation.endpoint().location();
    }

    /// Everything that keeps values from being sent, a hundred problems at most; their places are
    /// paths into the JSON. Nothing means that [#request] will not refuse them.
    public List<Problem> check(String json, String headers) {
        try {
            return envelope.check(operation, tree(json, "the body"), headers(headers));
        } catch (ProblemException e) {
            return List.of(e.problem());
        }
    }

    /// The request for values.
    ///
    /// @param json an object with the parameters
    /// @param headers an object with header blocks by name; `{}` for none
    /// @throws ProblemException `DOCUMENT_INVALID` when it is no JSON, or the first of [#check]
    public Request request(String json, String headers) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            envelope.write(operation, tree(json, "the body"), headers(headers), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Type", operation.contentType());
        fields.put("Accept", operation.endpoint().version().mediaType() + ", multipart/related");
        operation.actionHeader().ifPresent(action -> fields.put("SOAPAction", action));
        return new Request(fields, body.toByteArray());
    }

    private Headers headers(String json) {
        JsonNode blocks = tree(json, "the headers");
        if (blocks instanceof ObjectNode object) {
            return new Headers(object, security);
        }
        throw noJson("the headers", "an object");
    }

    private static JsonNode tree(String json, String what) {
        try {
            return MAPPER.readTree(json.isBlank() ? "{}" : json);
        } catch (JacksonException e) {
            throw noJson(what, "JSON: " + e.getOriginalMessage());
        }
    }

    private static ProblemException noJson(String what, String expected) {
        return ProblemException.of(
                        ProblemCode.DOCUMENT_INVALID,
                        "expected " + expected,
                        "give an object as the template of the operation has it")
                .at(what);
    }

    /// Whether an answer may hold an envelope, whatever its status: faults come with 500.
    ///
    /// @param contentType of the answer; empty when it has none
    public static boolean mayHold(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT).strip();
        return type.contains("xml") || type.startsWith("multipart/related");
    }

    /// Reads an answer to its end, whatever its status. Parts beside the envelope are put into the
    /// JSON as Base64, [Inlining#BYTES_MAX] in all. The stream stays open.
    ///
    /// @param contentType of the answer; empty when it has none
    /// @throws ProblemException when it is a fault, see [SoapFault#problem]; is no envelope; has a
    ///     DTD; is too large or too deep; or is not signed and must be
    /// @throws IOException when the stream does
    public Reply reply(String contentType, InputStream in) throws IOException {
        InputStream answer = in;
        if (operation.oneWay() && !mayHold(contentType)) {
            return new Reply("{}", "{}", List.of());
        }
        if (verification.isPresent()) {
            byte[] bytes = Bounded.of(in, Envelope.BYTES_MAX).readAllBytes();
            verification.get().verify(bytes);
            answer = new ByteArrayInputStream(bytes);
        }
        Inlining parts = new Inlining();
        return switch (Mtom.read(envelope, operation, contentType, answer, parts)) {
            case Answer.Returned(var value, var headers, var notes) ->
                    new Reply(parts.into(value).toString(), headers.toString(), notes);
            case Answer.Faulted(var fault) ->
                    throw new ProblemException(fault.problem(operation.id()));
        };
    }
}
