package dev.mortise.api.draft.call;

import java.util.Set;
import java.util.regex.Pattern;

/// Tells which values must not be written down: by the name they have, or by how they look. What is
/// in doubt is a secret, for a placeholder too many costs a minute and a leak costs more.
public final class Secrets {
    private static final Pattern NAME =
            Pattern.compile(
                    "authorization|cookie|passw(or)?d|passwd|pwd|passphrase|secret|token|credential"
                            + "|api.?key|app.?key|access.?key|auth.?key|private.?key|secret.?key"
                            + "|(subscription|functions|consumer|client|license|master).?key"
                            + "|session|signature|jsessionid|(jsapi|suite|access).?ticket"
                            + "|x.?auth|csrf|xsrf|密码|密钥|令牌");
    private static final Set<String> WHOLE =
            Set.of("key", "sign", "sig", "auth", "ak", "sk", "sid", "pin", "otp", "pass");

    /// Names that hold one of the words above and are none: where a page goes on, and kinds.
    private static final Pattern HARMLESS =
            Pattern.compile(
                    "(next|page|prev|continuation|sync).?(page)?.?token|.*token.?(type|url|ttl)"
                            + "|.*expires?.*|.*sign.?type|sort.?key|key.?word.*|primary.?key");

    private static final Pattern LOOK =
            Pattern.compile(
                    "eyJ[\\w-]{8,}\\.[\\w.-]+"
                            + "|(?i)\\b(bearer|basic|digest|token|appcode)\\s+\\S{6,}"
                            + "|\\b(sk|pk|rk)_(live|test)_\\w{8,}|\\bsk-[\\w-]{16,}"
                            + "|\\bgh[pousr]_\\w{20,}|\\bglpat-[\\w-]{16,}"
                            + "|\\bxox[abprs]-[\\w-]{10,}"
                            + "|\\bAKIA[A-Z0-9]{12,}|\\bLTAI\\w{12,}|\\bAIza[\\w-]{20,}"
                            + "|\\bwhsec_\\w{8,}"
                            + "|-----BEGIN [A-Z ]+"
                            + "|\\b\\w+://[^\\s/@:]+:[^\\s/@]+@");
    private static final Pattern LONG =
            Pattern.compile("(?=[^\\s]*[0-9])(?=[^\\s]*[A-Za-z])[A-Za-z0-9+/=_~.-]{32,}");
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]+([._/-][A-Za-z0-9]{1,16})*");

    private Secrets() {}

    public static boolean isNamed(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        String plain = Names.plain(name);
        if (HARMLESS.matcher(lower).matches()) {
            return false;
        }
        return WHOLE.contains(plain) || NAME.matcher(lower).find() || NAME.matcher(plain).find();
    }

    /// Whether a value looks like a secret, whatever its name. An empty one or a variable does not.
    public static boolean looks(String value) {
        if (LOOK.matcher(value).find()) {
            return true;
        }
        return value.length() <= 4_096
                && LONG.matcher(value).matches()
                && !UUID.matcher(value).matches()
                && !WORDS.matcher(value).matches();
    }

    public static boolean is(String name, String value) {
        return !value.isBlank() && (isNamed(name) || looks(value));
    }

    /// A text for people without the parts that look like secrets.
    public static String mask(String text) {
        StringBuilder masked = new StringBuilder();
        for (String word : LOOK.matcher(text).replaceAll("***").split("(?<=\\s)|(?=\\s)", -1)) {
            masked.append(looks(word) ? "***" : word);
        }
        return masked.toString();
    }
}
