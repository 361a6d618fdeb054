package dev.mortise.engine.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mortise.spi.problem.Problem;
import dev.mortise.testkit.golden.GoldenFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever stands in a file, the reader answers with a flow or with problems that have places.
class MangledFlowTest {
    private static final String SIGNS = " \n\t:,{}[]'\"*&!|>-#?%@`$a0\\~\u0001订😀";
    private static final int ROUNDS = 3_000;

    @Test
    void answersWithAFlowOrWithProblems() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> inputs = GoldenFile.of(getClass()).stream().map(GoldenFile::input).toList();
        for (int round = 0; round < ROUNDS; round++) {
            String[] documents =
                    inputs.get(random.nextInt(inputs.size())).split("# file: .*\n", -1);
            String text = mangle(documents[random.nextInt(documents.length)], random);
            Problems problems = new Problems();
            Optional<Flow> flow = read(text, problems);
            String about = "seed " + seed + ", round " + round + ":\n" + text;
            assertEquals(flow.isEmpty(), problems.in("flows/a.yaml"), about);
            for (Problem problem : problems.sorted()) {
                assertFalse(problem.message().isEmpty(), about);
                assertFalse(problem.place().isEmpty(), about);
            }
        }
    }

    private static Optional<Flow> read(String text, Problems problems) {
        References references =
                new References(Surroundings.of(Map.of("PASSWORD", "x"), Map.of()), problems);
        DatasetNames datasets = new DatasetNames(List.of("erp", "crm"), problems);
        return ProjectReader.parse(text, "flows/a.yaml", problems)
                .flatMap(tree -> Document.of("flows/a.yaml", "flow", tree, problems))
                .map(document -> document.resolved(references))
                .map(new FlowReader(datasets, problems)::read)
                .filter(_ -> !problems.in("flows/a.yaml"))
                .map(FlowReader.Found::flow);
    }

    private static String mangle(String document, Random random) {
        StringBuilder text = new StringBuilder(document);
        for (int i = random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(8));
            String sign = String.valueOf(SIGNS.charAt(random.nextInt(SIGNS.length())));
            switch (random.nextInt(3)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, sign);
                default -> text.insert(random.nextInt(text.length()), text.substring(at, end));
            }
        }
        return text.toString();
    }
}
