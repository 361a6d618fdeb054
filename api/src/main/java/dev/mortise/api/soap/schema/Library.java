package dev.mortise.api.soap.schema;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Document;

/// The documents of one service: each is fetched once, and what cannot be had becomes a problem.
public final class Library {
    /// Problems of one service; what is beyond is not told.
    public static final int PROBLEMS_MAX = 1000;

    private final Documents documents;
    private final Map<String, Optional<byte[]>> fetched = new HashMap<>();
    private final Set<Problem> problems = new LinkedHashSet<>();
    private long bytesLeft = Documents.ALL_BYTES_MAX;

    public Library(Documents documents) {
        this.documents = documents;
    }

    /// A fresh tree of the document, or nothing when it cannot be had; then a problem says why.
    public Optional<Document> open(String location) {
        try {
            return fetch(location).map(bytes -> Xml.parse(bytes, location));
        } catch (ProblemException e) {
            fetched.put(location, Optional.empty());
            report(e.problem());
            return Optional.empty();
        }
    }

    private Optional<byte[]> fetch(String location) {
        Optional<byte[]> known = fetched.get(location);
        if (known != null) {
            return known;
        }
        if (fetched.size() >= Documents.COUNT_MAX) {
            throw ProblemException.of(
                            ProblemCode.LIMIT_EXCEEDED,
                            "a service holds at most %d documents".formatted(Documents.COUNT_MAX),
                            "import only the schemas its operations use")
                    .at(location);
        }
        Optional<byte[]> bytes = Optional.empty();
        try {
            bytes = Optional.of(spent(documents.fetch(location), location));
        } catch (IOException e) {
            report(
                    Problem.of(
                                    ProblemCode.FILE_MISSING,
                                    "fetching a document of the service: " + e,
                                    "see that the location can be read, or import a saved copy")
                            .at(location));
        }
        fetched.put(location, bytes);
        return bytes;
    }

    private byte[] spent(byte[] bytes, String location) {
        bytesLeft -= bytes.length;
        if (bytesLeft < 0) {
            throw ProblemException.of(
                            ProblemCode.LIMIT_EXCEEDED,
                            "the documents of a service hold at most %d bytes"
                                    .formatted(Documents.ALL_BYTES_MAX),
                            "import only the schemas its operations use")
                    .at(location);
        }
        return bytes;
    }

    /// Keeps a problem, each once, up to [#PROBLEMS_MAX].
    public void report(Problem problem) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(problem);
        }
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
