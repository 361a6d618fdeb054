package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.draft.Draft;
import dev.mortise.api.draft.Hint;
import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Whatever can be imported of the API descriptions below a folder gives a connection that this
/// connector reads without a problem. `-Dmortise.corpus=FOLDER` runs it.
@EnabledIfSystemProperty(
        named = DraftReadBackTest.PROPERTY,
        matches = ".+",
        disabledReason = "no folder of documents is named by -Dmortise.corpus")
final class DraftReadBackTest {
    static final String PROPERTY = "mortise.corpus";

    @Test
    void readsEveryDraftOfTheCorpus() throws IOException {
        Path folder = Path.of(System.getProperty(PROPERTY)).toRealPath();
        List<String> wrong = new ArrayList<>();
        int drafts = 0;
        for (Path file : files(folder)) {
            Optional<Draft> draft = draft(file);
            drafts += draft.isPresent() ? 1 : 0;
            draft.stream()
                    .flatMap(d -> problems(d).stream())
                    .map(problem -> folder.relativize(file) + ": " + problem.line())
                    .forEach(wrong::add);
        }
        assertTrue(drafts > 0, "the folder has no description of an API");
        assertEquals(List.of(), wrong, "of " + drafts + " drafts");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches("(?i).*\\.(json|ya?ml|har)"))
                    .sorted()
                    .toList();
        }
    }

    /// Empty for what is no description of an API at all.
    private static Optional<Draft> draft(Path file) throws IOException {
        try {
            Hint hint = Hint.of("corpus", file.getFileName().toString());
            return Optional.of(Draft.of(Files.readAllBytes(file), hint));
        } catch (ProblemException _) {
            return Optional.empty();
        }
    }

    private static List<Problem> problems(Draft draft) {
        Tree document = YamlText.read("corpus.yaml", draft.yaml());
        Map<String, Tree> words = new LinkedHashMap<>(((Tree.Entries) document).entries());
        words.remove("connection");
        words.remove("type");
        HttpFactory factory = new HttpFactory();
        Tree.Entries entries = new Tree.Entries(words, Map.of(), Place.NOWHERE);
        List<Problem> problems =
                new ArrayList<>(Settings.check(factory.options(), entries, List.of()));
        if (problems.isEmpty()) {
            Settings settings = new Settings("corpus", Path.of(""), factory.options(), entries);
            problems.addAll(factory.check(settings));
        }
        return problems;
    }
}
