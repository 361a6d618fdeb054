package dev.mortise.api.cassette;

import dev.mortise.spi.connect.Tapes.Answered;
import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Conversation;
import dev.mortise.spi.connect.Tapes.Exchange;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Replaces the values of fields that say who somebody is. A field is named by its last names:
/// `payer.phone` is each `phone` right below a `payer`, in a list too. What a later request takes
/// from such a field is replaced there as well.
///
/// @param fields none to leave everything as it is
public record Masking(List<String> fields, Masks masks) {
    public Masking {
        fields = List.copyOf(fields);
    }

    /// Leaves everything as it is.
    public static Masking none() {
        return new Masking(List.of(), new Masks(new byte[0]));
    }

    /// @throws ProblemException OPTION_INVALID when a field occurs nowhere
    Conversation of(Conversation held) {
        if (fields.isEmpty()) {
            return held;
        }
        Found found = new Found();
        List<Answered> answers = new ArrayList<>();
        for (Exchange exchange : held.exchanges()) {
            Answered answered = exchange.answered();
            answers.add(
                    new Answered(
                            answered.status(), answered.headers(), found.body(answered.body())));
        }
        for (String field : fields) {
            if (!found.fields.contains(field)) {
                throw ProblemException.of(
                        ProblemCode.OPTION_INVALID,
                        "no JSON answer has a text or number at field '%s'".formatted(field),
                        "name it as it stands in the answers, such as 'customer.phone'");
            }
        }
        List<Exchange> masked = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            masked.add(new Exchange(asked(held.exchanges().get(i).asked()), answers.get(i)));
        }
        return new Conversation(held.at(), held.pages(), masked);
    }

    /// One pass over all answers.
    private final class Found {
        private final TreeSet<String> fields = new TreeSet<>();

        byte[] body(byte[] body) {
            if (!Concealing.isUtf8(body)) {
                return body;
            }
            return JsonDoc.of(new String(body, StandardCharsets.UTF_8))
                    .map(document -> masked("", document).pretty())
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .orElse(body);
        }

        private JsonDoc masked(String path, JsonDoc node) {
            return switch (node) {
                case JsonDoc.Struct(var members) ->
                        new JsonDoc.Struct(
                                members.stream()
                                        .map(
                                                m ->
                                                        new JsonDoc.Member(
                                                                m.name(),
                                                                masked(
                                                                        path + "." + m.name(),
                                                                        m.value())))
                                        .toList());
                case JsonDoc.Items(var items) ->
                        new JsonDoc.Items(items.stream().map(item -> masked(path, item)).toList());
                case JsonDoc.Value value -> value(path, value);
            };
        }

        private JsonDoc value(String path, JsonDoc.Value value) {
            boolean fixed = !value.string() && value.text().matches("null|true|false");
            List<String> named =
                    Masking.this.fields.stream().filter(f -> path.endsWith("." + f)).toList();
            if (named.isEmpty() || fixed) {
                return value;
            }
            fields.addAll(named);
            return new JsonDoc.Value(masks.mask(value.text()), value.string());
        }
    }

    private Asked asked(Asked asked) {
        return new Asked(
                asked.method(), address(asked.address()), asked.headers(), body(asked.body()));
    }

    /// Whole segments and values only: a part of one is no value of a field.
    private String address(String address) {
        StringBuilder masked = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= address.length(); i++) {
            if (i == address.length() || "/?&=".indexOf(address.charAt(i)) >= 0) {
                masked.append(part(address.substring(start, i)));
                masked.append(i == address.length() ? "" : address.charAt(i));
                start = i + 1;
            }
        }
        return masked.toString();
    }

    private String part(String raw) {
        try {
            String mask = known(URLDecoder.decode(raw, StandardCharsets.UTF_8));
            return mask.isEmpty() ? raw : dev.mortise.api.egress.Uris.encode(mask);
        } catch (IllegalArgumentException _) {
            return raw;
        }
    }

    private String known(String value) {
        Map<String, String> made = masks.made();
        return made.getOrDefault(value, "");
    }

    private byte[] body(byte[] body) {
        if (!Concealing.isUtf8(body)) {
            return body;
        }
        return JsonDoc.of(new String(body, StandardCharsets.UTF_8))
                .map(document -> known(document).pretty())
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(body);
    }

    private JsonDoc known(JsonDoc node) {
        return switch (node) {
            case JsonDoc.Struct(var members) ->
                    new JsonDoc.Struct(
                            members.stream()
                                    .map(m -> new JsonDoc.Member(m.name(), known(m.value())))
                                    .toList());
            case JsonDoc.Items(var items) ->
                    new JsonDoc.Items(items.stream().map(this::known).toList());
            case JsonDoc.Value value -> {
                String mask = known(value.text());
                yield mask.isEmpty() ? value : new JsonDoc.Value(mask, value.string());
            }
        };
    }
}
