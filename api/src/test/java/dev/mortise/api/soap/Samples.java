package dev.mortise.api.soap;

import dev.mortise.api.soap.schema.Documents;
import dev.mortise.api.soap.wsdl.Wsdl;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The services below `src/test/resources/soap`, and services made of texts.
public final class Samples {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private Samples() {}

    public static Wsdl read(String name) {
        return Wsdl.read(Samples::fetch, "soap/" + name);
    }

    public static byte[] fetch(String location) throws IOException {
        try (InputStream in = Samples.class.getClassLoader().getResourceAsStream(location)) {
            if (in == null) {
                throw new FileNotFoundException(location);
            }
            return in.readAllBytes();
        }
    }

    public static Documents of(Map<String, String> texts) {
        return location -> {
            String text = texts.get(location);
            if (text == null) {
                throw new FileNotFoundException(location);
            }
            return text.getBytes(StandardCharsets.UTF_8);
        };
    }

    /// JSON with single quotes, numbers with every digit kept.
    public static JsonNode json(String text) {
        return MAPPER.readTree(text.replace('\'', '"'));
    }
}
