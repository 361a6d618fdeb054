package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.text.CommandLine.Word;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The options of one curl command, as far as they say what is sent.
final class CurlCommand {
    /// Short options that take a value.
    private static final String VALUED = "XHdFubAeomcxEwTrDUKzyYCtQP";

    private static final Map<String, String> LONG =
            Map.ofEntries(
                    Map.entry("--request", "-X"),
                    Map.entry("--header", "-H"),
                    Map.entry("--data", "-d"),
                    Map.entry("--data-ascii", "-d"),
                    Map.entry("--data-binary", "-d"),
                    Map.entry("--form", "-F"),
                    Map.entry("--form-string", "-F"),
                    Map.entry("--user", "-u"),
                    Map.entry("--cookie", "-b"),
                    Map.entry("--get", "-G"),
                    Map.entry("--head", "-I"),
                    Map.entry("--insecure", "-k"),
                    Map.entry("--upload-file", "-T"),
                    Map.entry("--proxy", "-x"),
                    Map.entry("--cert", "-E"),
                    Map.entry("--user-agent", "-A"),
                    Map.entry("--referer", "-e"),
                    Map.entry("--config", "-K"));
    private static final Set<String> LONG_VALUED =
            Set.of(
                    "--output",
                    "--max-time",
                    "--connect-timeout",
                    "--retry",
                    "--cookie-jar",
                    "--key",
                    "--cacert",
                    "--capath",
                    "--write-out",
                    "--range",
                    "--dump-header",
                    "--proxy-user",
                    "--resolve",
                    "--limit-rate",
                    "--ciphers",
                    "--retry-delay",
                    "--retry-max-time",
                    "--max-redirs",
                    "--interface",
                    "--connect-to",
                    "--cert-type",
                    "--key-type",
                    "--pass",
                    "--speed-limit",
                    "--speed-time",
                    "--noproxy",
                    "--trace",
                    "--trace-ascii",
                    "--stderr",
                    "--proxy-header",
                    "--tls-max",
                    "--aws-sigv4",
                    "--unix-socket",
                    "--socks5");
    private static final Set<String> UNKNOWN_SAFE =
            Set.of("-s", "-S", "-L", "-v", "-i", "-f", "-g");

    private final Findings findings;
    private final List<String> urls = new ArrayList<>();
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private final List<String> data = new ArrayList<>();
    private String method = "";
    private boolean query;
    private boolean head;
    private boolean json;
    private boolean file;

    CurlCommand(Findings findings) {
        this.findings = findings;
    }

