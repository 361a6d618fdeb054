package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Media;
import dev.mortise.api.draft.call.SampleShape;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.api.draft.schema.Content;
import dev.mortise.api.draft.schema.FormFields;
import dev.mortise.api.draft.schema.Refs;
import dev.mortise.api.draft.schema.SchemaShape;
import dev.mortise.api.draft.text.Node;
import dev.mortise.spi.option.Tree;

/// What a content of an OpenAPI document looks like, by its schema or else by its example.
///
/// @param swagger whether examples stand there as in Swagger 2
record OpenApiContent(Refs refs, Findings findings, boolean swagger) {
    /// @param example from which is learned what the schema does not tell
    /// @param answer whether it is read rather than sent
    Shape shape(Content content, Node example, boolean answer) {
        Node schema = content.node().at("schema");
        Shape told =
                switch (content.media()) {
                    case FORM, MULTIPART ->
                            new FormFields(refs, findings, content.media() == Media.MULTIPART)
                                    .of(schema, content.node().at("encoding"));
                    case XML -> SchemaShape.ofXml(refs, findings, answer, schema);
                    case JSON, CSV, NDJSON, OTHER ->
                            new SchemaShape(refs, findings, answer).of(schema);
                };
        Shape shape = schema.exists() ? told : Shape.NOTHING;
        boolean bare = shape instanceof Shape.Nothing || shape instanceof Shape.Anything;
        boolean empty = shape instanceof Fields fields && fields.fields().isEmpty();
        Tree shown = example.tree();
        boolean learns = (bare || empty) && shown != null && content.media() != Media.XML;
        Shape known = learns ? SampleShape.of(java.util.Objects.requireNonNull(shown)) : shape;
        // A body of which nothing is told is not the same as no body.
        return known instanceof Shape.Nothing && !answer ? Shape.ANYTHING : known;
    }

    /// The example of a content, or else that of its schema.
    Node example(Node media) {
        if (media.has("example")) {
            return media.at("example");
        }
        for (Node example : media.entries("examples").values()) {
            Node known = refs.resolve(example);
            return swagger ? known : known.at("value");
        }
        return media.at("schema", "example");
    }
}
