package dev.mortise.api.page;

import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// In which form a body is sent. Each is written from the same tree, and becomes bytes once.
public enum BodyForm {
    JSON("application/json; charset=utf-8"),
    /// Names and values as browsers send them; what is no single value goes as JSON text.
    FORM("application/x-www-form-urlencoded"),
    /// One part a name (RFC 7578): text, JSON for what is no single value, and files.
    MULTIPART("multipart/form-data"),
    /// An object with one name, that of the root element; `@name` is an attribute, `#text` the
    // text.
    XML("application/xml; charset=utf-8"),
    /// A header and a line a row.
    CSV("text/csv; charset=utf-8"),
    /// A JSON value a line.
    NDJSON("application/x-ndjson");

    private static final JsonMapper TREES =
            JsonMapper.builder()
                    .enable(tools.jackson.core.StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build();

    private final String type;

    BodyForm(String type) {
        this.type = type;
    }

    public static BodyForm read(TreeReader reader, String word) {
        List<String> words =
                Arrays.stream(values()).map(form -> form.name().toLowerCase(Locale.ROOT)).toList();
        return valueOf(reader.choice(word, "json", words).toUpperCase(Locale.ROOT));
    }

    /// Whether rows can be written so.
    public void check(TreeReader reader, int rows, List<String> wrap) {
        switch (this) {
            case JSON -> {}
            case FORM, MULTIPART -> {
                if (rows > 1 || !wrap.isEmpty()) {
                    reader.invalid("body_as", "json, xml, csv or ndjson for more than one row");
                }
            }
            case XML -> {
                if (wrap.size() < (rows > 1 ? 2 : 1)) {
                    reader.invalid(
                            "body", "a path of element names, such as '$.orders.order', for xml");
                }
            }
            case CSV, NDJSON -> {
                if (!wrap.isEmpty()) {
                    reader.invalid("body", "to be left out: the body is its rows");
                }
            }
        }
    }

    /// The content type that goes with a body.
    public String type(byte[] body) {
        return this == MULTIPART ? type + "; boundary=" + Multipart.boundary(body) : type;
    }

    public byte[] bytes(JsonNode node) {
        return switch (this) {
            case JSON -> TREES.writeValueAsBytes(node);
            case FORM -> form(node).getBytes(StandardCharsets.UTF_8);
            case MULTIPART -> Multipart.bytes(entries(node), BodyForm::text);
            case XML -> xml(node).getBytes(StandardCharsets.UTF_8);
            case CSV -> csv(rows(node)).getBytes(StandardCharsets.UTF_8);
            case NDJSON -> lines(rows(node));
        };
    }

    /// What a value is as text: nothing for null, JSON for what is no single value.
    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isString() ? value.stringValue() : TREES.writeValueAsString(value);
    }

    private static Set<Map.Entry<String, JsonNode>> entries(JsonNode node) {
        if (!node.isObject()) {
            throw ProblemException.of(
                    ProblemCode.OPTION_INVALID,
                    "expected a body of names and values for this 'body_as', got "
                            + node.getNodeType(),
                    "let 'body' be names with values, or send it as json");
        }
        return node.properties();
    }

    private static String form(JsonNode node) {
        StringJoiner pairs = new StringJoiner("&");
        for (Map.Entry<String, JsonNode> entry : entries(node)) {
            pairs.add(encode(entry.getKey()) + "=" + encode(text(entry.getValue())));
        }
        return pairs.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String xml(JsonNode node) {
        Set<Map.Entry<String, JsonNode>> roots = entries(node);
        if (roots.size() != 1) {
            throw ProblemException.of(
                    ProblemCode.OPTION_INVALID,
                    "expected one name, that of the root element, in a body sent as xml, got "
                            + roots.size(),
                    "put the body below one name");
        }
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        roots.forEach(root -> elements(root.getKey(), root.getValue(), xml));
        return xml.toString();
    }

    private static void elements(String name, JsonNode value, StringBuilder xml) {
        if (value.isArray()) {
            value.forEach(item -> elements(name, item, xml));
            return;
        }
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}._:-]*")) {
            throw ProblemException.of(
                    ProblemCode.CAST_FAILED,
                    "expected the name of an XML element, got '" + name + "'",
                    "rename it in a map step or in 'columns'");
        }
        xml.append('<').append(name);
        if (value.isObject()) {
            value.properties().stream()
                    .filter(entry -> entry.getKey().startsWith("@"))
                    .forEach(entry -> attribute(entry, xml));
        }
        xml.append('>');
        if (value.isObject()) {
            value.properties().stream()
                    .filter(entry -> !entry.getKey().startsWith("@"))
                    .forEach(entry -> inner(entry, xml));
        } else {
            escape(text(value), xml);
        }
        xml.append("</").append(name).append('>');
    }

    private static void attribute(Map.Entry<String, JsonNode> entry, StringBuilder xml) {
        xml.append(' ').append(entry.getKey().substring(1)).append("=\"");
        escape(text(entry.getValue()), xml);
        xml.append('"');
    }

    private static void inner(Map.Entry<String, JsonNode> entry, StringBuilder xml) {
        if (entry.getKey().equals("#text")) {
            escape(text(entry.getValue()), xml);
        } else {
            elements(entry.getKey(), entry.getValue(), xml);
        }
    }

    private static void escape(String text, StringBuilder xml) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                case '\r' -> xml.append("&#13;");
                default -> xml.append(allowed(c) ? c : '\uFFFD');
            }
        }
    }

    private static boolean allowed(char c) {
        return c >= ' ' || c == '\t' || c == '\n';
    }

    private static List<JsonNode> rows(JsonNode node) {
        List<JsonNode> rows = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(rows::add);
        } else {
            rows.add(node);
        }
        return rows;
    }

    private static String csv(List<JsonNode> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> entries(row).forEach(entry -> names.add(entry.getKey())));
        StringBuilder csv = new StringBuilder();
        StringJoiner header = new StringJoiner(",", "", "\r\n");
        names.forEach(name -> header.add(quote(name)));
        csv.append(header);
        for (JsonNode row : rows) {
            StringJoiner line = new StringJoiner(",", "", "\r\n");
            for (String name : names) {
                JsonNode value = row.get(name);
                line.add(value == null || value.isNull() ? "" : quote(text(value)));
            }
            csv.append(line);
        }
        return csv.toString();
    }

    private static String quote(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static byte[] lines(List<JsonNode> rows) {
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(TREES.writeValueAsString(row)).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
