package dev.mortise.api.cassette;

import dev.mortise.api.egress.Uris;
import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Conversation;
import dev.mortise.spi.connect.Tapes.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A conversation whose answers have masks, while its requests still ask by the values themselves.
/// A value in a request may be that of a field, or equal one by chance, such as the size of a page:
/// which of them shows when the conversation is played.
///
/// @param masks by value
record Masked(Conversation held, Map<String, String> masks) {
    /// Parameters that are tried both ways; others count as taken from a field.
    private static final int TRIED_MAX = 5;

    Masked {
        masks = Map.copyOf(masks);
    }

    /// Parameters that may have their values by chance; the fewest first.
    List<Set<String>> guesses() {
        Walk walk = new Walk(Set.of());
        held.exchanges().forEach(exchange -> walk.asked(exchange.asked()));
        List<String> met = List.copyOf(walk.met);
        int tried = Math.min(met.size(), TRIED_MAX);
        List<Set<String>> guesses = new ArrayList<>();
        for (int bits = 0; bits < 1 << tried; bits++) {
            Set<String> guess = new HashSet<>();
            for (int i = 0; i < tried; i++) {
                if ((bits >> i & 1) == 1) {
                    guess.add(met.get(i));
                }
            }
            guesses.add(guess);
        }
        guesses.sort(Comparator.comparingInt(Set::size));
        return guesses;
    }

    /// The conversation with masks in its requests, too.
    ///
    /// @param chance parameters that keep their values
    Conversation but(Set<String> chance) {
        Walk walk = new Walk(chance);
        List<Exchange> exchanges =
                held.exchanges().stream()
                        .map(one -> new Exchange(walk.asked(one.asked()), one.answered()))
                        .toList();
        return new Conversation(held.at(), held.pages(), exchanges);
    }

    /// One pass over all requests. Whole segments and values only: a part of one is no value of a
    /// field.
    private final class Walk {
        private final Set<String> chance;
        private final TreeSet<String> met = new TreeSet<>();

        Walk(Set<String> chance) {
            this.chance = chance;
        }

        Asked asked(Asked asked) {
            return new Asked(
                    asked.method(), address(asked.address()), asked.headers(), body(asked));
        }

        private String address(String address) {
            int query = address.indexOf('?');
            String[] segments = (query < 0 ? address : address.substring(0, query)).split("/", -1);
            for (int i = 0; i < segments.length; i++) {
                segments[i] = part("/" + i, segments[i]);
            }
            String path = String.join("/", segments);
            return query < 0 ? path : path + "?" + pairs(address.substring(query + 1));
        }

        private String pairs(String text) {
            String[] pairs = text.split("&", -1);
            for (int i = 0; i < pairs.length; i++) {
                int equals = pairs[i].indexOf('=');
                if (equals >= 0) {
                    String name = pairs[i].substring(0, equals);
                    pairs[i] = name + "=" + part(name + "=", pairs[i].substring(equals + 1));
                }
            }
            return String.join("&", pairs);
        }

        private String part(String place, String raw) {
            try {
                String value = URLDecoder.decode(raw, StandardCharsets.UTF_8);
                String mask = mask(place, value);
                String encoded = Uris.encode(mask);
                boolean plus = raw.contains("+");
                return mask.equals(value) ? raw : plus ? encoded.replace("%20", "+") : encoded;
            } catch (IllegalArgumentException _) {
                return raw;
            }
        }

        private String mask(String place, String value) {
            String mask = masks.get(value);
            if (mask == null) {
                return value;
            }
            met.add(place);
            return chance.contains(place) ? value : mask;
        }

        private byte[] body(Asked asked) {
            if (!Concealing.isUtf8(asked.body())) {
                return asked.body();
            }
            String text = new String(asked.body(), StandardCharsets.UTF_8);
            boolean form = asked.headers().getOrDefault("content-type", "").contains("urlencoded");
            return JsonDoc.of(text)
                    .map(document -> known("$", document).pretty())
                    .orElseGet(() -> form ? pairs(text) : text)
                    .getBytes(StandardCharsets.UTF_8);
        }

        private JsonDoc known(String path, JsonDoc node) {
            return switch (node) {
                case JsonDoc.Struct(var members) ->
                        new JsonDoc.Struct(members.stream().map(m -> known(path, m)).toList());
                case JsonDoc.Items(var items) ->
                        new JsonDoc.Items(items.stream().map(item -> known(path, item)).toList());
                case JsonDoc.Value(var text, var string) ->
                        new JsonDoc.Value(mask(path, text), string);
            };
        }

        private JsonDoc.Member known(String path, JsonDoc.Member member) {
            String inner = path + "." + member.name();
            return new JsonDoc.Member(member.name(), known(inner, member.value()));
        }
    }
}
