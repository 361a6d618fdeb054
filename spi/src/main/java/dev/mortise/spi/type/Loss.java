package dev.mortise.spi.type;

/// What becomes of values on the way from one type to another. A lossy way is refused unless the
/// flow allows it for the column.
///
/// @param reason a sentence for the user; empty when nothing is lost
public record Loss(Kind kind, String reason) {
    /// Ordered from harmless to impossible.
    public enum Kind {
        LOSSLESS,
        /// Every value fits, in a wider type; or a value that does not fit is rejected, never bent.
        WIDENING,
        LOSSY,
        UNSUPPORTED
    }

    public static final Loss NONE = new Loss(Kind.LOSSLESS, "");

    public static Loss widening(String reason) {
        return new Loss(Kind.WIDENING, reason);
    }

    public static Loss lossy(String reason) {
        return new Loss(Kind.LOSSY, reason);
    }

    public static Loss unsupported(String reason) {
        return new Loss(Kind.UNSUPPORTED, reason);
    }

    public boolean refused() {
        return kind == Kind.LOSSY || kind == Kind.UNSUPPORTED;
    }
}
