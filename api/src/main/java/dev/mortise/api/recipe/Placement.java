package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Verifier.Refusal;
import dev.mortise.api.recipe.codec.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a value stands in a message, and how it is written there.
///
/// @param prefix stands before everything
/// @param separator stands between the items and cuts what is received; empty when there is one
///     item. Received items may come in any order, with unknown ones among them
record Placement(Spot spot, String name, String prefix, String separator, List<Template> items) {
    /// Most items a received value is cut into.
    static final int ITEMS_MAX = 50;

    /// The parts of a message that a value can be placed in.
    enum Spot {
        HEADER,
        QUERY,
        FORM,
        /// A member of the object that the body is.
        JSON
    }

    Placement {
        items = List.copyOf(items);
    }

    List<String> names() {
        return items.stream().flatMap(item -> item.names().stream()).toList();
    }

    String place() {
        return spot.name().toLowerCase(Locale.ROOT) + " '" + name + "'";
    }

    /// What is placed. An item all of whose values are empty is left out, as optional settings may
    /// be; nothing is placed when no item is left.
    Optional<String> render(Scope scope) {
        List<String> texts = new ArrayList<>();
        for (Template item : items) {
            if (!isIdle(item, scope)) {
                texts.add(text(item.render(scope)));
            }
        }
        return texts.isEmpty()
                ? Optional.empty()
                : Optional.of(prefix + String.join(separator, texts));
    }

    private static boolean isIdle(Template item, Scope scope) {
        return !item.names().isEmpty()
                && item.names().stream().allMatch(n -> scope.value(n).bytes().length == 0);
    }

    Message write(Message message, String value) {
        return switch (spot) {
            case HEADER -> message.withHeader(name, value);
            case QUERY -> message.withQuery(name, value);
            case FORM -> message.withForm(name, value);
            case JSON -> message.withJson(name, value);
        };
    }

    /// The values a received message has for the names placed here; a name may have several when
    /// items are cut apart.
    ///
    /// @throws Refusal when the value is missing, there twice, or not of this form
    Map<String, List<String>> read(Scope scope) {
        if (items.stream().allMatch(item -> isOptional(item, scope))) {
            return Map.of();
        }
        String text = received(scope.message());
        if (!text.startsWith(prefix)) {
            throw malformed();
        }
        String rest = text.substring(prefix.length());
        return separator.isEmpty() ? whole(rest) : cut(rest, scope);
    }

    private Map<String, List<String>> whole(String text) {
        Map<String, List<String>> values = new HashMap<>();
        items.getFirst()
                .read(text)
                .orElseThrow(this::malformed)
                .forEach((name, value) -> values.put(name, List.of(value)));
        return values;
    }

    private Map<String, List<String>> cut(String text, Scope scope) {
        String between = separator.isBlank() ? separator : separator.strip();
        String[] parts = text.split(Pattern.quote(between), ITEMS_MAX + 1);
        if (parts.length > ITEMS_MAX) {
            throw malformed();
        }
        Map<String, List<String>> values = new HashMap<>();
        for (Template item : items) {
            List<Map<String, String>> found = new ArrayList<>();
            for (String part : parts) {
                item.read(part.strip()).ifPresent(found::add);
            }
            if (found.isEmpty() && !isOptional(item, scope)) {
                throw malformed();
            }
            found.forEach(
                    one ->
                            one.forEach(
                                    (name, value) ->
                                            values.computeIfAbsent(name, _ -> new ArrayList<>())
                                                    .add(value)));
        }
        return values;
    }

    /// Whether an item may be missing because what it holds is empty here.
    private static boolean isOptional(Template item, Scope scope) {
        return !item.names().isEmpty()
                && item.names().stream()
                        .allMatch(
                                name ->
                                        scope.pipe(name).isEmpty()
                                                && !scope.setting(name).required()
                                                && scope.value(name).bytes().length == 0);
    }

    private String received(Message message) {
        List<String> values =
                switch (spot) {
                    case HEADER -> message.headers(name);
                    case QUERY -> named(message.queryParams());
                    case FORM -> named(message.formParams());
                    case JSON -> List.of(text(JsonText.field(message.body(), name)));
                };
        if (values.size() > 1) {
            throw new Refusal(
                    Verdict.Reason.AMBIGUOUS, "expected one " + place() + ", found several");
        }
        Optional<String> value = values.stream().findFirst();
        return value.orElseThrow(
                () -> new Refusal(Verdict.Reason.MISSING, place() + " is missing"));
    }

    private List<String> named(List<Pair> pairs) {
        return pairs.stream().filter(p -> p.name().equals(name)).map(Pair::value).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Refusal malformed() {
        return new Refusal(
                Verdict.Reason.MALFORMED, place() + " is not of the form the recipe places there");
    }
}
