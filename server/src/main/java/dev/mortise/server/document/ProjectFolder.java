package dev.mortise.server.document;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A project as it lies in a folder: what an export would hold, read file by file.
final class ProjectFolder {
    private static final int FILES_MAX = 20_000;

    private ProjectFolder() {}

    static Bundle read(Path folder) throws IOException {
        TreeMap<String, String> texts = new TreeMap<>();
        for (DocumentKind kind : DocumentKind.values()) {
            for (Path file : documents(folder.resolve(kind.word()))) {
                texts.put(kind.word() + "/" + named(file), text(file));
            }
        }
        if (texts.isEmpty()) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.FILE_MISSING,
                            "expected a folder with 'connections' and 'flows', found no document",
                            folder.toString(),
                            "name the folder of a project"));
        }
        Path studio = folder.resolve(Bundle.STUDIO);
        return new Bundle(texts, Files.exists(studio) ? text(studio) : "", List.of());
    }

    private static List<Path> documents(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .limit(FILES_MAX)
                    .toList();
        }
    }

    private static String named(Path file) {
        return file.getFileName().toString().replaceFirst("\\.ya?ml$", ".yaml");
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > DocumentRules.BYTES_MAX) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.LIMIT_EXCEEDED,
                            "a document has at most %d bytes, this one has %d"
                                    .formatted(DocumentRules.BYTES_MAX, Files.size(file)),
                            file.toString(),
                            "part it into several"));
        }
        return Files.readString(file);
    }
}
