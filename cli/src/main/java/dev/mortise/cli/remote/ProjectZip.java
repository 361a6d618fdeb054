package dev.mortise.cli.remote;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// What of a project's folder goes to a server and comes from it: documents, and beside them
/// `studio.json` with where their steps are drawn.
final class ProjectZip {
    private static final List<String> KINDS = List.of("connections", "flows");
    private static final String STUDIO = "studio.json";

    /// Of a server that is not ours, nothing else may be written anywhere.
    private static final Pattern KNOWN =
            Pattern.compile("(connections|flows)/[^/\\\\]+\\.ya?ml|studio\\.json");

    private ProjectZip() {}

    /// @throws ProblemException when there is no document in the folder
    static byte[] of(Path folder) throws IOException {
        SortedMap<String, Path> files = files(folder);
        if (files.isEmpty()) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.FILE_MISSING,
                            "expected a folder with 'connections' and 'flows', found no document",
                            folder.toString(),
                            "name the folder of a project by --project"));
        }
        Path studio = folder.resolve(STUDIO);
        if (Files.isRegularFile(studio)) {
            files.put(STUDIO, studio);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                Files.copy(file.getValue(), zip);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /// The documents in a folder, by their name in a zip: `flows/orders.yaml`.
    static SortedMap<String, Path> files(Path folder) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        for (String kind : KINDS) {
            Path home = folder.resolve(kind);
            if (Files.isDirectory(home)) {
                try (Stream<Path> all = Files.list(home)) {
                    all.filter(file -> file.toString().matches(".*\\.ya?ml"))
                            .forEach(file -> files.put(kind + "/" + named(file), file));
                }
            }
        }
        return files;
    }

    private static String named(Path file) {
        return file.getFileName().toString().replaceFirst("\\.yml$", ".yaml");
    }

    /// The files in a zip, by name.
    static SortedMap<String, byte[]> read(byte[] zipped) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                if (KNOWN.matcher(e.getName()).matches()) {
                    files.put(e.getName(), zip.readAllBytes());
                }
            }
        }
        return files;
    }
}
