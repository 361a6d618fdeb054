package dev.mortise.api.draft.call;

import java.util.Locale;

/// In which form a body travels, as far as the connector can tell it apart.
public enum Media {
    JSON,
    /// `application/x-www-form-urlencoded`.
    FORM,
    /// `multipart/form-data`.
    MULTIPART,
    XML,
    CSV,
    /// A JSON value a line.
    NDJSON,
    /// Whatever no resource sends or reads: text, files, pictures.
    OTHER;

    /// What a content type stands for; its parameters do not matter.
    public static Media of(String type) {
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (bare.contains("ndjson") || bare.contains("jsonl") || bare.endsWith("json-seq")) {
            return NDJSON;
        }
        if (bare.contains("json") || bare.equals("*/*") || bare.equals("application/*")) {
            return JSON;
        }
        if (bare.endsWith("x-www-form-urlencoded")) {
            return FORM;
        }
        if (bare.equals("multipart/form-data") || bare.equals("multipart/*")) {
            return MULTIPART;
        }
        if (bare.endsWith("/csv")) {
            return CSV;
        }
        boolean xml = bare.endsWith("/xml") || bare.endsWith("+xml");
        return xml && !bare.contains("html") && !bare.startsWith("image/") ? XML : OTHER;
    }

    /// Whether rows are names with single values.
    public boolean isForm() {
        return this == FORM || this == MULTIPART;
    }

    /// As a definition spells it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
