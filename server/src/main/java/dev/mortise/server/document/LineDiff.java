package dev.mortise.server.document;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/// Two texts compared line by line.
final class LineDiff {
    private static final int CONTEXT = 3;
    private static final int LENGTH_MAX = 20_000;

    private LineDiff() {}

    /// In the unified format; cut off when it is very long.
    static String of(String file, String before, String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        List<String> diff =
                UnifiedDiffUtils.generateUnifiedDiff(
                        before.isEmpty() ? "/dev/null" : file,
                        after.isEmpty() ? "/dev/null" : file,
                        old,
                        DiffUtils.diff(old, now),
                        CONTEXT);
        String text = String.join("\n", diff);
        return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "\n…";
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }
}
