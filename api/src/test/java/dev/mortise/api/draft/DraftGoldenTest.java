package dev.mortise.api.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.api.draft.call.Finding;
import dev.mortise.testkit.golden.GoldenFile;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Document in; connection and findings out, byte by byte.
final class DraftGoldenTest {
    static List<GoldenFile> files() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void draftsTheConnection(GoldenFile file) {
        Draft draft = Draft.of(file.input(), Samples.hint(file.name()));
        String findings =
                draft.findings().stream().map(Finding::line).collect(Collectors.joining("\n"));
        file.check(draft.yaml() + "\n" + findings);
    }

    @ParameterizedTest
    @MethodSource("files")
    void writesTheSameBytesEachTime(GoldenFile file) {
        Hint hint = Samples.hint(file.name());
        assertEquals(Draft.of(file.input(), hint).yaml(), Draft.of(file.input(), hint).yaml());
    }
}
