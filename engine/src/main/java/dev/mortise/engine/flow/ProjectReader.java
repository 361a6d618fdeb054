package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the files of one folder of a project into documents of one kind.
final class ProjectReader {
    static final int BYTES_MAX = 1 << 20;
    static final int FILES_MAX = 10_000;

    private final Path project;
    private final References references;
    private final Problems problems;

    ProjectReader(Path project, References references, Problems problems) {
        this.project = project;
        this.references = references;
        this.problems = problems;
    }

    /// The documents by name, and for a file that is no document the name it most likely has.
    ///
    /// @param kind `connection` or `flow`; the folder is its plural
    Map<String, Found> read(String kind) {
        Map<String, Found> found = new LinkedHashMap<>();
        for (Path path : files(kind + "s")) {
            String file = kind + "s/" + path.getFileName();
            Optional<Document> document =
                    tree(path, file)
                            .flatMap(tree -> Document.of(file, kind, tree, problems))
                            .map(unresolved -> unresolved.resolved(references));
            String name = document.map(Document::name).orElse(stem(path));
            found.merge(name, new Found(Set.of(file), document), (a, b) -> both(kind, a, b));
        }
        return found;
    }

    /// @param files where the name is written; more than one when it is taken twice
    /// @param document the first; empty when no file could be read as one
    record Found(Set<String> files, Optional<Document> document) {}

    private Found both(String kind, Found earlier, Found later) {
        Set<String> files = new LinkedHashSet<>(earlier.files());
        files.addAll(later.files());
        if (earlier.document().isPresent() && later.document().isPresent()) {
            problems.add(
                    ProblemCode.NAME_TAKEN,
                    later.document().get().place(),
                    "the name '"
                            + later.document().get().name()
                            + "' is taken by another "
                            + kind
                            + " in "
                            + earlier.document().get().file(),
                    "rename one of the two");
        }
        return new Found(files, earlier.document().or(later::document));
    }

    private List<Path> files(String folder) {
        Path path = project.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(path)) {
            entries.filter(ProjectReader::isYaml)
                    .sorted()
                    .limit(FILES_MAX + 1L)
                    .forEach(files::add);
        } catch (IOException e) {
            unreadable(folder, e);
        }
        if (files.size() > FILES_MAX) {
            problems.add(
                    ProblemCode.LIMIT_EXCEEDED,
                    new Place(folder, 0, 0),
                    "a folder holds at most " + FILES_MAX + " documents, this one holds more",
                    "make several projects of it");
            return List.of();
        }
        return files;
    }

    private static boolean isYaml(Path path) {
        String name = String.valueOf(path.getFileName());
        return (name.endsWith(".yaml") || name.endsWith(".yml"))
                && !name.startsWith(".")
                && !Files.isDirectory(path);
    }

    private static String stem(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.substring(0, name.lastIndexOf('.'));
    }

    private Optional<Tree> tree(Path path, String file) {
        try {
            long size = Files.size(path);
            if (size > BYTES_MAX) {
                problems.add(
                        ProblemCode.LIMIT_EXCEEDED,
                        new Place(file, 0, 0),
                        "a document has at most " + BYTES_MAX + " bytes, this one has " + size,
                        "split it");
                return Optional.empty();
            }
            String text = decode(Files.readAllBytes(path));
            return parse(text, file, problems);
        } catch (CharacterCodingException e) {
            problems.add(
                    ProblemCode.YAML_INVALID,
                    new Place(file, 0, 0),
                    "expected text in UTF-8, found another encoding",
                    "save the file as UTF-8");
        } catch (IOException e) {
            unreadable(file, e);
        }
        return Optional.empty();
    }

    static Optional<Tree> parse(String text, String file, Problems problems) {
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        Optional<Tree> tree = YamlReader.read(file, text.substring(start), problems);
        if (tree.isEmpty() && !problems.in(file)) {
            problems.add(
                    ProblemCode.DOCUMENT_INVALID,
                    new Place(file, 1, 1),
                    "expected a document, found an empty file",
                    "fill it or remove it");
        }
        return tree;
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private void unreadable(String file, IOException e) {
        problems.add(
                ProblemCode.IO_FAILED,
                new Place(file, 0, 0),
                "reading '" + file + "': " + e.getClass().getSimpleName(),
                "check that the file may be read");
    }
}
