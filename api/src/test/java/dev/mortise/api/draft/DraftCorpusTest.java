package dev.mortise.api.draft;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.draft.call.Finding;
import dev.mortise.api.draft.text.Node;
import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Imports every API description below a folder: OpenAPI, Swagger, Postman and HAR.
///
/// `-Dmortise.corpus=FOLDER` runs it; a table with a line for each document is left in the folder
/// as `draft-corpus.tsv`, and below it how often each kind of finding was made. Nothing is fetched
/// from elsewhere.
@EnabledIfSystemProperty(
        named = DraftCorpusTest.PROPERTY,
        matches = ".+",
        disabledReason = "no folder of documents is named by -Dmortise.corpus")
final class DraftCorpusTest {
    static final String PROPERTY = "mortise.corpus";
    private static final double SHARE_MIN = 0.95;

    /// What became of one document.
    ///
    /// @param offered calls by GET, POST, PUT and PATCH that the document describes
    private record Row(Path file, String format, int offered, int resources, String problem) {
        boolean imported() {
            return problem.isEmpty() && (offered == 0 || resources > 0);
        }

        String line(Path folder) {
            String verdict = imported() ? "ok" : "FAILED";
            return String.join(
                    "\t",
                    verdict,
                    format,
                    folder.relativize(file).toString(),
                    String.valueOf(offered),
                    String.valueOf(resources),
                    problem);
        }
    }

    private final Map<String, Integer> findings = new TreeMap<>();

    @Test
    void importsAlmostEveryDocument() throws IOException {
        Path folder = Path.of(System.getProperty(PROPERTY)).toRealPath();
        List<Row> rows = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (Path file : files(folder)) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            Optional<String> format = format(text);
            if (format.isPresent() && seen.add(text.hashCode())) {
                rows.add(row(file, format.get()));
            }
        }
        long imported = rows.stream().filter(Row::imported).count();
        int offered = rows.stream().mapToInt(Row::offered).sum();
        int made = rows.stream().mapToInt(r -> Math.min(r.offered(), r.resources())).sum();
        String sum =
                "%d of %d documents, %d resources of %d calls"
                        .formatted(imported, rows.size(), made, offered);
        String table = rows.stream().map(r -> r.line(folder)).collect(Collectors.joining("\n"));
        String kinds =
                findings.entrySet().stream()
                        .map(e -> e.getValue() + "\t" + e.getKey())
                        .collect(Collectors.joining("\n"));
        Files.writeString(
                folder.resolve("draft-corpus.tsv"), table + "\n\n" + kinds + "\n\n" + sum + "\n");
        assertTrue(imported >= rows.size() * SHARE_MIN, sum);
        assertTrue(made >= offered * SHARE_MIN, sum);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> f.toString().matches("(?i).*\\.(json|ya?ml|har)"))
                    .sorted()
                    .toList();
        }
    }

    /// By letters near the beginning, so that what is no description of an API is left aside.
    private static Optional<String> format(String text) {
        String head = text.substring(0, Math.min(text.length(), 2000));
        if (head.matches("(?s).*['\"]?(openapi|swagger)['\"]?\\s*:\\s*['\"]?[23]\\..*")
                && text.contains("paths")) {
            return Optional.of("openapi");
        }
        if (head.contains("schema.getpostman.com/json/collection/v2")) {
            return Optional.of("postman");
        }
        boolean har = head.matches("(?s)\\s*\\{\\s*\"log\"\\s*:.*") && text.contains("\"entries\"");
        return har ? Optional.of("har") : Optional.empty();
    }

    private Row row(Path file, String format) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Hint hint = Hint.of("corpus", file.getFileName().toString()).with(beside(file));
        int offered = 0;
        try {
            offered = format.equals("openapi") ? offered(bytes, hint) : 0;
            Draft draft = Draft.of(bytes, hint);
            Node written = Node.of(YamlText.read("corpus.yaml", draft.yaml()));
            int resources = written.entries("resources").size();
            draft.findings().stream()
                    .filter(f -> f.kind() == Finding.Kind.LEFT_OUT)
                    .map(f -> f.message().replaceAll("'[^']*'|[A-Z]+ /\\S*|\\d+", "…"))
                    .forEach(kind -> findings.merge(kind, 1, Integer::sum));
            return new Row(file, format, offered, resources, "");
        } catch (ProblemException e) {
            return new Row(file, format, offered, 0, e.problem().line());
        } catch (RuntimeException e) {
            return new Row(file, format, offered, 0, "BUG " + e);
        }
    }

    private static int offered(byte[] bytes, Hint hint) {
        Node root = Format.parse(hint.file(), new String(bytes, StandardCharsets.UTF_8));
        return (int)
                root.entries("paths").values().stream()
                        .flatMap(item -> item.entries().keySet().stream())
                        .filter(Set.of("get", "post", "put", "patch")::contains)
                        .count();
    }

    private static Documents beside(Path file) {
        Path folder = file.resolveSibling(".").normalize();
        return name -> {
            Path other = folder.resolve(name).normalize();
            boolean near = other.startsWith(folder) && Files.isRegularFile(other);
            try {
                return near ? Optional.of(Files.readString(other)) : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
