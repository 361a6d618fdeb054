package dev.mortise.bench.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The file of all runs ever kept, one line of JSON each. Only appended to.
public final class Records {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private final Path file;

    public Records(Path file) {
        this.file = file;
    }

    void append(List<Sample> samples) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Sample sample : samples) {
            lines.append(JSON.writeValueAsString(sample)).append('\n');
        }
        Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    public List<Sample> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Sample> samples = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            samples.add(JSON.readValue(line, Sample.class));
        }
        return samples;
    }
}
