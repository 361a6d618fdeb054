package dev.mortise.engine.flow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files a project is made of, wherever they are kept.
public sealed interface Documents {
    /// Files of a folder, sorted by name, such as `flows/orders.yaml`.
    ///
    /// @param max more are not wanted
    List<String> files(String folder, int max) throws IOException;

    /// What stands in a file.
    ///
    /// @param max more bytes are not wanted
    byte[] read(String file, int max) throws IOException;

    /// Files below a folder of the disk.
    static Documents in(Path folder) {
        return new InFolder(folder);
    }

    /// Files at hand, by their path within the project.
    static Documents of(Map<String, String> texts) {
        return new AtHand(new TreeMap<>(texts));
    }

    private static boolean isYaml(String name) {
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".");
    }

    /// On disk.
    record InFolder(Path project) implements Documents {
        @Override
        public List<String> files(String folder, int max) throws IOException {
            Path path = project.resolve(folder);
            if (!Files.isDirectory(path)) {
                return List.of();
            }
            try (Stream<Path> entries = Files.list(path)) {
                return entries.filter(entry -> !Files.isDirectory(entry))
                        .map(entry -> String.valueOf(entry.getFileName()))
                        .filter(Documents::isYaml)
                        .sorted()
                        .limit(max)
                        .map(name -> folder + "/" + name)
                        .toList();
            }
        }

        @Override
        public byte[] read(String file, int max) throws IOException {
            try (InputStream in = Files.newInputStream(project.resolve(file))) {
                return in.readNBytes(max);
            }
        }
    }

    /// In memory.
    record AtHand(TreeMap<String, String> texts) implements Documents {
        @Override
        public List<String> files(String folder, int max) {
            return texts.keySet().stream()
                    .filter(file -> file.startsWith(folder + "/"))
                    .filter(file -> isYaml(file.substring(folder.length() + 1)))
                    .limit(max)
                    .toList();
        }

        @Override
        public byte[] read(String file, int max) throws IOException {
            String text = texts.get(file);
            if (text == null) {
                throw new NoSuchFileException(file);
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new ByteArrayInputStream(bytes).readNBytes(max);
        }
    }
}
