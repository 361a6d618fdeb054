package dev.mortise.engine.match;

import dev.mortise.spi.type.Type;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Two tables and which columns of them belong together.
///
/// @param truth for each target column with a counterpart its source column
record TablePair(
        String name,
        List<FieldProfile> source,
        List<FieldProfile> target,
        Map<String, String> truth) {

    /// Reads a file of labelled pairs; its head tells the format.
    static List<TablePair> read(String file) {
        List<TablePair> pairs = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith("[")) {
                String name = line.substring(1, line.length() - 1);
                pairs.add(
                        new TablePair(name, new ArrayList<>(), new ArrayList<>(), new HashMap<>()));
            } else if (line.startsWith("<") || line.startsWith(">")) {
                pairs.getLast().add(line);
            }
        }
        return pairs;
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(TablePair.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        String[] halves = line.substring(2).split("\\|", 2);
        String[] words = halves[0].strip().split(" +", 3);
        String[] label = words[0].split("=", -1);
        List<String> samples =
                halves.length < 2 || halves[1].isBlank()
                        ? List.of()
                        : List.of(halves[1].strip().split(";", -1));
        FieldProfile profile = profile(label[0], words, samples);
        (line.startsWith("<") ? source : target).add(profile);
        if (label.length > 1) {
            truth.put(label[0], label[1]);
        }
    }

    private static FieldProfile profile(String name, String[] words, List<String> samples) {
        String type = words[1].replaceAll("[*!]", "");
        boolean text = type.startsWith("text(");
        int length = text ? Integer.parseInt(type.substring(5, type.length() - 1)) : -1;
        boolean key = words[1].contains("*");
        return new FieldProfile(
                name,
                Type.parse(text ? "text" : type),
                !key && !words[1].contains("!"),
                key,
                words.length > 2 ? words[2] : "",
                length,
                samples);
    }
}
