package dev.mortise.api.cassette;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.cassette.Facet.Extent;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Looks at documents of one kind, one after another, and keeps what they have in common. Used by
/// one thread.
final class Observer {
    /// Names below one place at most; more are those of a map and count as one, `*`.
    private static final int NAMES_MAX = 200;

    private static final int VALUES_MAX = 12;
    private static final int VALUE_LENGTH_MAX = 40;

    private final Map<String, Place> places = new TreeMap<>();
    private final Map<String, Long> objects = new HashMap<>();
    private final Map<String, Integer> names = new HashMap<>();

    /// What is known of a place while documents are looked at.
    private static final class Place {
        private final String parent;
        private final Map<Form, Long> forms = new EnumMap<>(Form.class);
        private final TreeSet<String> values = new TreeSet<>();
        private boolean open;
        private long there;
        private Extent extent = Extent.NONE;

        Place(String parent) {
            this.parent = parent;
        }

        void see(JsonNode node) {
            Form form = Form.of(node);
            there++;
            forms.merge(form, 1L, Long::sum);
            if (form == Form.NULL || node.isContainer()) {
                return;
            }
            String text = node.isString() ? node.stringValue() : node.toString();
            extent = extent.max(extent(form, text));
            boolean countable =
                    form == Form.TEXT || form == Form.INTEGER || form == Form.INTEGER_TEXT;
            open |= !countable && form != Form.EMPTY_TEXT && form != Form.BOOL;
            if (!open && form != Form.BOOL) {
                values.add(text);
                open = values.size() > VALUES_MAX || text.length() > VALUE_LENGTH_MAX;
            }
        }

        private static Extent extent(Form form, String text) {
            int length = form.kind() == Form.Kind.TEXT ? text.codePointCount(0, text.length()) : 0;
            boolean number =
                    form == Form.INTEGER
                            || form == Form.DECIMAL
                            || form == Form.INTEGER_TEXT
                            || form == Form.DECIMAL_TEXT;
            if (!number) {
                return new Extent(length, 0, 0);
            }
            java.math.BigDecimal value = new java.math.BigDecimal(text);
            int scale = Math.max(0, value.scale());
            int digits = value.signum() == 0 ? 0 : value.precision() - value.scale();
            return new Extent(length, Math.max(0, digits), scale);
        }

        List<String> values() {
            return open ? List.of() : List.copyOf(values);
        }
    }

    /// Looks at one document.
    void see(JsonNode document) {
        see("", document, JsonPath.ROOT, false);
    }

    /// Looks at what stands around the records of a page.
    ///
    /// @param records where they stand
    void around(JsonNode page, JsonPath records) {
        see("$", page, records, true);
    }

    /// @param skip steps that are left to what is not looked at
    /// @param skips whether there is something not to look at
    private void see(String path, JsonNode node, JsonPath skip, boolean skips) {
        boolean here = skips && skip.steps().isEmpty();
        if (here) {
            return;
        }
        if (node.isObject()) {
            objects.merge(path, 1L, Long::sum);
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                String inner = inner(path, member.getKey());
                boolean leads = skips && skip.steps().getFirst().equals(member.getKey());
                member(path, inner, member.getValue(), leads ? rest(skip) : skip, leads);
            }
        } else if (node.isArray()) {
            boolean leads = skips && skip.steps().getFirst().equals(JsonPath.EVERY);
            for (JsonNode item : node) {
                member(path, path + "[]", item, leads ? rest(skip) : skip, leads);
            }
        }
    }

    private void member(String parent, String path, JsonNode node, JsonPath skip, boolean skips) {
        if (skips && skip.steps().isEmpty()) {
            return;
        }
        places.computeIfAbsent(path, _ -> new Place(parent)).see(node);
        see(path, node, skip, skips);
    }

    private static JsonPath rest(JsonPath path) {
        return new JsonPath(path.steps().subList(1, path.steps().size()));
    }

    private String inner(String path, String name) {
        String inner = path.isEmpty() ? name : path + "." + name;
        if (places.containsKey(inner)) {
            return inner;
        }
        int known = names.merge(path, 1, Integer::sum);
        return known <= NAMES_MAX ? inner : path.isEmpty() ? "*" : path + ".*";
    }

    /// What was seen until now, by path.
    Map<String, Facet> facets() {
        Map<String, Facet> facets = new TreeMap<>();
        places.forEach(
                (path, place) -> {
                    boolean item = path.endsWith("[]");
                    long of = item ? place.there : objects.getOrDefault(place.parent, 0L);
                    facets.put(
                            path,
                            new Facet(of, place.there, place.forms, place.extent, place.values()));
                });
        return facets;
    }
}