    void read(List<Word> words) {
        boolean options = true;
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            String text = word.text();
            if (options && text.equals("--")) {
                options = false;
            } else if (!options || !text.startsWith("-") || text.equals("-")) {
                urls.add(text);
            } else if (text.startsWith("--")) {
                i += longOption(text, word, i + 1 < words.size() ? words.get(i + 1) : word);
            } else {
                i += shortOptions(text, word, i + 1 < words.size() ? words.get(i + 1) : word);
            }
        }
    }

    /// @return how many words after the option it takes
    private int longOption(String text, Word word, Word next) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String option = LONG.getOrDefault(name, name);
        boolean valued =
                option.startsWith("--")
                        ? takesValue(option)
                        : VALUED.indexOf(option.charAt(1)) >= 0;
        if (!valued) {
            apply(option, "", word);
            return 0;
        }
        if (equals >= 0) {
            apply(option, text.substring(equals + 1), word);
            return 0;
        }
        apply(option, next.equals(word) ? "" : next.text(), word);
        return 1;
    }

    private static boolean takesValue(String option) {
        return LONG_VALUED.contains(option)
                || Set.of("--url", "--json", "--data-raw", "--data-urlencode", "--oauth2-bearer")
                        .contains(option);
    }

    private int shortOptions(String text, Word word, Word next) {
        for (int i = 1; i < text.length(); i++) {
            String option = "-" + text.charAt(i);
            boolean valued = VALUED.indexOf(text.charAt(i)) >= 0;
            if (!valued) {
                apply(option, "", word);
            } else if (i + 1 < text.length()) {
                apply(option, text.substring(i + 1), word);
                return 0;
            } else {
                apply(option, next.equals(word) ? "" : next.text(), word);
                return 1;
            }
        }
        return 0;
    }

    private void apply(String option, String value, Word word) {
        switch (option) {
            case "-X" -> method = value.toUpperCase(Locale.ROOT);
            case "-H" -> header(value);
            case "-d" -> data(value, word);
            case "--data-raw" -> data.add(value);
            case "--data-urlencode" -> encoded(value, word);
            case "--json" -> {
                json = true;
                data(value, word);
            }
            case "-F" -> file = true;
            case "-T" -> fromFile(word);
            case "-u" -> headers.add(Map.entry("Authorization", "Basic " + value));
            case "--oauth2-bearer" -> headers.add(Map.entry("Authorization", "Bearer " + value));
            case "-b" -> headers.add(Map.entry("Cookie", value));
            case "-G" -> query = true;
            case "-I" -> head = true;
            case "--url" -> urls.add(value);
            case "-k" ->
                    findings.leftOut(
                            word.place(), "'-k' is left out: certificates are always checked", "");
            case "-x", "-E", "--key", "--cacert", "--aws-sigv4", "-K" ->
                    findings.leftOut(
                            word.place(), "'" + Names.title(option) + "' is not carried over", "");
            default -> other(option, word);
        }
    }

    private void other(String option, Word word) {
        boolean known =
                UNKNOWN_SAFE.contains(option)
                        || LONG_VALUED.contains(option)
                        || option.matches(
                                "--(compressed|silent|show-error|location|verbose|include|fail"
                                        + "|http\\d.*"
                                        + "|globoff|no-buffer|path-as-is|tlsv.*|tr-encoding)")
                        || option.length() == 2;
        if (!known) {
            findings.leftOut(
                    word.place(), "option '" + Names.title(option) + "' is not carried over", "");
        }
    }

    private void header(String text) {
        int colon = text.indexOf(':', text.startsWith(":") ? 1 : 0);
        if (colon > 0) {
            headers.add(
                    Map.entry(text.substring(0, colon).strip(), text.substring(colon + 1).strip()));
        }
    }

    private void data(String value, Word word) {
        if (value.startsWith("@")) {
            fromFile(word);
        } else {
            data.add(value);
        }
    }

    private void fromFile(Word word) {
        file = true;
        findings.leftOut(
                word.place(), "the body comes from a file, which is not read", "write it out");
    }

    private void encoded(String value, Word word) {
        int equals = value.indexOf('=');
        if (equals < 0 && value.contains("@")) {
            fromFile(word);
            return;
        }
        String name = equals < 0 ? "" : value.substring(0, equals);
        String text = URLEncoder.encode(value.substring(equals + 1), StandardCharsets.UTF_8);
        data.add(name.isEmpty() ? text : name + "=" + text);
    }

    List<String> urls() {
        return urls;
    }

    List<Map.Entry<String, String>> headers() {
        return headers;
    }

    String method() {
        if (!method.isEmpty()) {
            return method;
        }
        boolean posts = (!data.isEmpty() || file) && !query;
        return head ? "HEAD" : posts ? "POST" : "GET";
    }

    /// The query of an address together with what `-G` puts there.
    String query(String written) {
        String bare = written.contains("#") ? written.substring(0, written.indexOf('#')) : written;
        if (!query || data.isEmpty()) {
            return bare;
        }
        return (bare.isEmpty() ? "?" : bare + "&") + String.join("&", data);
    }

    Optional<String> body() {
        return query || data.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(json ? "" : "&", data));
    }

    boolean isForm() {
        return file;
    }
}
