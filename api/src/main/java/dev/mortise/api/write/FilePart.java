package dev.mortise.api.write;

import dev.mortise.api.page.Multipart;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A column that is sent as a file (RFC 7578 section 4.2).
///
/// @param folder of the project which the column's text names a file below; empty when the column
///     holds the bytes themselves
/// @param name of the file, and `type` of its content; both with `{column}` for values of the row
public record FilePart(Optional<String> folder, String name, String type) {
    /// Reads `files`: `{content: {filename: "{name}", type: image/png}}`, and with `folder` for
    /// columns that name files of the project.
    static Map<String, FilePart> read(TreeReader reader) {
        Map<String, FilePart> files = new LinkedHashMap<>();
        Optional<TreeReader> written = reader.inner("files", "'files' of 'write'");
        if (written.isEmpty()) {
            return files;
        }
        TreeReader inner = written.get();
        for (String column : inner.entries().keySet()) {
            inner.inner(column, "file '" + column + "'")
                    .ifPresent(one -> files.put(column, one(one)));
        }
        return files;
    }

    private static FilePart one(TreeReader reader) {
        Optional<String> folder = reader.text("folder");
        String name = reader.text("filename").orElse("");
        if (name.isEmpty()) {
            reader.required("filename", "'{name}'");
        }
        String type = reader.text("type", "application/octet-stream");
        reader.end();
        if (folder.isPresent() && hidden(folder.get())) {
            reader.invalid("folder", "a folder below the project whose names begin with no dot");
        }
        return new FilePart(folder, name, type);
    }

    /// Where keys and tokens lie nothing is sent from.
    private static boolean hidden(String folder) {
        return folder.isEmpty()
                || folder.startsWith("/")
                || folder.contains("\\")
                || Stream.of(folder.split("/", -1)).anyMatch(name -> name.startsWith("."));
    }

    /// The file as it is sent.
    ///
    /// @param value of a column of the row
    public Multipart.File of(byte[] content, UnaryOperator<String> value) {
        return new Multipart.File(content, Holes.fill(name, value), Holes.fill(type, value));
    }

    /// What stands in the file a row names. Links are followed only within the folder, and nothing
    /// that begins with a dot is read.
    ///
    /// @param path below the folder
    /// @throws ProblemException of fault ROW when there is no such file, or it is larger
    public byte[] read(Path project, String path, long bytesMax) {
        try {
            Path root = project.resolve(folder.orElse("")).toRealPath();
            Path file = root.resolve(path).toRealPath();
            if (!file.startsWith(root) || hidden(root.relativize(file).toString())) {
                throw astray(path, null);
            }
            long most = Math.min(bytesMax, Integer.MAX_VALUE - 9);
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes((int) most + 1);
                if (content.length > most) {
                    throw tooLarge(bytesMax);
                }
                return content;
            }
        } catch (IOException | InvalidPathException e) {
            throw astray(path, e);
        }
    }

    private ProblemException astray(String path, @Nullable Exception cause) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.CONSTRAINT_BROKEN,
                        "expected a file below '%s' of the project, '%.200s' is none"
                                .formatted(folder.orElse(""), path),
                        "put the file there, or mend the path in the row"),
                cause);
    }

    public static ProblemException tooLarge(long bytesMax) {
        return ProblemException.of(
                ProblemCode.VALUE_TOO_LONG,
                "expected a file of at most " + bytesMax + " bytes, got a larger one",
                "send a smaller one, or raise 'body_bytes_max'");
    }

    /// The columns its name and type are made of.
    List<String> columns() {
        return Stream.of(name, type).flatMap(text -> Holes.in(text).stream()).toList();
    }
}
