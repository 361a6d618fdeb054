package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Verifier.Refusal;
import dev.mortise.api.recipe.codec.CertificateSerial;
import dev.mortise.api.recipe.codec.KeyReader;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The values behind the settings of a recipe. A setting may have several, each with an id and the
/// time it is valid, as vendors change their keys while messages are under way. Immutable; keys
/// are parsed once.
public final class Keys {
    /// How many choices of secrets a message is tried with.
    static final int CHOICES_MAX = 16;

    private final Map<String, List<Entry>> entries;

    private Keys(Map<String, List<Entry>> entries) {
        this.entries = entries;
    }

    public static Keys none() {
        return new Keys(Map.of());
    }

    /// With the one value of a setting: text, a key as PEM or base64 of its DER form, or a
    /// certificate, also where its serial is wanted. A key without an id answers to every id.
    public Keys with(String setting, Secret value) {
        return with(setting, "", value, Instant.MIN, Instant.MAX);
    }

    /// With one more value of a setting.
    ///
    /// @param id what a message names the value by, such as the serial of a certificate
    /// @param from the first instant it is valid
    /// @param until the first instant it is no longer valid
    public Keys with(String setting, String id, Secret value, Instant from, Instant until) {
        Map<String, List<Entry>> more = new HashMap<>(entries);
        List<Entry> values = new ArrayList<>(more.getOrDefault(setting, List.of()));
        values.add(new Entry(id, value, from, until, new ConcurrentHashMap<>()));
        more.put(setting, List.copyOf(values));
        return new Keys(Map.copyOf(more));
    }

    /// The keys once for each choice among the values of shared secrets that are valid together,
    /// as when the secret of a webhook changes; at most [#CHOICES_MAX], the first values first.
    List<Keys> choices(Collection<Setting> settings, Instant at) {
        List<Keys> choices = List.of(this);
        for (Setting setting : settings) {
            List<Entry> valid = valid(setting, at);
            boolean shared = setting.secret() && setting.pair().isEmpty();
            if (shared && valid.size() > 1) {
                choices =
                        choices.stream()
                                .flatMap(keys -> valid.stream().map(e -> keys.only(setting, e)))
                                .limit(CHOICES_MAX)
                                .toList();
            }
        }
        return choices;
    }

    private Keys only(Setting setting, Entry entry) {
        Map<String, List<Entry>> fewer = new HashMap<>(entries);
        fewer.put(setting.name(), List.of(entry));
        return new Keys(Map.copyOf(fewer));
    }

    private List<Entry> valid(Setting setting, Instant at) {
        return entries.getOrDefault(setting.name(), List.of()).stream()
                .filter(entry -> entry.isValid(at))
                .toList();
    }

    /// The text of a setting that is valid now, its prefix dropped; its fallback when it is not
    /// given.
    ///
    /// @throws Refusal when none of its values is valid now
    String text(Setting setting, Instant at) {
        if (!entries.containsKey(setting.name()) && !setting.required()) {
            return setting.fallback();
        }
        String text = first(setting, at).text(setting);
        // With an empty secret anybody could sign.
        if (text.isEmpty() && setting.required()) {
            throw missing(setting);
        }
        return text;
    }

    PrivateKey privateKey(Setting setting, KeyReader.Family family, Instant at) {
        return first(setting, at).privateKey(setting, family);
    }

    private Entry first(Setting setting, Instant at) {
        if (!entries.containsKey(setting.name())) {
            throw missing(setting);
        }
        return valid(setting, at).stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refusal(
                                        Verdict.Reason.KEY_UNKNOWN,
                                        "no value of '" + setting.name() + "' is valid now"));
    }

    /// The public keys that answer to an id now.
    List<PublicKey> publicKeys(Setting setting, KeyReader.Family family, String id, Instant at) {
        if (!entries.containsKey(setting.name())) {
            throw missing(setting);
        }
        return valid(setting, at).stream()
                .filter(entry -> entry.answers(id))
                .map(entry -> entry.publicKey(setting, family))
                .filter(key -> key.isValid(at))
                .map(KeyReader.Public::key)
                .toList();
    }

    private static ProblemException missing(Setting setting) {
        return new ProblemException(
                new Problem(
                        ProblemCode.OPTION_MISSING,
                        "setting '" + setting.name() + "' of the recipe is missing",
                        "",
                        "give it a value such as '" + setting.example() + "'"));
    }

    /// One value of a setting, and the keys it was parsed to.
    private record Entry(
            String id, Secret value, Instant from, Instant until, Map<String, Object> parsed) {
        String text(Setting setting) {
            String text = value.reveal().strip();
            if (!setting.serial().isEmpty() && CertificateSerial.isCertificate(text)) {
                return (String) parsed.computeIfAbsent("serial", _ -> serial(setting, text));
            }
            return text.startsWith(setting.prefix())
                    ? text.substring(setting.prefix().length())
                    : text;
        }

        private static String serial(Setting setting, String text) {
            return CertificateSerial.valueOf(setting.serial().toUpperCase(Locale.ROOT))
                    .of(setting.name(), text);
        }

        boolean answers(String wanted) {
            return id.isEmpty() || wanted.isEmpty() || id.equals(wanted);
        }

        boolean isValid(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }

        PrivateKey privateKey(Setting setting, KeyReader.Family family) {
            return (PrivateKey)
                    parsed.computeIfAbsent(
                            "private " + family,
                            _ -> KeyReader.privateKey(setting.name(), text(setting), family));
        }

        KeyReader.Public publicKey(Setting setting, KeyReader.Family family) {
            return (KeyReader.Public)
                    parsed.computeIfAbsent(
                            "public " + family,
                            _ -> KeyReader.publicKey(setting.name(), text(setting), family));
        }
    }
}
