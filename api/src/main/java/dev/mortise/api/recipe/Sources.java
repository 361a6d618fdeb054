package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Filter.Param;
import dev.mortise.api.recipe.Pipe.Args;
import dev.mortise.api.recipe.Pipe.Source;
import dev.mortise.api.recipe.Value.Shape;
import dev.mortise.api.recipe.codec.FormPart;
import dev.mortise.api.recipe.codec.TimeUnit;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// The words a value begins with: parts of the message, the clock, chance.
final class Sources {
    private static final String ALPHANUMERIC =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final Map<String, String> ALPHABETS =
            Map.of("alnum", ALPHANUMERIC, "hex", "0123456789abcdef", "digits", "0123456789");
    private static final int UUID_HEX = 32;

    private static final Map<String, Source> ALL = all();

    private Sources() {}

    static Map<String, Source> byName() {
        return ALL;
    }

    private static Map<String, Source> all() {
        Map<String, Source> byName = new LinkedHashMap<>();
        Stream.of(parts(), chosen(), fresh())
                .flatMap(List::stream)
                .forEach(source -> byName.put(source.name(), source));
        return byName;
    }

    /// Parts of the message, as sent.
    private static List<Source> parts() {
        return List.of(
                text("method", Message::method),
                text("scheme", Message::scheme),
                text("host", Message::host),
                text("path", Message::rawPath),
                text("query", Message::rawQuery),
                text("path_query", Message::pathAndQuery),
                text("url", m -> m.scheme() + "://" + m.host() + m.pathAndQuery()),
                bytes("body", List.of(), args -> Value.of(args.scope().message().body())),
                pairs("query_params", Message::queryParams),
                pairs("form", Message::formParams),
                pairs("params", Message::params));
    }

    /// What the arguments choose.
    private static List<Source> chosen() {
        List<Param> names = List.of(Param.word("name or name*").many());
        List<Param> count = List.of(Param.number("bytes"));
        return List.of(
                bytes("header", List.of(Param.word("name")), Sources::header),
                bytes("part", List.of(Param.word("name")), Sources::part),
                new Source("headers", Shape.PAIRS, false, names, Sources::headers),
                bytes("ordered", List.of(Param.value("value").many()), Sources::ordered),
                bytes("zeros", count, args -> Value.of(new byte[args.number(0)])));
    }

    /// What is new each time.
    private static List<Source> fresh() {
        Param alphabet = Param.word("alphabet", "alnum", "digits", "hex").orNone();
        List<Param> unit = List.of(Param.word("unit", TimeUnit.words()));
        List<Param> letters = List.of(Param.number("characters"), alphabet);
        return List.of(
                new Source("now", Shape.BYTES, true, unit, Sources::now),
                new Source("random", Shape.BYTES, true, letters, Sources::random),
                new Source("uuid", Shape.BYTES, true, List.of(), Sources::uuid));
    }

    private static Source bytes(String name, List<Param> params, Source.Act act) {
        return new Source(name, Shape.BYTES, false, params, act);
    }

    private static Source text(String name, Function<Message, String> part) {
        return new Source(
                name,
                Shape.BYTES,
                false,
                List.of(),
                args -> Value.of(part.apply(args.scope().message())));
    }

    private static Source pairs(String name, Function<Message, List<Pair>> part) {
        return new Source(
                name,
                Shape.PAIRS,
                false,
                List.of(),
                args -> new Value.Pairs(part.apply(args.scope().message())));
    }

    /// The value of a header; of several their values joined by `, ` as HTTP allows. `Host` is
    /// that of the message when it was not written as a header.
    private static Value header(Args args) {
        return Value.of(header(args.scope().message(), args.word(0)));
    }

    /// Of a body in parts the one of this name; any other body whole.
    private static Value part(Args args) {
        Message message = args.scope().message();
        String type = header(message, "Content-Type");
        boolean parted = type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
        return Value.of(parted ? FormPart.of(message.body(), type, args.word(0)) : message.body());
    }

    private static String header(Message message, String name) {
        List<String> values = message.headers(name);
        if (values.isEmpty() && name.equalsIgnoreCase("host")) {
            return message.host();
        }
        return String.join(", ", values.stream().map(String::strip).toList());
    }

    /// The headers of these names or, with a `*` at the end, beginnings of names, that the message
    /// has; names in lower case, values without blanks around them.
    private static Value headers(Args args) {
        Message message = args.scope().message();
        Map<String, String> found = new LinkedHashMap<>();
        for (String word : args.words()) {
            String wanted = word.toLowerCase(Locale.ROOT);
            if (wanted.equals("host") || !message.headers(wanted).isEmpty()) {
                found.put(wanted, header(message, wanted));
            }
            for (Pair header : message.headers()) {
                String name = header.name().toLowerCase(Locale.ROOT);
                if (wanted.endsWith("*")
                        && name.startsWith(wanted.substring(0, wanted.length() - 1))) {
                    found.put(name, header(message, name));
                }
            }
        }
        return new Value.Pairs(
                found.entrySet().stream().map(e -> new Pair(e.getKey(), e.getValue())).toList());
    }

    /// The values in the order of their bytes, one after the other.
    private static Value ordered(Args args) {
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            values.add(args.bytes(i));
        }
        values.sort(Arrays::compareUnsigned);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        values.forEach(joined::writeBytes);
        return Value.of(joined.toByteArray());
    }

    private static Value now(Args args) {
        TimeUnit unit = TimeUnit.of(args.word(0));
        return Value.of(unit.format(args.scope().signing().clock().instant()));
    }

    private static Value random(Args args) {
        String alphabet = ALPHABETS.getOrDefault(args.word(1, "alnum"), ALPHANUMERIC);
        return Value.of(random(args.scope(), args.number(0), alphabet));
    }

    private static String random(Scope scope, int count, String alphabet) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(scope.signing().random().nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /// A random UUID (version 4).
    private static Value uuid(Args args) {
        StringBuilder hex = new StringBuilder(random(args.scope(), UUID_HEX, "0123456789abcdef"));
        hex.setCharAt(12, '4');
        hex.setCharAt(16, "89ab".charAt(args.scope().signing().random().nextInt(4)));
        hex.insert(20, '-').insert(16, '-').insert(12, '-').insert(8, '-');
        return Value.of(hex.toString());
    }
}
