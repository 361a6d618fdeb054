package dev.mortise.api.draft.call;

/// Marks of what only a person knows. They are easy to search for, and no API takes them for real.
public final class FillIn {
    /// Stands for a value that a call needs.
    public static final String TEXT = "FILL_IN";

    /// Stands for the address of an API whose document names none.
    public static final String ADDRESS = "https://fill-in.example";

    private FillIn() {}
}
