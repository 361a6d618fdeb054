package dev.mortise.engine.lineage;

/// Thrown inside this package when a query says something whose columns cannot be told from its
/// tree; the whole query then only says what its columns may come from.
final class Opaque extends RuntimeException {
    private static final long serialVersionUID = 1;

    Opaque(String what) {
        super(what, null, false, false);
    }
}
