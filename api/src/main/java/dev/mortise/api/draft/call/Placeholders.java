package dev.mortise.api.draft.call;

import dev.mortise.spi.option.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts `${env:NAME}` in the place of secrets and tells which. Equal secrets of one name share a
/// variable; the secrets themselves are kept only while a document is read.
public final class Placeholders {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^{}]{1,200})}}");

    private static final int NAME_MAX = 200;

    private final String connection;
    private final Findings findings;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();

    public Placeholders(String connection, Findings findings) {
        this.connection = connection;
        this.findings = findings;
    }

    /// The value as a definition writes it: literal, or a placeholder when it is a secret.
    public String value(String name, String value, Place place) {
        Matcher variable = VARIABLE.matcher(value);
        if (variable.find()) {
            return variable(name, variable.group(1).strip(), place);
        }
        boolean open = value.isBlank() || value.equals("true") || value.equals("false");
        return !open && Secrets.is(name, value) ? secret(name, value, place) : Names.literal(value);
    }

    /// Whether YAML can hold a name; one that is too long is told.
    boolean fits(String name, Place place) {
        boolean fits = name.length() <= NAME_MAX;
        if (!fits) {
            findings.leftOut(place, "a field has a name that is too long", "");
        }
        return fits;
    }

    /// What stands for a variable that the document does not set.
    private String variable(String name, String variable, Place place) {
        if (Secrets.isNamed(name) || Secrets.isNamed(variable)) {
            return secret(variable, "", place);
        }
        findings.fillIn(
                place,
                "'%s' takes the variable '%s', which the document does not set"
                        .formatted(Names.title(name), Names.title(variable)),
                "put its value in the place of " + FillIn.TEXT);
        return FillIn.TEXT;
    }

    /// A placeholder for what is a secret whatever it is called.
    ///
    /// @param value empty when the document has none
    public String secret(String name, String value, Place place) {
        String variable = variables.computeIfAbsent(name + "\n" + value, _ -> variable(name));
        String message =
                value.isEmpty()
                        ? "'" + Names.title(name) + "' is a secret"
                        : "'" + Names.title(name) + "' held a secret, which is not carried over";
        findings.secret(place, message, "set the environment variable '" + variable + "'");
        return Names.reference(variable);
    }

    private String variable(String name) {
        String variable = Names.variable(connection, name);
        int count = taken.merge(variable, 1, Integer::sum);
        return count == 1 ? variable : variable + "_" + count;
    }
}
