package dev.mortise.api.recipe.codec;

/// The message, not the recipe, is at fault: what it carries is not of the form the recipe reads.
/// Says nothing of what was found, for that may be part of a secret.
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param expected what the value had to be
    public Malformed(String expected) {
        super(expected, null, false, false);
    }

    public String expected() {
        return String.valueOf(getMessage());
    }
}
