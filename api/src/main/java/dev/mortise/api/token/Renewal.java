package dev.mortise.api.token;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a grant does to the token before it.
public enum Renewal {
    /// The old one ends at once (`cgi-bin/token` of WeChat): nobody uses it while a grant runs.
    OLD_DIES,
    /// The vendor gives the same token for most of its life (fxiaoke, WeCom).
    SAME_AGAIN,
    /// Old and new are good side by side, so that renewing disturbs nobody.
    BOTH_LIVE;

    static final List<String> WORDS = Stream.of(values()).map(Renewal::word).toList();

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Renewal of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
