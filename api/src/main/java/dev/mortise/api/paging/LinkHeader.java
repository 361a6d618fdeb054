package dev.mortise.api.paging;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The header `Link: <https://…?page=2>; rel="next"` (RFC 8288).
final class LinkHeader {
    private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:[^,\"]|\"[^\"]*\")*)");
    private static final Pattern NEXT =
            Pattern.compile(
                    "(?i);\\s*rel\\s*=\\s*(\"([^\"]*\\s)?next(\\s[^\"]*)?\"|next(?![\\w-]))");

    private LinkHeader() {}

    /// The address called next.
    static Optional<String> next(String header) {
        Matcher links = LINK.matcher(header);
        while (links.find()) {
            if (NEXT.matcher(links.group(2)).find()) {
                return Optional.of(links.group(1));
            }
        }
        return Optional.empty();
    }
}
