package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Told;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads of an entity set: pages whose size the server decides, links to the next that only it
/// understands, filters by the member a delta follows.
final class SapReading {
    private static final int PAGE = 100;
    private static final Pattern DATE = Pattern.compile("/Date\\((\\d+)[^)]*\\)/");
    private static final Pattern FILTER =
            Pattern.compile("(\\w+) (gt|ge) (?:datetime(?:offset)?'([^']+)'|(\\S+))");

    private final SapEntities entities;
    private final String host;

    /// @param host with its scheme, as the caller called it
    SapReading(SapEntities entities, String host) {
        this.entities = entities;
        this.host = host;
    }

    Told one(ObjectNode row) {
        ObjectNode shown = shown(row);
        ObjectNode answer = entities.fourth ? shown : Json.object();
        if (entities.fourth) {
            answer.put("@odata.context", host + entities.service + "$metadata#entity");
        } else {
            answer.set("d", shown);
        }
        return Told.json(Json.write(answer)).with("ETag", SapEntities.etag(row));
    }

    Told many(Map<String, String> params) {
        List<ObjectNode> rows =
                filtered(entities.shelf().all(), params.getOrDefault("$filter", ""));
        int top = whole(params.get("$top"), Integer.MAX_VALUE);
        Optional<Integer> from = from(params.getOrDefault("$skiptoken", ""));
        if (from.isEmpty()) {
            return SapOdata.error(400, "/IWBEP/CM_MGW_RT/022", "Invalid skip token")
                    .refusing("skiptoken");
        }
        boolean skips = params.containsKey("$skip");
        if (skips) {
            // Nothing orders their rows: every call may see another order.
            rows = new ArrayList<>(rows);
            Collections.rotate(rows, whole(params.get("$skip"), 0) / 2);
        }
        int begin = from.get() + whole(params.get("$skip"), 0);
        int count = Math.min(PAGE, top);
        ArrayNode slice = entities.shelf().slice(rows, begin, Math.max(1, count));
        boolean more = top > PAGE && begin + PAGE < rows.size();
        Optional<String> next = more ? Optional.of(link(params, begin + PAGE)) : Optional.empty();
        Told told = Told.json(Json.write(answer(slice, rows.size(), params, next)));
        return skips ? told.refusing("client-skip") : told;
    }

    private ObjectNode answer(
            ArrayNode slice, int total, Map<String, String> params, Optional<String> next) {
        ObjectNode answer = Json.object();
        if (entities.fourth) {
            answer.put("@odata.context", host + entities.service + "$metadata#set");
            if ("true".equals(params.get("$count"))) {
                answer.put("@odata.count", total);
            }
            fill(answer.putArray("value"), slice);
            next.ifPresent(link -> answer.put("@odata.nextLink", link));
            return answer;
        }
        ObjectNode inner = answer.putObject("d");
        if ("allpages".equals(params.get("$inlinecount"))) {
            inner.put("__count", Integer.toString(total));
        }
        fill(inner.putArray("results"), slice);
        next.ifPresent(link -> inner.put("__next", link));
        return answer;
    }

    private void fill(ArrayNode out, ArrayNode slice) {
        slice.forEach(row -> out.add(shown((ObjectNode) row)));
    }

    private ObjectNode shown(ObjectNode row) {
        ObjectNode shown = Json.object();
        String uri = host + entities.path + "('" + Json.text(row, entities.key) + "')";
        if (entities.fourth) {
            shown.put("@odata.etag", SapEntities.etag(row));
        } else {
            shown.putObject("__metadata").put("uri", uri).put("etag", SapEntities.etag(row));
        }
        shown.setAll(row);
        shown.remove(SapEntities.VERSION);
        return shown;
    }

    /// The parameters of the query go on in the link; the place is sealed in it.
    private String link(Map<String, String> params, int begin) {
        StringBuilder link = new StringBuilder(host + entities.path + "?");
        params.forEach(
                (name, value) -> {
                    if (!name.startsWith("$skip")) {
                        link.append(name).append('=').append(SapOdata.encoded(value)).append('&');
                    }
                });
        return link + "$skiptoken=" + SapOdata.encoded(token(begin));
    }

    private String token(int begin) {
        byte[] text = (entities.path + "#" + begin).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(text);
    }

    private Optional<Integer> from(String token) {
        if (token.isEmpty()) {
            return Optional.of(0);
        }
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            String prefix = entities.path + "#";
            return text.startsWith(prefix)
                    ? Optional.of(Integer.parseInt(text.substring(prefix.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private List<ObjectNode> filtered(List<ObjectNode> rows, String filter) {
        Matcher matcher = FILTER.matcher(filter);
        if (!matcher.matches() || !matcher.group(1).equals(entities.changed)) {
            return rows;
        }
        String bound = matcher.group(3) == null ? matcher.group(4) : matcher.group(3);
        Instant least = instant(bound);
        boolean equal = matcher.group(2).equals("ge");
        return rows.stream()
                .filter(
                        row -> {
                            int order = instant(Json.text(row, entities.changed)).compareTo(least);
                            return order > 0 || (equal && order == 0);
                        })
                .toList();
    }

    private static Instant instant(String text) {
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            return Instant.ofEpochMilli(Long.parseLong(date.group(1)));
        }
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException _) {
            return Instant.MIN;
        }
    }

    private static int whole(@org.jspecify.annotations.Nullable String text, int fallback) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : fallback;
    }
}
