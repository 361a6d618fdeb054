package dev.mortise.server.audit;

import java.util.Optional;

/// Who signs how far the audit goes, with a key that does not lie in the audit's database.
public interface AuditSeal {
    /// The same text always gives the same signature.
    ///
    /// @return empty while the key cannot be had
    Optional<String> sign(String text);
}
