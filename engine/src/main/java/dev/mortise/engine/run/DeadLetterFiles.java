package dev.mortise.engine.run;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Dead letters as files: one folder a flow, one file a bundle, one line a letter.
record DeadLetterFiles(Path root) implements DeadLetterShelf {
    private static final String END = ".jsonl";

    @Override
    public List<String> names(String flow) {
        Path folder = root.resolve(flow);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(END))
                    .map(name -> name.substring(0, name.length() - END.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failed("listing", folder, e);
        }
    }

    @Override
    public SortedMap<String, List<DeadLetter>> read(String flow) {
        SortedMap<String, List<DeadLetter>> bundles = new TreeMap<>();
        names(flow).forEach(name -> bundles.put(name, read(file(flow, name))));
        return bundles;
    }

    private Path file(String flow, String name) {
        return root.resolve(flow).resolve(name + END);
    }

    private static List<DeadLetter> read(Path file) {
        try {
            return Files.readAllLines(file).stream().map(DeadLetterJson::read).toList();
        } catch (IOException e) {
            throw failed("reading", file, e);
        }
    }

    @Override
    public void replace(String flow, String name, List<DeadLetter> letters) {
        Path file = file(flow, name);
        try {
            KeptFile.replace(file, DeadLetterJson.lines(letters));
        } catch (IOException e) {
            throw failed("writing", file, e);
        }
    }

    @Override
    public void delete(String flow, String name) {
        Path file = file(flow, name);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed("deleting", file, e);
        }
    }

    private static ProblemException failed(String act, Path file, IOException e) {
        return new ProblemException(
                new Problem(
                        ProblemCode.IO_FAILED,
                        act + " dead letters: " + e.getMessage(),
                        file.toString(),
                        "free space or mend the rights of the folder, then run again: it resumes"),
                new UncheckedIOException(e));
    }
}
