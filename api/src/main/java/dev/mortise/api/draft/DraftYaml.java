package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Media;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Resource;
import dev.mortise.api.draft.call.Resource.Column;
import dev.mortise.api.draft.call.Resource.Paging;
import dev.mortise.api.draft.call.Resource.Soap;
import dev.mortise.api.draft.call.Resource.Write;
import dev.mortise.api.draft.text.YamlScalars;
import dev.mortise.spi.option.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes a draft as the document of a connection. The same draft gives the same bytes; titles and
/// reasons become comments; at the end stand the marks that [DraftDiff] reads.
final class DraftYaml {
    private final StringBuilder text = new StringBuilder();

    private DraftYaml() {}

    static String write(Draft draft) {
        String body = body(draft);
        return body + Marks.of(body).footer();
    }

    private static String body(Draft draft) {
        DraftYaml yaml = new DraftYaml();
        if (!draft.title().isEmpty()) {
            yaml.line(0, "# " + draft.title());
        }
        yaml.line(0, "connection: " + YamlScalars.block(draft.name()));
        yaml.line(0, "type: http");
        yaml.line(0, "base_url: " + YamlScalars.block(draft.baseUrl()));
        if (!draft.auth().isEmpty()) {
            yaml.line(0, "auth: " + flow(draft.auth()));
        }
        yaml.texts(0, "headers", draft.headers(), List.of());
        yaml.line(0, draft.resources().isEmpty() ? "resources: {}" : "resources:");
        draft.resources().forEach(yaml::resource);
        return yaml.text.toString();
    }

    private void resource(Resource resource) {
        if (!resource.title().isEmpty()) {
            line(1, "# " + resource.title());
        }
        line(1, YamlScalars.flow(resource.name()) + ":");
        resource.soap().ifPresent(this::soap);
        if (resource.write().isPresent()) {
            writing(resource, resource.write().get());
        } else {
            reading(resource);
        }
        if (!resource.columns().isEmpty()) {
            line(2, "columns:");
            resource.columns().forEach(this::column);
        }
        if (!resource.key().isEmpty()) {
            line(2, "key: [" + words(resource.key()) + "]");
        }
    }

