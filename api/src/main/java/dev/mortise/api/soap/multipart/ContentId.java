package dev.mortise.api.soap.multipart;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The URLs `cid:ID` by which an envelope names a part. A name is `cid:` and the id as it is; in
/// the URL the id is percent-encoded.
public final class ContentId {
    public static final String SCHEME = "cid:";

    private ContentId() {}

    public static String url(String name) {
        String id = name.substring(SCHEME.length());
        return SCHEME + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// The URL itself when it is of another kind, or not well encoded.
    public static String name(String url) {
        if (!url.startsWith(SCHEME)) {
            return url;
        }
        try {
            String id = url.substring(SCHEME.length()).replace("+", "%2B");
            return SCHEME + URLDecoder.decode(id, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return url;
        }
    }
}
