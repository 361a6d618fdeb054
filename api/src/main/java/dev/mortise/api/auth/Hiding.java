package dev.mortise.api.auth;

import dev.mortise.api.egress.Uris;
import dev.mortise.spi.batch.RowJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The secrets of a connection in every form in which they may come back, and texts without them.
/// Used by many threads.
public final class Hiding {
    private static final String HIDDEN = "***";

    /// What stands at the end of a text that was cut.
    private static final String CUT = "…";

    /// A shorter value is a part of too many words to be hidden everywhere.
    private static final int SECRET_MIN = 4;

    /// A line of a key that is worth hiding by itself.
    private static final int LINE_MIN = 16;

    /// How many values made for one call each are remembered; of older ones nothing comes back.
    private static final int PASSING_MAX = 256;

    private final Set<String> kept = ConcurrentHashMap.newKeySet();

    /// Guarded by itself.
    private final Deque<Set<String>> passing = new ArrayDeque<>();

    /// Notes a secret for good. One of fewer than 4 characters is not hidden.
    public void conceal(String secret) {
        if (secret.length() < SECRET_MIN || kept.contains(secret)) {
            return;
        }
        kept.addAll(forms(secret));
        if (secret.indexOf('\n') >= 0) {
            // A key may come back in pieces, its lines joined or parted otherwise.
            secret.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= LINE_MIN && !line.startsWith("-----"))
                    .forEach(this::conceal);
        }
    }

    /// Notes a secret that is made anew for each call; the latest 256 are hidden.
    public void concealPassing(String secret) {
        if (secret.length() < SECRET_MIN) {
            return;
        }
        synchronized (passing) {
            passing.addLast(forms(secret));
            if (passing.size() > PASSING_MAX) {
                passing.removeFirst();
            }
        }
    }

    private static Set<String> forms(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        forms.add(Uris.encode(secret));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        StringBuilder quoted = new StringBuilder();
        RowJson.quote(secret, quoted);
        forms.add(quoted.substring(1, quoted.length() - 1));
        return forms;
    }

    /// The text without the secrets, and without the beginning of one at which it was cut.
    public String hide(String text) {
        String hidden = text;
        // Longest first: one secret may be a part of another.
        for (String secret : longestFirst()) {
            hidden = hidden.replace(secret, HIDDEN);
            hidden = hidden.contains(CUT) ? withoutBeginning(hidden, secret) : hidden;
        }
        return hidden;
    }

    private List<String> longestFirst() {
        List<Set<String>> recent;
        synchronized (passing) {
            recent = List.copyOf(passing);
        }
        return Stream.concat(kept.stream(), recent.stream().flatMap(Set::stream))
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    private static String withoutBeginning(String text, String secret) {
        String head = secret.substring(0, SECRET_MIN);
        StringBuilder result = new StringBuilder();
        int done = 0;
        for (int at = text.indexOf(head); at >= 0; at = text.indexOf(head, at + 1)) {
            int end = at + common(text, at, secret);
            if (at >= done && text.startsWith(CUT, end)) {
                result.append(text, done, at).append(HIDDEN);
                done = end;
            }
        }
        return result.append(text, done, text.length()).toString();
    }

    /// How many characters of the text, from a place on, are those the secret begins with.
    private static int common(String text, int from, String secret) {
        int most = Math.min(text.length() - from, secret.length());
        int length = 0;
        while (length < most && text.charAt(from + length) == secret.charAt(length)) {
            length++;
        }
        return length;
    }
}
