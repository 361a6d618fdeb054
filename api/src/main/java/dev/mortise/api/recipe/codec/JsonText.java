package dev.mortise.api.recipe.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/// Reads parts of JSON without writing the whole anew, for what is signed are the bytes sent.
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String ANY = "*";

    private final byte[] json;
    private final JsonParser parser;

    private JsonText(byte[] json) {
        this.json = json;
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /// The bytes of a member of an object, as they stand in the text; of a string its characters.
    ///
    /// @param path names with dots between them; a `*` at the beginning of a name stands for any
    ///     characters: `*_response`
    /// @throws Malformed when the text is no JSON, or has no such member, or more than one, which
    ///     two readers might take differently
    public static byte[] field(byte[] json, String path) {
        byte[] found = json;
        for (String name : path.split("\\.", -1)) {
            try {
                found = new JsonText(found).member(name);
            } catch (JacksonException e) {
                throw new Malformed("a body in JSON");
            }
        }
        return found;
    }

    private byte[] member(String wanted) {
        byte[] found = null;
        boolean object = parser.nextToken() == JsonToken.START_OBJECT;
        while (object && parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean matches = matches(parser.currentName(), wanted);
            parser.nextToken();
            if (matches && found != null) {
                throw new Malformed("one member '" + wanted + "' in the JSON, not two");
            }
            if (matches) {
                found = value();
            } else {
                parser.skipChildren();
            }
        }
        if (found == null || parser.nextToken() != null) {
            throw new Malformed("a member '" + wanted + "' in the JSON");
        }
        return found;
    }

    private static boolean matches(String name, String wanted) {
        return wanted.startsWith(ANY)
                ? name.endsWith(wanted.substring(ANY.length()))
                : name.equals(wanted);
    }

    private byte[] value() {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? parser.getString().getBytes(StandardCharsets.UTF_8)
                : raw();
    }

    /// The current value as it stands in the text.
    private byte[] raw() {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (from < 0) {
            // Other encodings are decoded first, and their bytes cannot be found again.
            throw new Malformed("a body in UTF-8");
        }
        parser.skipChildren();
        parser.finishToken();
        return Arrays.copyOfRange(json, from, (int) parser.currentLocation().getByteOffset());
    }

    /// The text without blanks and with the members of each object in the order of their names.
    /// Values keep their characters: `1.0` does not become `1`.
    ///
    /// @param nonempty whether members that are null or an empty text are left out
    public static byte[] sorted(byte[] json, boolean nonempty) {
        try {
            JsonText text = new JsonText(json);
            text.parser.nextToken();
            byte[] sorted = text.sortedValue(nonempty);
            if (text.parser.nextToken() != null) {
                throw new Malformed("one JSON value");
            }
            return sorted;
        } catch (JacksonException e) {
            throw new Malformed("a body in JSON");
        }
    }

    /// Nesting is bounded by the parser.
    private byte[] sortedValue(boolean nonempty) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(nonempty);
        }
        if (token == JsonToken.START_ARRAY) {
            return array(nonempty);
        }
        if (token == null) {
            throw new Malformed("a body in JSON");
        }
        return raw();
    }

    private byte[] object(boolean nonempty) {
        Map<String, byte[]> members = new TreeMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            byte[] value = sortedValue(nonempty);
            boolean empty =
                    Arrays.equals(value, ascii("null")) || Arrays.equals(value, ascii("\"\""));
            if (!(nonempty && empty) && members.put(name, value) != null) {
                throw new Malformed("one member '" + name + "' in the JSON, not two");
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        members.forEach(
                (name, value) -> {
                    out.writeBytes(ascii(out.size() == 0 ? "{" : ","));
                    out.writeBytes(quote(name).getBytes(StandardCharsets.UTF_8));
                    out.write(':');
                    out.writeBytes(value);
                });
        out.writeBytes(ascii(members.isEmpty() ? "{}" : "}"));
        return out.toByteArray();
    }

    private byte[] array(boolean nonempty) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('[');
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            out.writeBytes(out.size() == 1 ? new byte[0] : ascii(","));
            out.writeBytes(sortedValue(nonempty));
        }
        out.write(']');
        return out.toByteArray();
    }

    /// The text in quotes, with what JSON wants escaped.
    public static String quote(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    /// The object with one more member at its beginning.
    public static byte[] prepend(byte[] json, String name, String value) {
        int brace = 0;
        while (brace < json.length && Character.isWhitespace(json[brace])) {
            brace++;
        }
        if (brace == json.length || json[brace] != '{') {
            throw new Malformed("a body that is a JSON object");
        }
        boolean empty = new String(json, StandardCharsets.UTF_8).strip().matches("\\{\\s*}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(json, 0, brace + 1);
        String member = quote(name) + ":" + quote(value) + (empty ? "" : ",");
        out.writeBytes(member.getBytes(StandardCharsets.UTF_8));
        out.write(json, brace + 1, json.length - brace - 1);
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