    private void soap(Soap soap) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("wsdl", Names.literal(soap.wsdl()));
        words.put("operation", Names.literal(soap.operation()));
        line(2, "soap: " + flow(words));
    }

    private void reading(Resource resource) {
        if (resource.soap().isEmpty() && !resource.method().equals("GET")) {
            line(2, "method: " + resource.method());
        }
        if (!resource.path().isEmpty()) {
            line(2, "path: " + YamlScalars.block(Names.literal(resource.path())));
        }
        if (resource.params().isEmpty()) {
            resource.notes().forEach(note -> line(2, "# " + note));
        }
        texts(2, "params", resource.params(), resource.notes());
        texts(2, "headers", resource.headers(), List.of());
        resource.body().ifPresent(body -> tree(2, "body", body));
        boolean formed = resource.body().isPresent() || sendsPaging(resource);
        if (formed && resource.wire().sends() != Media.JSON) {
            line(2, "body_as: " + resource.wire().sends().word());
        }
        if (!resource.given().isEmpty()) {
            line(2, "given: [" + words(resource.given()) + "]");
        }
        if (resource.wire().answers() != Media.JSON) {
            line(2, "format: " + resource.wire().answers().word());
        }
        if (resource.wire().single()) {
            line(2, "fields: [value]");
        }
        if (!resource.records().equals("$")) {
            line(2, "records: " + YamlScalars.block(Names.literal(resource.records())));
        }
        resource.paging().ifPresent(this::paging);
    }

    private static boolean sendsPaging(Resource resource) {
        return resource.paging().filter(p -> "body".equals(p.words().get("in"))).isPresent();
    }

    private void paging(Paging paging) {
        paging.reasons().forEach(reason -> line(2, "# " + Names.title(reason)));
        Map<String, String> words = new LinkedHashMap<>();
        paging.words().forEach((name, word) -> words.put(name, Names.literal(word)));
        line(2, "paging: " + flow(words));
    }

    private void writing(Resource resource, Write write) {
        Map<String, String> words = new LinkedHashMap<>();
        if (resource.soap().isEmpty()) {
            words.put("method", resource.method());
        }
        if (!resource.path().isEmpty()) {
            words.put("path", Names.literal(resource.path()));
        }
        if (write.many()) {
            words.put("batch", "100");
        }
        if (!write.wrap().equals("$")) {
            words.put("body", Names.literal(write.wrap()));
        }
        if (resource.wire().sends() != Media.JSON) {
            words.put("body_as", resource.wire().sends().word());
        }
        String call = flow(words);
        if (!write.without().isEmpty()) {
            String names = words(write.without());
            call = call.substring(0, call.length() - 1) + ", without: [" + names + "]}";
        }
        if (!resource.headers().isEmpty()) {
            String inner = headers(resource.headers());
            call = call.substring(0, call.length() - 1) + ", headers: " + inner + "}";
        }
        if (!write.files().isEmpty()) {
            String files = files(write.files());
            call = call.substring(0, call.length() - 1) + ", files: " + files + "}";
        }
        resource.notes().forEach(note -> line(2, "# " + note));
        line(2, "write: " + call);
    }

    private static String files(List<String> columns) {
        return columns.stream()
                .map(YamlScalars::flow)
                .map(column -> column + ": {filename: " + column + "}")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private void column(Column column) {
        String comment = column.title().isEmpty() ? "" : "  # " + column.title();
        String type = column.type().text();
        boolean same = column.path().equals(column.name());
        String value =
                same
                        ? YamlScalars.block(type)
                        : "{type: "
                                + YamlScalars.flow(type)
                                + ", path: "
                                + YamlScalars.flow(Names.literal(column.path()))
                                + "}";
        line(3, YamlScalars.flow(column.name()) + ": " + value + comment);
    }

    private void texts(int level, String name, Map<String, String> texts, List<String> notes) {
        if (texts.isEmpty()) {
            return;
        }
        line(level, name + ":");
        texts.forEach(
                (key, value) ->
                        line(level + 1, YamlScalars.flow(key) + ": " + YamlScalars.block(value)));
        notes.forEach(note -> line(level + 1, "# " + note));
    }

    private void tree(int level, String name, Tree tree) {
        String key = YamlScalars.flow(name) + ":";
        switch (tree) {
            case Tree.Leaf leaf -> line(level, key + " " + leaf(leaf));
            case Tree.Items items when items.items().isEmpty() -> line(level, key + " []");
            case Tree.Items items -> {
                line(level, key);
                items.items().forEach(item -> item(level + 1, item));
            }
            case Tree.Entries entries when entries.entries().isEmpty() -> line(level, key + " {}");
            case Tree.Entries entries -> {
                line(level, key);
                entries.entries().forEach((inner, value) -> tree(level + 1, inner, value));
            }
        }
    }

    private void item(int level, Tree item) {
        line(level, "- " + inline(item));
    }

    /// A tree in one line.
    private static String inline(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> leaf(leaf);
            case Tree.Items items ->
                    items.items().stream()
                            .map(DraftYaml::inline)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Tree.Entries entries ->
                    entries.entries().entrySet().stream()
                            .map(e -> YamlScalars.flow(e.getKey()) + ": " + inline(e.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    /// Numbers, truth values and null stand without quotes, a text that looks like one with them.
    private static String leaf(Tree.Leaf leaf) {
        String text = leaf.text();
        boolean literal =
                YamlScalars.NUMBER.matcher(text).matches()
                        || text.equals("true")
                        || text.equals("false");
        if (leaf.quoted() || !(literal || text.isEmpty())) {
            return literal || text.isEmpty() ? YamlScalars.quoted(text) : YamlScalars.flow(text);
        }
        return text.isEmpty() ? "null" : text;
    }

    private static String flow(Map<String, String> words) {
        return words.entrySet().stream()
                .map(e -> e.getKey() + ": " + word(e.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String headers(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(e -> YamlScalars.flow(e.getKey()) + ": " + word(e.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String word(String text) {
        return text.matches("\\d{1,9}") ? text : YamlScalars.flow(text);
    }

    private static String words(List<String> words) {
        return words.stream()
                .map(Names::literal)
                .map(YamlScalars::flow)
                .collect(Collectors.joining(", "));
    }

    private void line(int level, String words) {
        text.append("  ".repeat(level)).append(words).append('\n');
    }
}
