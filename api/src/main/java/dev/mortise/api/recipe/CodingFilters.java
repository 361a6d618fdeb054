package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Filter.Param;
import dev.mortise.api.recipe.Pipe.Args;
import dev.mortise.api.recipe.Value.Shape;
import dev.mortise.api.recipe.codec.Malformed;
import dev.mortise.api.recipe.codec.Percent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Encodings and the way back, which has the same name with `-decode`. Decoding is strict: a text
/// that encoding would not have given is refused. `base64-decode-lenient` also takes a text
/// without `=` at its end and with stray bits in its last letter.
final class CodingFilters {
    private static final HexFormat LOWER = HexFormat.of();
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();

    private CodingFilters() {}

    static List<Filter> all() {
        List<Filter.Coding> codings =
                List.of(
                        coding("hex", b -> ascii(LOWER.formatHex(b)), b -> LOWER.parseHex(text(b))),
                        coding("HEX", b -> ascii(UPPER.formatHex(b)), b -> UPPER.parseHex(text(b))),
                        coding("base64", Base64.getEncoder()::encode, Base64.getDecoder()::decode),
                        coding(
                                "base64url",
                                Base64.getUrlEncoder().withoutPadding()::encode,
                                Base64.getUrlDecoder()::decode),
                        urlencode());
        List<Filter> filters = new ArrayList<>(codings);
        for (Filter.Coding coding : codings) {
            filters.add(plain(coding.name() + "-decode", (b, args) -> strictly(coding, b, args)));
        }
        filters.add(
                plain(
                        "base64-decode-lenient",
                        (b, _) -> decode("base64", Base64.getMimeDecoder()::decode, b)));
        return filters;
    }

    private interface Way {
        byte[] apply(byte[] bytes);
    }

    private static Filter.Coding coding(String name, Way encode, Way decode) {
        return new Filter.Coding(
                name,
                List.of(),
                (bytes, _) -> encode.apply(bytes),
                (bytes, _) -> decode(name, decode, bytes));
    }

    /// Percent-encoding; its argument names characters that stay, beside letters, digits, `-._~`.
    private static Filter.Coding urlencode() {
        return new Filter.Coding(
                "urlencode",
                List.of(Param.value("characters kept").orNone()),
                (bytes, args) -> Percent.encodeBytes(bytes, args.text(0, "")),
                (bytes, _) -> Percent.decode(bytes, false));
    }

    private static byte[] decode(String name, Way decode, byte[] bytes) {
        try {
            return decode.apply(bytes);
        } catch (IllegalArgumentException e) {
            throw new Malformed("a value in " + name);
        }
    }

    private static byte[] strictly(Filter.Coding coding, byte[] bytes, Args args) {
        byte[] decoded = coding.decode().code(bytes, args);
        boolean same = Arrays.equals(coding.encode().code(decoded, args), bytes);
        if (!same && !coding.name().equals("urlencode")) {
            throw new Malformed("a value in " + coding.name());
        }
        return decoded;
    }

    private static Filter plain(String name, Filter.Code code) {
        return new Filter.Plain(
                name,
                Shape.BYTES,
                Shape.BYTES,
                List.of(),
                (value, args) -> Value.of(code.code(value.bytes(), args)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
