package dev.mortise.server.template;

import dev.mortise.server.document.DocumentKind;
import java.util.List;
import java.util.Map;

/// A document with holes.
///
/// @param title by language: `zh`, `en`
/// @param text with `{{parameter}}` where a value goes; `{{name}}` is the document's own
public record Template(
        String name,
        DocumentKind kind,
        Map<String, String> title,
        Map<String, String> description,
        List<Parameter> parameters,
        String text) {
    public Template {
        parameters = List.copyOf(parameters);
    }

    /// What goes into a hole.
    ///
    /// @param kind what such a value may look like
    public record Parameter(String name, Kind kind, String fallback, Map<String, String> title) {
        /// Each says what a value may be made of, so that no value is more than a value in YAML or
        /// SQL.
        public enum Kind {
            CONNECTION("[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]{0,99}"),
            DATASET("[\\p{L}\\p{N}_][\\p{L}\\p{N}_$.-]{0,199}"),
            COLUMN("[\\p{L}_][\\p{L}\\p{N}_]{0,99}"),
            PATTERN("[\\p{L}\\p{N}_$*?./-]{1,199}"),
            PATH("/[A-Za-z0-9_./~-]{0,199}"),
            URL("https?://[A-Za-z0-9.-]{1,200}(:[0-9]{1,5})?(/[A-Za-z0-9_./~-]{0,199})?");

            private final String pattern;

            Kind(String pattern) {
                this.pattern = pattern;
            }

            boolean accepts(String value) {
                return value.matches(pattern);
            }

            public String word() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }
    }

    /// The text with its holes filled.
    ///
    /// @param values checked ones, for every parameter
    String filled(String document, Map<String, String> values) {
        String filled = text.replace("{{name}}", document);
        for (Parameter parameter : parameters) {
            String value = values.getOrDefault(parameter.name(), parameter.fallback());
            filled = filled.replace("{{" + parameter.name() + "}}", value);
        }
        return filled;
    }
}
