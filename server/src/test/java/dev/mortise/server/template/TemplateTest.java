package dev.mortise.server.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.engine.flow.Documents;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.flow.Surroundings;
import dev.mortise.server.document.DocumentKind;
import dev.mortise.spi.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final List<String> CONNECTIONS =
            List.of("erp", "crm", "warehouse", "files", "api");

    private final Shelf shelf = new Shelf();

    /// What the engine finds wrong with a template that is filled with what it proposes.
    private static List<Problem> problems(Template template, String text) {
        Map<String, String> texts = new TreeMap<>();
        for (String name : CONNECTIONS) {
            texts.put(
                    "connections/" + name + ".yaml",
                    "connection: %s\ntype: duckdb\npath: %s.db\n".formatted(name, name));
        }
        texts.put(template.kind().word() + "/mine.yaml", text);
        Surroundings.Secrets secrets =
                new Surroundings.Secrets() {
                    @Override
                    public Optional<String> find(String name) {
                        return Optional.of("s");
                    }
                };
        return Project.of(
                        Documents.of(texts),
                        Path.of("."),
                        new Surroundings(Map.of(), Map.of(), secrets))
                .problems();
    }

    @Test
    void everyTemplateIsSoundAsProposed() {
        assertTrue(shelf.all().size() >= 8);
        for (Template template : shelf.all()) {
            assertEquals(List.of(), TemplateRules.problems(template, Map.of()), template.name());
            String text = template.filled("mine", Map.of());
            assertFalse(text.contains("{{"), text);
            assertEquals(List.of(), problems(template, text), text);
            String key = template.kind().key();
            assertTrue(text.startsWith(key + ": mine\n"), text);
        }
    }

    @Test
    void everyTemplateSpeaksBothLanguages() {
        for (Template template : shelf.all()) {
            assertFalse(template.title().getOrDefault("zh", "").isBlank());
            assertFalse(template.description().getOrDefault("en", "").isBlank());
            for (Template.Parameter parameter : template.parameters()) {
                assertEquals(2, parameter.title().size(), parameter.name());
                assertTrue(
                        template.text().contains("{{" + parameter.name() + "}}"),
                        template.name() + " does not use " + parameter.name());
            }
        }
    }

    @Test
    void refusesValuesThatWouldBeMoreThanValues() {
        Template template = shelf.find("incremental").orElseThrow();
        assertEquals(DocumentKind.FLOWS, template.kind());
        for (String wicked :
                List.of("a\nb: c", "a, mode: replace", "x}", "a'; drop table b", "", "a: b")) {
            assertEquals(
                    1, TemplateRules.problems(template, Map.of("updated", wicked)).size(), wicked);
        }
        assertEquals(1, TemplateRules.problems(template, Map.of("updatd", "a")).size());
    }
}
