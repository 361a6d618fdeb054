package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the files of a project into documents of one kind.
final class ProjectReader {
    static final int BYTES_MAX = 1 << 20;
    static final int FILES_MAX = 10_000;

    private final Documents documents;
    private final References references;
    private final Problems problems;

    ProjectReader(Documents documents, References references, Problems problems) {
        this.documents = documents;
        this.references = references;
        this.problems = problems;
    }

    /// The documents by name, and for a file that is no document the name it most likely has.
    ///
    /// @param kind `connection` or `flow`; the folder is its plural
    Map<String, Found> read(String kind) {
        Map<String, Found> found = new LinkedHashMap<>();
        for (String file : files(kind + "s")) {
            Optional<Document> document =
                    tree(file)
                            .flatMap(tree -> Document.of(file, kind, tree, problems))
                            .map(unresolved -> unresolved.resolved(references));
            String name = document.map(Document::name).orElse(stem(file));
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

    private List<String> files(String folder) {
        List<String> files = List.of();
        try {
            files = documents.files(folder, FILES_MAX + 1);
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

    private static String stem(String file) {
        return file.substring(file.indexOf('/') + 1, file.lastIndexOf('.'));
    }

    private Optional<Tree> tree(String file) {
        try {
            byte[] bytes = documents.read(file, BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                problems.add(
                        ProblemCode.LIMIT_EXCEEDED,
                        new Place(file, 0, 0),
                        "a document has at most " + BYTES_MAX + " bytes, this one has more",
                        "split it");
                return Optional.empty();
            }
            return parse(decode(bytes), file, problems);
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
