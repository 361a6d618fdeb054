package dev.mortise.api.cassette;

import dev.mortise.spi.connect.Tapes.Answered;
import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Exchange;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes out of a conversation what must not be kept: the secrets a connection knows, and values
/// whose names say that they are some: members such as `access_token`, and what signs an address.
///
/// @param hide takes the secrets of the connection out of a text
/// @param origins where the API stands: scheme, host and port, which are no part of the contract
public record Concealing(UnaryOperator<String> hide, java.util.Set<String> origins) {
    /// Stands for the API's own origin, so that its links lead to wherever it is played.
    public static final String ORIGIN = "{origin}";

    /// What is a secret by its name; `page_token` is none.
    private static final String NAMES =
            "(?:(?:tenant|app|user)[_-]?)?access[_-]?token"
                    + "|(?:refresh|session|id|auth|bearer)[_-]?token"
                    + "|(?:(?:client|app|api|corp|consumer|access[_-]?key)[_-]?)?secret"
                    + "(?:[_-]?key)?"
                    + "|password|passwd|pwd|(?:api|private|session|encoding_?aes)[_-]?key"
                    + "|authorization|jwt";

    private static final Pattern MEMBER =
            Pattern.compile("(?i)(\"(?:" + NAMES + ")\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*+\"");

    private static final Pattern NUMBER =
            Pattern.compile("(?i)(?<head>\"(?:" + NAMES + ")\"\\s*:\\s*)-?\\d[\\d.eE+-]*+");

    /// A member of JSON that stands in a text of JSON, however deep.
    private static final Pattern INNER =
            Pattern.compile(
                    "(?i)((\\\\{1,15}\")(?:"
                            + NAMES
                            + ")\\2\\s*:\\s*\\2)"
                            + "(?:[^\"\\\\]|(?!\\2)\\\\++[^\\\\])*+\\2");

    private static final Pattern ELEMENT =
            Pattern.compile(
                    "(?i)(<(?:[\\w.-]{1,60}:)?(?:" + NAMES + ")(?:\\s[^<>]*)?>)[^<>]++(?=</)");

    private static final Pattern PARAM =
            Pattern.compile("([?&]|\\\\u0026|&amp;)([A-Za-z0-9_.-]{1,60})=([^&\\s\"'<>\\\\]+)");

    private static final Pattern TELLING =
            Pattern.compile("auth|token|secret|sig|credential|passw|pwd|api_?key|session|ticket");

    /// Of what we send, values of members, elements and fields; their names decide.
    private static final List<Pattern> SENT =
            List.of(
                    Pattern.compile(
                            "(\"([A-Za-z0-9_.-]{1,60})\"\\s*:\\s*\")((?:[^\"\\\\]|\\\\.)++)(\")"),
                    Pattern.compile("(<(?:\\w+:)?(\\w{1,60})(?:\\s[^<>]*)?>)([^<>]++)(</)"),
                    Pattern.compile("((?:^|&)([A-Za-z0-9_.-]{1,60})=)([^&\\s\"{}<>]++)((?=&|$))"));

    /// Tokens that name a page are no secrets, and must stay apart from each other.
    private static final Pattern PAGING = Pattern.compile("page|next|cursor|contin|scroll|skip");

    /// What paging, formats and notices of a change look at; the rest differs from call to call.
    private static final Pattern KEPT =
            Pattern.compile(
                    "content-type|link|deprecation|sunset|.*(page|total|count|next|cursor|range"
                            + "|contin|scroll|more|offset|marker|position).*");

    private static final Pattern NEVER =
            Pattern.compile(".*(cookie|auth|secret|api.?key|signature).*");

    public Concealing {
        origins = java.util.Set.copyOf(origins);
    }

    /// The headers of an answer that are worth keeping, names in lower case.
    public static Map<String, String> headers(Map<String, List<String>> all) {
        Map<String, String> kept = new TreeMap<>();
        all.forEach(
                (name, values) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (KEPT.matcher(lower).matches() && !NEVER.matcher(lower).matches()) {
                        kept.put(lower, String.join(", ", values));
                    }
                });
        return kept;
    }

    /// An exchange without secrets.
    public Exchange exchange(Exchange exchange) {
        Asked asked = exchange.asked();
        Answered answered = exchange.answered();
        Map<String, String> headers = new LinkedHashMap<>();
        answered.headers().forEach((name, value) -> headers.put(name, text(value)));
        return new Exchange(
                new Asked(
                        asked.method(), text(asked.address()), asked.headers(), sent(asked.body())),
                new Answered(answered.status(), headers, body(answered.body())));
    }

    /// A text without secrets.
    public String text(String text) {
        String hidden = hide.apply(text);
        hidden = MEMBER.matcher(hidden).replaceAll("$1\"" + Likeness.HIDDEN + "\"");
        hidden = NUMBER.matcher(hidden).replaceAll("${head}0");
        hidden = INNER.matcher(hidden).replaceAll("$1" + Likeness.HIDDEN + "$2");
        hidden = ELEMENT.matcher(hidden).replaceAll("$1" + Likeness.HIDDEN);
        hidden = PARAM.matcher(hidden).replaceAll(Concealing::param);
        for (String origin : origins) {
            hidden = hidden.replace(origin, ORIGIN);
            hidden = hidden.replace(origin.replace("/", "\\/"), ORIGIN);
        }
        return hidden;
    }

    private static String param(MatchResult found) {
        return Matcher.quoteReplacement(
                tells(found.group(2))
                        ? found.group(1) + found.group(2) + "=" + Likeness.HIDDEN
                        : found.group());
    }

    private static boolean tells(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return TELLING.matcher(lower).find() && !PAGING.matcher(lower).find();
    }

    /// A body that we send. Its secrets are the author's, so any name that tells of one counts.
    public byte[] sent(byte[] body) {
        if (!isUtf8(body)) {
            return body(body);
        }
        String text = text(new String(body, StandardCharsets.UTF_8));
        for (Pattern pattern : SENT) {
            text = pattern.matcher(text).replaceAll(Concealing::value);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String value(MatchResult found) {
        return Matcher.quoteReplacement(
                tells(found.group(2))
                        ? found.group(1) + Likeness.HIDDEN + found.group(4)
                        : found.group());
    }

    /// A body without secrets. One that is no text is looked through byte by byte.
    public byte[] body(byte[] body) {
        Charset charset = isUtf8(body) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return text(new String(body, charset)).getBytes(charset);
    }

    static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
