package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Maps;
import dev.mortise.api.draft.text.Node;
import dev.mortise.api.draft.text.YamlScalars;
import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.option.Tree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an import wrote, as short hashes in comments at the end of the document. A value whose hash
/// still stands there was not changed by hand, and only such a value is replaced later.
///
/// @param parts hashes by dotted name: `base_url`, or a call's identity, a blank and `columns.id`
record Marks(Map<String, String> parts) {
    private static final int HASH_DIGITS = 8;
    private static final Pattern LINE = Pattern.compile("(?m)^#: (\\S+)((?: \\S+:[0-9a-f]{8})*)$");
    private static final String HEAD =
            "# Written by an import, so that the next one knows what was changed by hand:\n";

    Marks {
        parts = Maps.copy(parts);
    }

    /// The marks of a document as it stands.
    static Marks of(String yaml) {
        return of(Node.of(YamlText.read("", yaml)));
    }

    private static Marks of(Node document) {
        Map<String, String> parts = new TreeMap<>();
        document.entries()
                .forEach(
                        (name, node) -> {
                            if (!name.equals("resources") && !name.equals("connection")) {
                                put(parts, "connection " + hash(name), node);
                            }
                        });
        document.entries("resources")
                .forEach(
                        (_, node) ->
                                node.entries().forEach((n, part) -> part(parts, node, n, part)));
        return new Marks(parts);
    }

    private static void part(Map<String, String> parts, Node resource, String name, Node part) {
        String key = identity(resource) + " " + hash(name);
        put(parts, key, part);
        if (isMap(name)) {
            part.entries().forEach((inner, node) -> put(parts, key + "." + hash(inner), node));
        }
    }

    private static void put(Map<String, String> parts, String key, Node node) {
        parts.put(key, value(node));
    }

    /// Whether the entries of a word are compared one by one.
    static boolean isMap(String word) {
        return word.equals("columns") || word.equals("params");
    }

    /// What a call is recognised by, however its resource is named.
    static String identity(Node resource) {
        Optional<String> operation = resource.at("soap").text("operation");
        if (operation.isPresent()) {
            return hash("SOAP " + operation.get());
        }
        Node write = resource.at("write");
        Node call = write.has("path") ? write : resource;
        String method = call.text("method", write.exists() ? "POST" : "GET");
        // Values a row gives, and what a call that writes sends in its query, are no part of it.
        String path = call.text("path", "").replaceAll("\\?.*", "");
        return hash(method + " " + path.replaceAll("\\{[^}]*}", "{}"));
    }

    /// The marks a document carries; none when it was written by hand.
    static Marks read(String text) {
        Map<String, String> parts = new LinkedHashMap<>();
        Matcher lines = LINE.matcher(text);
        while (lines.find()) {
            for (String part : lines.group(2).strip().split(" ", -1)) {
                int colon = part.lastIndexOf(':');
                if (colon > 0) {
                    String key = lines.group(1) + " " + part.substring(0, colon);
                    parts.put(key, part.substring(colon + 1));
                }
            }
        }
        return new Marks(parts);
    }

    /// The text without its marks.
    static String strip(String text) {
        return LINE.matcher(text.replace(HEAD, "")).replaceAll("").stripTrailing() + "\n";
    }

    String footer() {
        Map<String, StringBuilder> lines = new TreeMap<>();
        parts.forEach(
                (key, hash) -> {
                    int blank = key.indexOf(' ');
                    lines.computeIfAbsent(key.substring(0, blank), _ -> new StringBuilder())
                            .append(key.substring(blank))
                            .append(':')
                            .append(hash);
                });
        StringBuilder footer = new StringBuilder("\n").append(HEAD);
        lines.forEach((key, line) -> footer.append("#: ").append(key).append(line).append('\n'));
        return footer.toString();
    }

    /// The hash an import left for a part of a resource.
    Optional<String> find(String identity, String... names) {
        String[] hashes = java.util.Arrays.stream(names).map(Marks::hash).toArray(String[]::new);
        return Optional.ofNullable(parts.get(identity + " " + String.join(".", hashes)));
    }

    /// Whether an import wrote anything of a call.
    boolean knows(String group) {
        return parts.keySet().stream().anyMatch(key -> key.startsWith(group + " "));
    }

    /// The hash of a value, blind to comments and to how it is laid out.
    static String value(Node node) {
        StringBuilder canonical = new StringBuilder();
        Tree tree = node.tree();
        if (tree != null) {
            canonical(tree, canonical);
        }
        return hash(canonical.toString());
    }

    private static void canonical(Tree tree, StringBuilder text) {
        switch (tree) {
            case Tree.Leaf leaf -> {
                boolean number = YamlScalars.NUMBER.matcher(leaf.text()).matches();
                text.append(leaf.quoted() && number ? '"' : '\'').append(leaf.text()).append('\'');
            }
            case Tree.Items items -> {
                text.append('[');
                items.items().forEach(item -> canonical(item, text));
                text.append(']');
            }
            case Tree.Entries entries -> {
                text.append('{');
                entries.entries()
                        .forEach(
                                (name, value) -> {
                                    text.append(name).append('=');
                                    canonical(value, text);
                                });
                text.append('}');
            }
        }
    }

    static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
