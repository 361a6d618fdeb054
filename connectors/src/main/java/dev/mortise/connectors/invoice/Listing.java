package dev.mortise.connectors.invoice;

import dev.mortise.connectors.invoice.Document.Kind;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of a folder as they stood at one moment, sorted by name. Sub-folders are walked,
/// symbolic links are not followed, hidden files and other endings than ours are left out.
///
/// @param mark differs when another file, size or time is in the list
record Listing(List<Entry> files, String mark) {
    /// A file as it stood.
    ///
    /// @param name relative to the folder, with `/`
    /// @param written when it was last written, in microseconds since 1970
    record Entry(Path root, String name, Kind kind, long bytes, long written) {
        Path path() {
            return root.resolve(name);
        }

        InputStream open() throws IOException {
            return Files.newInputStream(path(), LinkOption.NOFOLLOW_LINKS);
        }

        /// @throws ProblemException SOURCE_CHANGED when it is not the file that was listed
        void assertUnchanged() {
            try {
                BasicFileAttributes now = attributes(path());
                if (now.isRegularFile() && now.size() == bytes && micros(now) == written) {
                    return;
                }
            } catch (NoSuchFileException _) {
                throw changed(name);
            } catch (IOException e) {
                throw problem("looking at the file", name, e);
            }
            throw changed(name);
        }
    }

    /// The folder itself; a link to it is followed.
    ///
    /// @throws ProblemException FILE_MISSING when there is none
    static Path root(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (Files.isDirectory(real)) {
                return real;
            }
        } catch (NoSuchFileException _) {
            throw missing(folder);
        } catch (IOException e) {
            throw problem("opening the folder", folder.toString(), e);
        }
        throw missing(folder);
    }

    /// Lists the files whose name matches a pattern, in which `*` stands for any run of characters.
    ///
    /// @throws ProblemException FILE_MISSING, PRIVILEGE_MISSING, LIMIT_EXCEEDED
    static Listing of(Path folder, String pattern, int filesMax) {
        Path root = root(folder);
        Walk walk = new Walk(root, glob(pattern), filesMax);
        try {
            Files.walkFileTree(
                    root,
                    EnumSet.noneOf(java.nio.file.FileVisitOption.class),
                    Limits.FOLDER_DEPTH_MAX,
                    walk);
        } catch (IOException e) {
            throw problem("listing the folder", folder.toString(), e);
        }
        walk.found.sort(Comparator.comparing(Entry::name));
        return new Listing(List.copyOf(walk.found), mark(walk.found));
    }

    static Pattern glob(String pattern) {
        return Pattern.compile(
                Stream.of(pattern.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    private static String mark(List<Entry> files) {
        Mark mark = new Mark();
        for (Entry file : files) {
            mark.add(file.name().getBytes(StandardCharsets.UTF_8));
            mark.add(file.bytes());
            mark.add(file.written());
        }
        return mark.text();
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static long micros(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS);
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Pattern wanted;
        private final int filesMax;
        private final List<Entry> found = new ArrayList<>();

        Walk(Path root, Pattern wanted, int filesMax) {
            this.root = root;
            this.wanted = wanted;
            this.filesMax = filesMax;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && hidden(folder)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = root.relativize(file).toString().replace('\\', '/');
            Kind kind = attributes.isRegularFile() && !hidden(file) ? Kind.of(name) : null;
            if (kind == null || !wanted.matcher(name).matches()) {
                return FileVisitResult.CONTINUE;
            }
            if (found.size() == filesMax) {
                throw tooMany(filesMax);
            }
            found.add(new Entry(root, name, kind, attributes.size(), micros(attributes)));
            return FileVisitResult.CONTINUE;
        }

        private static boolean hidden(Path path) {
            return String.valueOf(path.getFileName()).startsWith(".");
        }
    }

    static ProblemException tooMany(int filesMax) {
        return ProblemException.of(
                ProblemCode.LIMIT_EXCEEDED,
                "expected at most %d files and documents, found more".formatted(filesMax),
                "narrow 'pattern', or raise 'files_max'");
    }

    static ProblemException changed(String name) {
        return ProblemException.of(
                        ProblemCode.SOURCE_CHANGED,
                        "expected the files as they were when the run began, some have changed",
                        "start the run afresh, and write files under another name before moving"
                                + " them into the folder")
                .at(name);
    }

    private static ProblemException missing(Path folder) {
        return ProblemException.of(
                        ProblemCode.FILE_MISSING,
                        "expected a folder, found none at '" + folder + "'",
                        "make the folder, or mend 'path' of the connection")
                .at(folder.toString());
    }

    /// What an error of the file system means to whom.
    static ProblemException problem(String act, String place, IOException e) {
        boolean denied = e instanceof AccessDeniedException;
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        Problem problem =
                new Problem(
                        denied ? ProblemCode.PRIVILEGE_MISSING : ProblemCode.IO_FAILED,
                        act + ": " + (denied ? "access denied" : reason),
                        place,
                        denied
                                ? "let the user that runs this read the folder"
                                : "check the disk or the network drive, then run again");
        return new ProblemException(problem, e);
    }

    /// A 64-bit checksum (FNV-1a) of what a listing holds, to notice that it changed. Not against
    /// forgery: who can write into the folder can change the invoices.
    static final class Mark {
        private static final long PRIME = 0x100000001b3L;

        private long hash = 0xcbf29ce484222325L;

        void add(byte[] bytes) {
            add(bytes.length);
            for (byte one : bytes) {
                hash = (hash ^ (one & 0xFF)) * PRIME;
            }
        }

        void add(long number) {
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                hash = (hash ^ (number >>> shift & 0xFF)) * PRIME;
            }
        }

        String text() {
            return Long.toHexString(hash);
        }
    }
}
