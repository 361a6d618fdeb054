package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Finding;
import dev.mortise.api.draft.call.Maps;
import dev.mortise.api.draft.call.Resource;
import dev.mortise.api.draft.text.Node;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A connection of type `http` as a document describes it, for a person to look over. All values
/// are as a definition writes them: `${env:NAME}` stands where a secret belongs.
///
/// @param title what the document calls the API; may be empty
/// @param complete whether the document lists the whole API, so that what it lacks is gone
/// @param auth the words of the option `auth`; empty for none
/// @param resources sorted by path, then method
public record Draft(
        String name,
        String title,
        Format format,
        boolean complete,
        String baseUrl,
        Map<String, String> auth,
        Map<String, String> headers,
        List<Resource> resources,
        List<Finding> findings) {
    /// Larger documents are refused.
    public static final int BYTES_MAX = 64 << 20;

    public Draft {
        auth = Maps.copy(auth);
        headers = Maps.copy(headers);
        resources = List.copyOf(resources);
        findings = List.copyOf(findings);
    }

    /// Makes a draft from the bytes of a document in UTF-8 (or UTF-16 with a byte order mark).
    ///
    /// @throws ProblemException when it cannot be read at all: `DOCUMENT_INVALID`, `YAML_INVALID`,
    ///     `FILE_FORMAT_UNKNOWN` or `LIMIT_EXCEEDED`, with its place
    public static Draft of(byte[] bytes, Hint hint) {
        if (bytes.length > BYTES_MAX) {
            throw tooLarge(hint);
        }
        if (isWsdl(
                new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1),
                hint)) {
            return new WsdlDraft(bytes, hint).read();
        }
        return of(decode(bytes, hint), hint);
    }

    private static boolean isWsdl(String start, Hint hint) {
        // A byte order mark may stand before the first letter, and zeros between the letters.
        String letters = start.replaceAll("[^\\p{ASCII}]|\\x00", "");
        return hint.format().map(f -> f == Format.WSDL).orElseGet(() -> Format.isXml(letters));
    }

    /// Makes a draft from a text.
    ///
    /// @throws ProblemException as [#of(byte[], Hint)] does
    public static Draft of(String text, Hint hint) {
        if (text.length() > BYTES_MAX) {
            throw tooLarge(hint);
        }
        if (text.isBlank()) {
            Node nothing = Node.absent(new dev.mortise.spi.option.Place(hint.file(), 1, 1));
            throw Format.unknown(nothing, "nothing");
        }
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (isWsdl(plain, hint)) {
            return new WsdlDraft(WsdlDraft.utf8(plain), hint).read();
        }
        boolean curl =
                hint.format().map(f -> f == Format.CURL).orElseGet(() -> Format.isCurl(plain));
        if (curl) {
            return new Curl(hint).read(plain);
        }
        Node root = Format.parse(hint.file(), plain);
        return switch (hint.format().orElseGet(() -> Format.of(root))) {
            case OPENAPI -> new OpenApi(root, hint).read();
            case POSTMAN -> new Postman(root, hint).read();
            case HAR -> new Har(root, hint).read();
            case CURL, WSDL -> throw Format.unknown(root, "something else");
        };
    }

    /// The document `connections/NAME.yaml`; the same draft gives the same bytes.
    public String yaml() {
        return DraftYaml.write(this);
    }

    private static String decode(byte[] bytes, Hint hint) {
        boolean big = bytes.length > 1 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF;
        boolean little = bytes.length > 1 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE;
        var charset = big || little ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            Problem problem =
                    new Problem(
                            ProblemCode.DOCUMENT_INVALID,
                            "expected a text in UTF-8, found bytes that are none",
                            hint.file(),
                            "save it as UTF-8");
            throw new ProblemException(problem, e);
        }
    }

    private static ProblemException tooLarge(Hint hint) {
        return new ProblemException(
                new Problem(
                        ProblemCode.LIMIT_EXCEEDED,
                        "a document to import holds at most " + BYTES_MAX + " bytes",
                        hint.file(),
                        "import a part of it"));
    }
}
