package dev.mortise.api.cassette;

import dev.mortise.spi.connect.Tapes.Answered;
import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Conversation;
import dev.mortise.spi.connect.Tapes.Exchange;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Replaces the values of fields that say who somebody is. A field is named by its last names:
/// `payer.phone` is each `phone` right below a `payer`, in a list too, and in JSON that stands in a
/// text. What a later request takes from such a field is replaced there as well.
///
/// @param fields none to leave everything as it is
/// @param wanted those of them that must occur: a vendor may have taken away any other
public record Masking(List<String> fields, List<String> wanted, Masks masks) {
    private static final int ERRORS = 400;

    public Masking {
        fields = List.copyOf(fields);
        wanted = List.copyOf(wanted);
    }

    /// Leaves everything as it is.
    public static Masking none() {
        return new Masking(List.of(), List.of(), new Masks(new byte[0]));
    }

    /// @throws ProblemException OPTION_INVALID when a field that is wanted occurs nowhere, or an
    ///     answer is no JSON, in which no field could be found
    Masked of(Conversation held) {
        if (fields.isEmpty()) {
            return new Masked(held, java.util.Map.of());
        }
        Found found = new Found();
        List<Exchange> exchanges = new ArrayList<>();
        for (Exchange one : held.exchanges()) {
            Answered answered = one.answered();
            byte[] body = found.body(one.asked(), answered);
            exchanges.add(
                    new Exchange(
                            one.asked(),
                            new Answered(answered.status(), answered.headers(), body)));
        }
        for (String field : wanted) {
            if (!found.fields.contains(field)) {
                throw ProblemException.of(
                        ProblemCode.OPTION_INVALID,
                        "no JSON answer has a text or number at field '%s'".formatted(field),
                        "name it as it stands in the answers, such as 'customer.phone'");
            }
        }
        return new Masked(new Conversation(held.at(), held.pages(), exchanges), masks.made());
    }

    /// One pass over all answers.
    private final class Found {
        private final TreeSet<String> fields = new TreeSet<>();

        byte[] body(Asked asked, Answered answered) {
            byte[] body = answered.body();
            String text = new String(body, StandardCharsets.UTF_8);
            if (text.isBlank()) {
                return body;
            }
            return Optional.of(text)
                    .filter(_ -> Concealing.isUtf8(body))
                    .flatMap(this::masked)
                    .orElseGet(() -> opaque(asked, answered))
                    .getBytes(StandardCharsets.UTF_8);
        }

        private Optional<String> masked(String text) {
            Optional<String> one = JsonDoc.of(text).map(document -> masked("", document).pretty());
            return one.or(
                    () ->
                            JsonDoc.lines(text)
                                    .map(
                                            all ->
                                                    all.stream()
                                                            .map(d -> masked("", d).single())
                                                            .collect(Collectors.joining("\n"))));
        }

        /// Of an error its status is enough.
        private String opaque(Asked asked, Answered answered) {
            if (answered.status() >= ERRORS) {
                return "";
            }
            int query = asked.address().indexOf('?');
            String path = query < 0 ? asked.address() : asked.address().substring(0, query);
            throw ProblemException.of(
                    ProblemCode.OPTION_INVALID,
                    "only fields of JSON can be masked, and the answer to %s '%s' is none"
                            .formatted(asked.method(), path),
                    "record it without '--mask' and keep the cassette to yourself, or leave it");
        }

        private JsonDoc masked(String path, JsonDoc node) {
            return switch (node) {
                case JsonDoc.Struct(var members) ->
                        new JsonDoc.Struct(members.stream().map(m -> masked(path, m)).toList());
                case JsonDoc.Items(var items) ->
                        new JsonDoc.Items(items.stream().map(item -> masked(path, item)).toList());
                case JsonDoc.Value value -> value(path, value);
            };
        }

        private JsonDoc.Member masked(String path, JsonDoc.Member member) {
            String inner = path + "." + member.name();
            return new JsonDoc.Member(member.name(), masked(inner, member.value()));
        }

        private JsonDoc value(String path, JsonDoc.Value value) {
            boolean fixed = !value.string() && value.text().matches("null|true|false");
            List<String> named =
                    Masking.this.fields.stream().filter(f -> path.endsWith("." + f)).toList();
            if (fixed) {
                return value;
            }
            if (named.isEmpty()) {
                return value.string() ? nested(path, value) : value;
            }
            fields.addAll(named);
            return new JsonDoc.Value(masks.mask(value.text()), value.string());
        }

        /// A text that is JSON itself stays as it is unless something in it has a mask.
        private JsonDoc nested(String path, JsonDoc.Value value) {
            Optional<JsonDoc> inner = JsonDoc.of(value.text());
            Optional<JsonDoc> masked = inner.map(document -> masked(path, document));
            return masked.equals(inner)
                    ? value
                    : new JsonDoc.Value(masked.orElseThrow().single(), true);
        }
    }
}
