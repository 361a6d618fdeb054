package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Secrets;
import dev.mortise.api.draft.text.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The variables of a collection. What is secret by name, type or look is not put in, so that its
/// `{{name}}` stays and becomes a placeholder later.
final class PostmanVariables {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^{}]{1,200})}}");
    private static final int ROUNDS_MAX = 5;
    private static final int LENGTH_MAX = 1 << 20;

    private final Map<String, String> values = new HashMap<>();

    PostmanVariables(Node collection) {
        for (Node variable : collection.items("variable")) {
            String name = variable.text("key").or(() -> variable.text("id")).orElse("");
            String value = variable.text("value", "");
            boolean secret = variable.text("type", "").equals("secret") || Secrets.is(name, value);
            if (!secret && !value.isBlank() && !variable.isTrue("disabled")) {
                values.put(name, value);
            }
        }
    }

    /// The text with what is known put in; a variable may name others.
    String resolve(String text) {
        String resolved = text;
        for (int i = 0; i < ROUNDS_MAX && resolved.contains("{{"); i++) {
            String next =
                    VARIABLE.matcher(resolved)
                            .replaceAll(
                                    found ->
                                            Matcher.quoteReplacement(
                                                    values.getOrDefault(
                                                            found.group(1).strip(),
                                                            found.group())));
            if (next.equals(resolved) || next.length() > LENGTH_MAX) {
                return resolved;
            }
            resolved = next;
        }
        return resolved;
    }

    /// A body with what is known put in; an unknown variable outside of quotes becomes a text.
    String json(String body) {
        return resolve(body)
                .replaceAll("([:\\[,]\\s*)(\\{\\{[^{}\"]+}})(?=\\s*[,}\\]])", "$1\"$2\"");
    }
}
