package dev.mortise.connectors.invoice;

import java.io.IOException;

/// Why a document is not read: it is damaged, breaks a limit, or is no invoice. Becomes the finding
/// of its file, so one bad file never stops the others. An `IOException`, for it has to pass
/// through streams.
final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String finding) {
        super(finding);
    }

    Refusal(String finding, Throwable cause) {
        super(finding, cause);
    }

    String finding() {
        return String.valueOf(getMessage());
    }
}
