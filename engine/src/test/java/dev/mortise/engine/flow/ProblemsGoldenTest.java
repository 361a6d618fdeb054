package dev.mortise.engine.flow;

import dev.mortise.spi.problem.Problem;
import dev.mortise.testkit.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsGoldenTest {
    static List<GoldenFile> files() {
        return GoldenFile.of(ProblemsGoldenTest.class);
    }

    @ParameterizedTest
    @MethodSource("files")
    void tellsEveryProblem(GoldenFile file, @TempDir Path folder) throws IOException {
        Project project = ProjectFiles.load(folder, file.input());
        file.check(
                project.problems().stream().map(Problem::line).collect(Collectors.joining("\n")));
    }
}
