package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Filter.Param;
import dev.mortise.api.recipe.Pipe.Args;
import dev.mortise.api.recipe.Value.Shape;
import dev.mortise.api.recipe.codec.JsonText;
import dev.mortise.api.recipe.codec.Malformed;
import dev.mortise.api.recipe.codec.TimeUnit;
import dev.mortise.api.recipe.codec.XmlText;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/// Filters that cut and join bytes, and look into JSON and XML. Counts are bytes.
final class TextFilters {
    private static final int COUNT_BYTES = 4;

    private TextFilters() {}

    static List<Filter> all() {
        Param value = Param.value("value");
        Param count = Param.number("bytes");
        return List.of(
                bytes("append", (b, args) -> joined(b, args.bytes(0)), value),
                bytes("prepend", (b, args) -> joined(args.bytes(0), b), value),
                text("upper", (t, _) -> t.toUpperCase(Locale.ROOT)),
                text("lower", (t, _) -> t.toLowerCase(Locale.ROOT)),
                // The value, or another one when it is empty.
                bytes("or", (b, args) -> b.length == 0 ? args.bytes(0) : b, value),
                // Nothing when the value is empty, else the value between two texts.
                bytes("around", TextFilters::around, value, value),
                bytes("first", (b, args) -> slice(b, 0, args.number(0)), count),
                bytes("skip", (b, args) -> slice(b, args.number(0), b.length), count),
                bytes("last", (b, args) -> slice(b, b.length - args.number(0), b.length), count),
                text("remove", (t, args) -> t.replace(args.text(0), ""), value),
                text("before", (t, args) -> before(t, args.text(0)), value),
                text("after", (t, args) -> after(t, args.text(0)), value),
                // Each byte with the byte of a constant at the same place.
                bytes("xor", (b, args) -> xor(b, args.bytes(0)), value),
                // How many bytes the value has, as four bytes, the highest first.
                bytes("count32", (b, _) -> count(b)),
                // Of a value that begins with such a count: what is counted, and what follows.
                bytes("counted32", (b, _) -> slice(b, COUNT_BYTES, counted(b))),
                bytes("after-counted32", (b, _) -> slice(b, counted(b), b.length)),
                text("ending", (t, args) -> ending(t, args.text(0)), value),
                // The day of unix seconds, in UTC: `2019-02-25`.
                text("utc-day", (t, _) -> day(t)),
                bytes("field", (b, args) -> JsonText.field(b, args.word(0)), Param.word("path")),
                bytes(
                        "json-sorted",
                        (b, args) -> JsonText.sorted(b, args.word(0).equals("nonempty")),
                        Param.word("what", "all", "nonempty")),
                bytes(
                        "element",
                        (b, args) -> XmlText.element(b, args.word(0)),
                        Param.word("name")));
    }

    private static Filter bytes(
            String name, BiFunction<byte[], Args, byte[]> act, Param... params) {
        return new Filter.Plain(
                name,
                Shape.BYTES,
                Shape.BYTES,
                List.of(params),
                (value, args) -> Value.of(act.apply(value.bytes(), args)));
    }

    private static Filter text(String name, BiFunction<String, Args, String> act, Param... params) {
        return new Filter.Plain(
                name,
                Shape.BYTES,
                Shape.BYTES,
                List.of(params),
                (value, args) -> Value.of(act.apply(value.text(), args)));
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        return ByteBuffer.allocate(head.length + tail.length).put(head).put(tail).array();
    }

    private static byte[] around(byte[] bytes, Args args) {
        return bytes.length == 0 ? bytes : joined(joined(args.bytes(0), bytes), args.bytes(1));
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        if (from < 0 || from > to || to > bytes.length) {
            throw new Malformed("a value of at least " + Math.max(from, to) + " bytes");
        }
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static String before(String text, String separator) {
        return text.substring(0, index(text, separator));
    }

    private static String after(String text, String separator) {
        return text.substring(index(text, separator) + separator.length());
    }

    private static int index(String text, String separator) {
        int index = text.indexOf(separator);
        if (index < 0) {
            throw new Malformed("a value with '" + separator + "' in it");
        }
        return index;
    }

    /// The text, and the end when it does not stand there yet.
    private static String ending(String text, String end) {
        return text.endsWith(end) ? text : text + end;
    }

    private static String day(String seconds) {
        return TimeUnit.UNIX_S
                .parse(seconds)
                .orElseThrow(() -> new Malformed("unix seconds"))
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }

    private static byte[] xor(byte[] bytes, byte[] constant) {
        if (bytes.length > constant.length) {
            throw new Malformed("a value of at most " + constant.length + " bytes");
        }
        byte[] mixed = bytes.clone();
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (byte) (mixed[i] ^ constant[i]);
        }
        return mixed;
    }

    private static byte[] count(byte[] bytes) {
        return ByteBuffer.allocate(COUNT_BYTES).putInt(bytes.length).array();
    }

    /// Where the counted bytes end.
    private static int counted(byte[] bytes) {
        int count = ByteBuffer.wrap(slice(bytes, 0, COUNT_BYTES)).getInt();
        if (count < 0 || count > bytes.length - COUNT_BYTES) {
            throw new Malformed("a count of the bytes that follow");
        }
        return COUNT_BYTES + count;
    }
}
