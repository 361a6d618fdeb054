package dev.mortise.api.draft.text;

import dev.mortise.api.yaml.Bounds;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON into a tree. A string is a quoted leaf, so that `"1"` stays apart from `1`; `null` is
/// an empty leaf without quotes. Of a name that stands twice the last value counts, as in browsers.
public final class JsonText {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Bounds.DEPTH_MAX + 1)
                                    .maxStringLength(64 << 20)
                                    .build())
                    .build();

    private final String file;
    private final JsonParser parser;
    private final Bounds bounds = new Bounds(Bounds.NODES_MAX);

    private JsonText(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /// @param file names the text in places
    /// @throws ProblemException `DOCUMENT_INVALID` with line and column, or `LIMIT_EXCEEDED`
    public static Tree read(String file, String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonText reader = new JsonText(file, parser);
            Tree tree = reader.value(reader.next("a value"), 1);
            if (parser.nextToken() != null) {
                throw reader.invalid("expected the end of the document, found more behind it");
            }
            return tree;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String said = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
            // The parser's words may quote the text, which may hold a secret.
            String words = said.replaceAll("'[^']{4,}'|\"[^\"]{4,}\"", "'…'");
            throw new ProblemException(
                    problem(
                            at == null ? new Place(file, 1, 1) : place(file, at),
                            "expected valid JSON, found: " + words));
        }
    }

    private JsonToken next(String wanted) {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw invalid("expected " + wanted + ", found the end of the document");
        }
        return token;
    }

    private Tree value(JsonToken token, int depth) {
        Place place = place(file, parser.currentTokenLocation());
        bounds.count(1, depth, place);
        return switch (token) {
            case START_OBJECT -> entries(place, depth);
            case START_ARRAY -> items(place, depth);
            case VALUE_STRING -> new Tree.Leaf(parser.getString(), true, place);
            case VALUE_NULL -> new Tree.Leaf("", false, place);
            case VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new Tree.Leaf(parser.getString(), false, place);
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw invalid("expected a value, found something else");
        };
    }

    private Tree items(Place place, int depth) {
        List<Tree> items = new ArrayList<>();
        JsonToken token = next("']'");
        while (token != JsonToken.END_ARRAY) {
            items.add(value(token, depth + 1));
            token = next("']'");
        }
        return new Tree.Items(items, place);
    }

    private Tree entries(Place place, int depth) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        Map<String, Place> names = new LinkedHashMap<>();
        while (next("'}'") != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            names.put(name, place(file, parser.currentTokenLocation()));
            entries.put(name, value(next("a value"), depth + 1));
        }
        return new Tree.Entries(entries, names, place);
    }

    private ProblemException invalid(String message) {
        return new ProblemException(problem(place(file, parser.currentTokenLocation()), message));
    }

    private static Problem problem(Place place, String message) {
        return new Problem(
                ProblemCode.DOCUMENT_INVALID,
                message,
                place.toString(),
                "mend it, or export again");
    }

    private static Place place(String file, TokenStreamLocation at) {
        return new Place(file, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }
}
