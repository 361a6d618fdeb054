package dev.mortise.testkit.live;

import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;

/// The unpacked programs of a server, from the archives on the class path.
final class Binaries {
    private Binaries() {}

    static Path fromTar(String name, String archive) {
        var url = resource(archive);
        return BinaryCache.entry(name, folder -> Archive.unpackTar(url, folder));
    }

    /// @param marker a file directly in `folder/bin`
    static Path fromFolder(String name, String folder, String marker) {
        var url = resource("/" + folder + "bin/" + marker);
        return BinaryCache.entry(name, target -> Archive.unpackFolder(url, folder, target));
    }

    private static URL resource(String path) {
        var system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.toLowerCase(Locale.ROOT).equals("linux amd64")) {
            throw new LocalServerException(
                    "expected Linux on amd64 to start a local server, found '" + system + "'");
        }
        var url = Binaries.class.getResource(path);
        if (url != null) return url;
        throw new LocalServerException(
                "'%s' is not on the class path: add testkit's dependencies".formatted(path));
    }
}
