package dev.mortise.server.reject;

import dev.mortise.engine.run.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why rows were set aside: one code, about one column, in one step. Rows of one cause are mended
/// together.
///
/// @param column null when no single one is to blame
/// @param step the step that set them aside
record Cause(String code, @Nullable String column, String step) {
    static Cause of(DeadLetter letter) {
        return new Cause(letter.problem().code().name(), letter.column(), letter.stage());
    }

    /// Opaque, for the wire.
    String key() {
        String text = code + "\n" + step + "\n" + (column == null ? "" : column);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Rows of one cause, with the newest of them as an example.
    record Group(Cause cause, int count, DeadLetter example) {}

    /// The most frequent first.
    static List<Group> groups(List<DeadLetter> letters) {
        Map<Cause, Group> groups = new LinkedHashMap<>();
        for (DeadLetter letter : letters) {
            groups.merge(
                    of(letter),
                    new Group(of(letter), 1, letter),
                    (old, one) -> new Group(old.cause(), old.count() + 1, one.example()));
        }
        return groups.values().stream()
                .sorted(Comparator.comparingInt(Group::count).reversed())
                .toList();
    }
}
