package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Secrets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Finds the segments of paths that are values rather than words: numbers, ids, secrets, and what
/// differs between calls that are alike in everything else.
final class PathHoles {
    private static final Pattern ID =
            Pattern.compile(
                    "\\d+|(?i:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=.*\\d)[0-9a-f]{16,})"
                            + "|[A-Z]{1,6}[-_]?\\d[\\dA-Z_-]{3,}");
    private static final int ALIKE_MIN = 3;

    private PathHoles() {}

    /// A path with names in the place of values.
    ///
    /// @param values what stood there, by name
    record Path(String path, Map<String, String> values) {}

    /// Generalises one path by how its segments look.
    static Path of(String path) {
        return of(path, Set.of());
    }

    /// @param differing positions of segments that are values, whatever they look like
    static Path of(String path, Set<Integer> differing) {
        List<String> segments = List.of(path.split("/", -1));
        List<String> written = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>(segments);
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean hole = !segment.contains("{") && (differing.contains(i) || isValue(segment));
            if (hole && !segment.isEmpty()) {
                String name = name(written, i, taken);
                values.put(name, segment);
                written.add("{" + name + "}");
            } else {
                written.add(segment);
            }
        }
        return new Path(String.join("/", written), values);
    }

    static boolean isValue(String segment) {
        return ID.matcher(segment).matches() || Secrets.looks(segment);
    }

    /// `/orders/17` gives `order_id`.
    private static String name(List<String> before, int at, Set<String> taken) {
        String word = at > 0 ? before.get(at - 1) : "";
        String base = word.startsWith("{") ? "" : Names.snake(word).replaceAll("[^a-z0-9_]", "");
        if (base.endsWith("ies")) {
            base = base.substring(0, base.length() - 3) + "y";
        } else if (base.endsWith("s") && !base.endsWith("ss")) {
            base = base.substring(0, base.length() - 1);
        }
        boolean usable = !base.isEmpty() && !Character.isDigit(base.charAt(0));
        String name = usable ? base + "_id" : "id";
        String free = name;
        for (int i = 2; !taken.add("{" + free + "}"); i++) {
            free = name + i;
        }
        return free;
    }

    /// The positions at which paths of one length differ while all others agree. The last one is
    /// never among them: `/cities` and `/countries` may well look alike.
    ///
    /// @param paths of calls whose answers look alike
    static Map<String, Set<Integer>> differing(List<String> paths) {
        Map<String, Set<String>> seen = new LinkedHashMap<>();
        for (String path : paths) {
            List<String> segments = List.of(path.split("/", -1));
            for (int i = 1; i < segments.size() - 1; i++) {
                seen.computeIfAbsent(around(segments, i), _ -> new TreeSet<>())
                        .add(segments.get(i));
            }
        }
        Map<String, Set<Integer>> differing = new LinkedHashMap<>();
        for (String path : paths) {
            List<String> segments = List.of(path.split("/", -1));
            Set<Integer> at = new TreeSet<>();
            for (int i = 1; i < segments.size() - 1; i++) {
                if (seen.getOrDefault(around(segments, i), Set.of()).size() >= ALIKE_MIN) {
                    at.add(i);
                }
            }
            differing.put(path, at);
        }
        return differing;
    }

    private static String around(List<String> segments, int at) {
        List<String> others = new ArrayList<>(segments);
        others.set(at, "\0");
        return String.join("/", others);
    }
}
