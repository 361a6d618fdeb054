package dev.mortise.server.template;

import dev.mortise.api.yaml.YamlText;
import dev.mortise.server.document.DocumentKind;
import dev.mortise.spi.option.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// All templates, in the order in which they are shown.
@Component
final class Shelf {
    private static final List<String> NAMES =
            List.of(
                    "orders-upsert",
                    "copy-database",
                    "incremental",
                    "file-to-table",
                    "api-to-table",
                    "quality-load",
                    "merge-sources",
                    "lookup-by-call",
                    "join-report",
                    "rest-api");

    private final List<Template> templates = NAMES.stream().map(Shelf::read).toList();

    List<Template> all() {
        return templates;
    }

    Optional<Template> find(String name) {
        return templates.stream().filter(template -> template.name().equals(name)).findFirst();
    }

    private static Template read(String name) {
        String file = name + ".yaml";
        try (InputStream in = Shelf.class.getResourceAsStream(file)) {
            byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
            Tree tree = YamlText.read(file, new String(bytes, StandardCharsets.UTF_8));
            Tree.Entries entries = entries(tree);
            return new Template(
                    text(entries, "template"),
                    text(entries, "kind").equals("flow")
                            ? DocumentKind.FLOWS
                            : DocumentKind.CONNECTIONS,
                    languages(entries, "title"),
                    languages(entries, "description"),
                    items(entries).map(Shelf::parameter).toList(),
                    text(entries, "text"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Template.Parameter parameter(Tree.Entries entries) {
        return new Template.Parameter(
                text(entries, "name"),
                Template.Parameter.Kind.valueOf(text(entries, "kind").toUpperCase(Locale.ROOT)),
                text(entries, "fallback"),
                languages(entries, "title"));
    }

    private static Stream<Tree.Entries> items(Tree.Entries entries) {
        return entries.find("parameters") instanceof Tree.Items(var items, var _)
                ? items.stream().map(Shelf::entries)
                : Stream.empty();
    }

    private static Tree.Entries entries(Tree tree) {
        if (tree instanceof Tree.Entries entries) {
            return entries;
        }
        throw new IllegalStateException("no entries at " + tree.place());
    }

    private static String text(Tree.Entries entries, String name) {
        return Objects.requireNonNull(entries.text(name), name);
    }

    private static Map<String, String> languages(Tree.Entries entries, String name) {
        Tree.Entries inner = entries(Objects.requireNonNull(entries.find(name), name));
        return Map.of("zh", text(inner, "zh"), "en", text(inner, "en"));
    }
}
