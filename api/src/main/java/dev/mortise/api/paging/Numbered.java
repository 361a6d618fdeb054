package dev.mortise.api.paging;

import dev.mortise.api.paging.Paging.Reset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The token of a page that has a number: `7`, or `7 2026-01-31` for the seventh behind a record.
///
/// @param start the number of the first page
/// @param after the value numbers start behind; empty for the very beginning
record Numbered(long number, long start, String after) {
    static Numbered parse(String token, long start) {
        if (token.isEmpty()) {
            return new Numbered(start, start, "");
        }
        String[] parts = token.split(" ", 2);
        return new Numbered(Long.parseLong(parts[0]), start, parts.length > 1 ? parts[1] : "");
    }

    void put(String param, Optional<Reset> reset, Map<String, String> params) {
        params.put(param, Long.toString(number));
        if (reset.isPresent() && !after.isEmpty()) {
            params.put(reset.get().param(), after);
        }
    }

    String page(Paging paging, Optional<Reset> reset, @Nullable String last) {
        return next(1, paging.rules().size().rows(), reset, last);
    }

    String plus(long records, Paging paging, Optional<Reset> reset, @Nullable String last) {
        // What the next page would go up to counts, too.
        int ahead = Math.max(paging.rules().size().rows(), 1);
        boolean far = reset.isPresent() && number + records + ahead - start > reset.get().records();
        return far && last != null
                ? new Numbered(start, start, last).text()
                : new Numbered(number + records, start, after).text();
    }

    private String next(long step, int rows, Optional<Reset> reset, @Nullable String last) {
        boolean far =
                reset.isPresent()
                        && (number + step - start + 1) * Math.max(rows, 1) > reset.get().records();
        return far && last != null
                ? new Numbered(start, start, last).text()
                : new Numbered(number + step, start, after).text();
    }

    /// @param rows records that a step of one stands for
    Optional<String> guess(long step, int rows, Optional<Reset> reset) {
        boolean far =
                reset.isPresent()
                        && (number + 2 * step - start) * Math.max(rows, 1) > reset.get().records();
        return far
                ? Optional.empty()
                : Optional.of(new Numbered(number + step, start, after).text());
    }

    private String text() {
        return after.isEmpty() ? Long.toString(number) : number + " " + after;
    }
}
