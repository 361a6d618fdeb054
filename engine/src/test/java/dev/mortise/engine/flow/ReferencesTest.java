package dev.mortise.engine.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Tree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReferencesTest {
    @Test
    void keepsTheValuesOfTheEnvironmentAsSecretsAndNoOthers() {
        Problems problems = new Problems();
        References references =
                new References(
                        Surroundings.of(Map.of("TOKEN", "t0k3n"), Map.of("day", "2026-11-26")),
                        problems);
        Tree tree =
                ProjectReader.parse("a: '${param:day} ${env:TOKEN} $${env:NO}'", "a.yaml", problems)
                        .orElseThrow();
        References.Resolved resolved = references.resolve(tree);
        assertEquals("2026-11-26 t0k3n ${env:NO}", ((Tree.Entries) resolved.tree()).text("a"));
        assertEquals(List.of("t0k3n"), resolved.taken().stream().map(Secret::reveal).toList());
    }
}
