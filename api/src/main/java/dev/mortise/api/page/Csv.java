package dev.mortise.api.page;

import java.util.List;

/// How a CSV body is written.
///
/// @param delimiter between cells
/// @param quote around cells that hold delimiters or line ends; 0 for none
/// @param header whether the first row holds the names
/// @param names of the cells in order; none when the header has them
/// @param skip rows before the header that are passed over
/// @param footer rows at the end that are none, such as sums
/// @param strip what is taken off the front of each cell, such as the backtick of bills; may be
///     empty
public record Csv(
        char delimiter,
        char quote,
        boolean header,
        List<String> names,
        int skip,
        int footer,
        String strip) {
    /// Commas, double quotes, a header, and nothing else.
    public static final Csv PLAIN = new Csv(',', '"', true, List.of(), 0, 0, "");

    public Csv {
        names = List.copyOf(names);
    }
}
