package dev.mortise.api.draft;

import java.util.Optional;

/// What the caller knows about the text that is imported.
///
/// @param name of the connection to be; letters, digits, `_` and `-`
/// @param file names the text in places, such as `petstore.yaml`
/// @param format empty when the text is to be recognised
/// @param baseUrl replaces the address the document names; of a HAR it picks the host
/// @param documents finds files that are referred to
public record Hint(
        String name,
        String file,
        Optional<Format> format,
        Optional<String> baseUrl,
        Documents documents) {
    /// A hint that only names the connection and the file.
    public static Hint of(String name, String file) {
        return new Hint(name, file, Optional.empty(), Optional.empty(), Documents.NONE);
    }

    public Hint with(Documents others) {
        return new Hint(name, file, format, baseUrl, others);
    }

    public Hint with(Format known) {
        return new Hint(name, file, Optional.of(known), baseUrl, documents);
    }

    public Hint withBaseUrl(String url) {
        return new Hint(name, file, format, Optional.of(url), documents);
    }
}
