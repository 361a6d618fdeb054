package dev.mortise.api.draft;

import dev.mortise.api.draft.text.JsonText;
import dev.mortise.api.draft.text.Node;
import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an API may be described in.
public enum Format {
    /// OpenAPI 3.0 or 3.1, or Swagger 2, as JSON or YAML.
    OPENAPI,
    /// A Postman collection, version 2.0 or 2.1.
    POSTMAN,
    /// A HTTP archive, as browsers save it (HAR 1.2).
    HAR,
    /// A WSDL 1.1 with the schemas it imports.
    WSDL,
    /// One or several curl commands.
    CURL;

    private static final Pattern CURL_WORD =
            Pattern.compile("(?m)^\\s*(\\$\\s+)?curl(\\.exe)?(\\s|$)");

    /// Whether a text is markup. Of JSON and YAML neither begins so.
    static boolean isXml(String text) {
        return text.stripLeading().startsWith("<");
    }

    /// Whether a text is commands rather than a document.
    static boolean isCurl(String text) {
        boolean json = text.stripLeading().startsWith("{");
        return !json && CURL_WORD.matcher(text).find() && !isYamlOpenApi(text);
    }

    private static boolean isYamlOpenApi(String text) {
        return Pattern.compile("(?m)^['\"]?(openapi|swagger)['\"]?\\s*:").matcher(text).find();
    }

    /// The tree of a text that is no command.
    static Node parse(String file, String text) {
        String start = text.stripLeading();
        boolean json = start.startsWith("{") || start.startsWith("[");
        return Node.of(json ? JsonText.read(file, text) : YamlText.read(file, text));
    }

    /// What a tree is, by the words that only its kind has.
    ///
    /// @throws ProblemException `FILE_FORMAT_UNKNOWN` when it is none of them
    static Format of(Node root) {
        if (root.has("openapi") || root.has("swagger")) {
            return OPENAPI;
        }
        if (root.at("log", "entries").isArray()) {
            return HAR;
        }
        boolean wrapped = root.at("collection", "item").isArray();
        if (wrapped || (root.has("info") && root.at("item").isArray())) {
            return POSTMAN;
        }
        throw unknown(root, "");
    }

    static ProblemException unknown(Node root, String found) {
        String what =
                Optional.of(found)
                        .filter(word -> !word.isEmpty())
                        .orElse("a document without 'openapi', 'swagger', 'log' or 'item'");
        return new ProblemException(
                new Problem(
                        ProblemCode.FILE_FORMAT_UNKNOWN,
                        "expected OpenAPI, a WSDL, a Postman collection, a HAR or curl commands,"
                                + " found "
                                + what,
                        root.place().toString(),
                        "export it as one of these"));
    }
}
