package dev.mortise.api.answer;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an API answered, unpacked.
///
/// @param headers values by name, whatever the case of the name
/// @param body whole, or its beginning when it is long; what comes after is not judged
/// @param at when it came
// Bodies are handed on, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, Map<String, List<String>> headers, byte[] body, Instant at) {
    private static final Pattern CHARSET =
            Pattern.compile("charset=\"?([A-Za-z0-9_.:-]+)", Pattern.CASE_INSENSITIVE);

    public Answer {
        Map<String, List<String>> lower = new LinkedHashMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
        headers = Map.copyOf(lower);
    }

    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /// The media type in lower case without parameters; empty when none is named.
    public String type() {
        String type = header("content-type").orElse("");
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    Document document() {
        return Document.of(body, charset());
    }

    private Charset charset() {
        Matcher named = CHARSET.matcher(header("content-type").orElse(""));
        Optional<Charset> charset =
                named.find() ? Charsets.named(named.group(1)) : Optional.empty();
        return charset.orElse(StandardCharsets.UTF_8);
    }
}
