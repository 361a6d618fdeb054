package dev.mortise.cli.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The repository as it lies on disk, without what is built, fetched or hidden.
final class SourceTree {
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "dist");

    private SourceTree() {}

    /// The folder that holds the Maven wrapper, looked for upwards from where the tests run.
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no folder above this one holds 'mvnw'");
        }
        return folder;
    }

    /// Every Java and Markdown file, in the order of their paths.
    static List<SourceFile> read(Path root) {
        List<SourceFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new Reader(root, files));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the sources below '" + root + "'", e);
        }
        files.sort(Comparator.comparing(SourceFile::path));
        return files;
    }

    private static final class Reader extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<SourceFile> files;

        Reader(Path root, List<SourceFile> files) {
            this.root = root;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skipped =
                    NOT_OURS.contains(name) || (name.startsWith(".") && !folder.equals(root));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            String path = root.relativize(file).toString().replace('\\', '/');
            if (path.endsWith(".java") || path.endsWith(".md")) {
                files.add(new SourceFile(path, Files.readString(file, StandardCharsets.UTF_8)));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
