package dev.mortise.api.page;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/// What is kept of the keys of records that pass: hashes of those of this page and the page before,
/// and the last value that the next page is asked after. Used by one thread.
public final class Keys {
    /// Keys of one page at most; of longer pages the others are not looked at.
    private static final int PAGE_MAX = 100_000;

    private static final long SEED = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final List<List<String>> key;
    private final List<String> after;
    private long[] current = new long[64];
    private int count;
    private long[] before = {};
    private long record;
    private int parts;
    private @Nullable String last;

    /// @param key paths of the key's values in a record; none when records have no key
    /// @param after path of the value that rises from record to record; empty when none does
    public Keys(List<List<String>> key, List<String> after) {
        this.key = List.copyOf(key);
        this.after = List.copyOf(after);
    }

    /// Looks at nothing.
    public static Keys none() {
        return new Keys(List.of(), List.of());
    }

    List<List<String>> key() {
        return key;
    }

    List<String> after() {
        return after;
    }

    void begin() {
        record = SEED;
        parts = 0;
    }

    /// A value of the key.
    void part(JsonParser parser) {
        char[] chars = parser.getStringCharacters();
        int start = parser.getStringOffset();
        int end = start + parser.getStringLength();
        long hash = record;
        for (int i = start; i < end; i++) {
            hash = (hash ^ chars[i]) * PRIME;
        }
        // Between values, so that `a, bc` is not `ab, c`.
        record = (hash ^ 0x1ffff) * PRIME;
        parts++;
    }

    /// The value that has to rise.
    ///
    /// @throws ProblemException when it does not
    void rising(JsonParser parser) {
        String value = parser.getString();
        if (last != null && compare(last, value) >= 0) {
            throw ProblemException.of(
                    ProblemCode.SERVER_FAILED,
                    "expected records in rising order of '%s', got one that does not rise"
                            .formatted(String.join(".", after)),
                    "let the API sort by it, or page in another way");
        }
        last = value;
    }

    private static int compare(String a, String b) {
        if (a.matches("-?\\d{1,100}(\\.\\d{1,100})?")
                && b.matches("-?\\d{1,100}(\\.\\d{1,100})?")) {
            return new BigDecimal(a).compareTo(new BigDecimal(b));
        }
        return a.compareTo(b);
    }

    void end() {
        if (key.isEmpty() || parts < key.size() || count >= PAGE_MAX) {
            return;
        }
        if (count == current.length) {
            current = Arrays.copyOf(current, count * 2);
        }
        current[count++] = record;
    }

    /// The last value that rises; null before there was one.
    public @Nullable String last() {
        return last;
    }

    /// Ends a page.
    ///
    /// @return how many of its keys stood on the page before it, too
    public int turn() {
        long[] sorted = Arrays.copyOf(current, count);
        Arrays.sort(sorted);
        int both = 0;
        for (long hash : sorted) {
            both += Arrays.binarySearch(before, hash) >= 0 ? 1 : 0;
        }
        before = sorted;
        count = 0;
        return both;
    }

    /// Forgets all: what comes next has nothing to do with what was.
    public void clear() {
        before = new long[0];
        count = 0;
        last = null;
    }
}
