package dev.mortise.connectors.jdbc;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.List;
import java.util.stream.Stream;

/// Loads a JDBC driver that does not come with us from the folder `drivers` of a project. Only the
/// class that the dialect names is ever made.
public final class DriverFolder {
    private final Path folder;

    DriverFolder(Path folder) {
        this.folder = folder;
    }

    /// A driver that comes with us. `DriverManager` would load those of all systems to find it.
    public static Driver bundled(String className) {
        try {
            return made(Class.forName(className));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("expected " + className + " on the class path", e);
        }
    }

    private static Driver made(Class<?> driver) throws ReflectiveOperationException {
        return driver.asSubclass(Driver.class).getDeclaredConstructor().newInstance();
    }

    Driver load(String className) {
        ClassLoader ours = DriverFolder.class.getClassLoader();
        // The loader lives as long as the driver does.
        @SuppressWarnings("resource")
        URLClassLoader loader = new URLClassLoader(jars(), ours);
        try {
            return made(Class.forName(className, true, loader));
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.FILE_MISSING,
                            "no driver '" + className + "' in '" + folder.getFileName() + "'",
                            "put the vendor's JDBC driver, a .jar file, into the project's folder"
                                    + " 'drivers'"),
                    e);
        }
    }

    private URL[] jars() {
        if (!Files.isDirectory(folder)) {
            return new URL[0];
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            URL[] urls = new URL[jars.size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = url(jars.get(i));
            }
            return urls;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.IO_FAILED,
                            "listing the folder 'drivers': " + e.getMessage(),
                            "check its rights"),
                    e);
        }
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }
}
