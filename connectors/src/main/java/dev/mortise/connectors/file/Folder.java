package dev.mortise.connectors.file;

import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/// The folder of a connection. Nothing outside it is ever opened: names are relative, and the real
/// path behind links must lie in it too.
final class Folder {
    private static final int DEPTH_MAX = 16;

    private final Path root;
    private final int filesMax;

    Folder(Path root, int filesMax) {
        this.root = root;
        this.filesMax = filesMax;
    }

    /// A file as it stood when it was looked at.
    ///
    /// @param name relative to the folder, with `/`
    /// @param stamp when it was last written, in microseconds
    /// @param inode which file on the disk; 0 where there is no such thing
    record Entry(Path path, String name, long size, long stamp, long inode) {
        boolean same(Entry other) {
            return size == other.size && stamp == other.stamp && inode == other.inode;
        }
    }

    /// The folder itself, with all links followed.
    ///
    /// @throws ProblemException FILE_MISSING when there is none
    Path root() {
        try {
            Path real = root.toRealPath();
            if (Files.isDirectory(real)) {
                return real;
            }
        } catch (IOException e) {
            if (!(e instanceof NoSuchFileException)) {
                throw problem("opening the folder", root.toString(), e);
            }
        }
        throw ProblemException.of(
                        ProblemCode.FILE_MISSING,
                        "expected a folder, found none at '" + root + "'",
                        "make the folder, or mend 'path' of the connection")
                .at(root.toString());
    }

    /// The path of a name, whether there is a file or not.
    Path path(String name) {
        Path real = root();
        try {
            Path path = real.resolve(name).normalize();
            boolean inside = path.startsWith(real) && !path.equals(real);
            if (inside && !Path.of(name).isAbsolute() && inside(real, path)) {
                return path;
            }
        } catch (InvalidPathException | IOException _) {
            // Falls through to the same refusal: a name like that is not one of ours.
        }
        throw ProblemException.of(
                        ProblemCode.PRIVILEGE_MISSING,
                        "expected a file in the connection's folder, got '" + name + "'",
                        "name a file relative to the folder, without '..' and without links that"
                                + " lead out of it")
                .at(name);
    }

    /// The nearest part of the path that exists must really lie in the folder.
    private static boolean inside(Path real, Path path) throws IOException {
        Path existing = path;
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        return existing != null && existing.toRealPath().startsWith(real);
    }

    /// The file of a name.
    ///
    /// @throws ProblemException DATASET_MISSING with the nearest name
    Entry file(String name) {
        Path path = path(name);
        try {
            return entry(path.toRealPath(), name);
        } catch (NoSuchFileException _) {
            throw missing(name);
        } catch (IOException e) {
            throw problem("opening the file", name, e);
        }
    }

    private static Entry entry(Path path, String name) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new NoSuchFileException(name);
        }
        return new Entry(
                path,
                name,
                attributes.size(),
                attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.MICROSECONDS),
                inode(path));
    }

    private static long inode(Path path) throws IOException {
        try {
            return Files.getAttribute(path, "unix:ino") instanceof Long inode ? inode : 0;
        } catch (UnsupportedOperationException _) {
            return 0;
        }
    }

    private ProblemException missing(String name) {
        List<String> known = names("*");
        return ProblemException.of(
                        ProblemCode.DATASET_MISSING,
                        "no file '" + name + "' in the folder",
                        Nearest.fix(name, known))
                .at(name);
    }

    /// The files of a dataset: the one of that name, or all that its `*` stand for, sorted.
    List<Entry> files(String dataset) {
        if (dataset.indexOf('*') < 0) {
            return List.of(file(dataset));
        }
        List<Entry> files = names(dataset).stream().map(this::file).toList();
        if (files.isEmpty()) {
            throw missing(dataset);
        }
        return files;
    }

    /// Names of files that match a pattern, sorted; hidden ones and ours are left out.
    List<String> names(String pattern) {
        Path real = root();
        Pattern wanted = glob(pattern);
        try (Stream<Path> walk = Files.walk(real, DEPTH_MAX)) {
            List<String> names =
                    walk.map(path -> real.relativize(path).toString().replace('\\', '/'))
                            .filter(name -> wanted.matcher(name).matches() && !hidden(name))
                            .filter(name -> readable(real, name))
                            .limit(filesMax + 1L)
                            .sorted()
                            .toList();
            if (names.size() > filesMax) {
                throw tooMany(pattern);
            }
            return names;
        } catch (IOException e) {
            throw problem("listing the folder", root.toString(), e);
        }
    }

    private ProblemException tooMany(String pattern) {
        return ProblemException.of(
                ProblemCode.LIMIT_EXCEEDED,
                "a set may have %d files, more match '%s'".formatted(filesMax, pattern),
                "narrow the pattern, or raise 'files_max'");
    }

    private static boolean hidden(String name) {
        return name.startsWith(".") || name.contains("/.");
    }

    private static boolean readable(Path real, String name) {
        Path path = real.resolve(name);
        try {
            return Files.isRegularFile(path) && path.toRealPath().startsWith(real);
        } catch (IOException _) {
            return false;
        }
    }

    static Pattern glob(String pattern) {
        String regex =
                Stream.of(pattern.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    /// Makes a rename in a folder survive a power cut. Where a folder cannot be opened, as on
    /// Windows, the file system does that by itself.
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException _) {
            // Windows does not open folders.
        }
    }

    /// What an error of the file system means to whom.
    static ProblemException problem(String act, String place, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof FileSystemException fs && fs.getReason() != null) {
            reason = fs.getReason();
        }
        ProblemCode code = code(e, reason);
        return new ProblemException(
                new dev.mortise.spi.problem.Problem(code, act + ": " + reason, place, fix(code)),
                e);
    }

    private static ProblemCode code(IOException e, String reason) {
        return switch (e) {
            case NoSuchFileException _ -> ProblemCode.FILE_MISSING;
            case AccessDeniedException _ -> ProblemCode.PRIVILEGE_MISSING;
            case ZipException _ -> ProblemCode.FILE_CORRUPT;
            case EOFException _ -> ProblemCode.FILE_CORRUPT;
            default ->
                    reason.contains("No space left") || reason.contains("quota")
                            ? ProblemCode.DISK_FULL
                            : ProblemCode.IO_FAILED;
        };
    }

    private static String fix(ProblemCode code) {
        return switch (code) {
            case FILE_MISSING -> "check the name, or put the file there";
            case PRIVILEGE_MISSING -> "let the user that runs this read and write the folder";
            case FILE_CORRUPT -> "fetch the file again: it is damaged or not whole";
            case DISK_FULL -> "free space on the disk, then run again";
            default -> "check the disk or the network drive, then run again";
        };
    }
}
