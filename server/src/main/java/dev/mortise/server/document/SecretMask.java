package dev.mortise.server.document;

import dev.mortise.engine.flow.secret.PlainSecrets;
import dev.mortise.engine.flow.secret.PlainSecrets.Spot;
import dev.mortise.server.audit.Mask;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Role;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A document's text without the secrets that stand in it: what those see who may not write it,
/// what the audit keeps, and what a search looks through.
final class SecretMask {
    private static final Pattern PASSWORD_IN_URL =
            Pattern.compile("(://[^\\s/:@?#'\"]{0,200}:)(?!\\$\\{)[^\\s/@'\"]{1,400}(?=@)");

    private SecretMask() {}

    /// @param caller who is to see it
    static String of(Document document, String text, Caller caller) {
        return caller.may(Role.DEVELOPER, document.project()) ? text : of(document.kind(), text);
    }

    static String of(DocumentKind kind, String text) {
        return inUrls(kind == DocumentKind.CONNECTIONS ? connection(text) : text);
    }

    private static String connection(String text) {
        Optional<List<Spot>> hidden = PlainSecrets.hidden(text);
        return hidden.isEmpty()
                ? Mask.of(text)
                : PlainSecrets.replaced(text, hidden.get(), _ -> '"' + Mask.MASKED + '"');
    }

    private static String inUrls(String text) {
        return PASSWORD_IN_URL.matcher(text).replaceAll("$1" + Mask.MASKED);
    }

    /// Whether an address in it carries a password.
    static boolean hasPasswordInUrl(String text) {
        return !inUrls(text).equals(text);
    }
}
