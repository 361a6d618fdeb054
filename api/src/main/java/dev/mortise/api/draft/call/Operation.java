package dev.mortise.api.draft.call;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import java.util.List;
import java.util.Optional;

/// One call that a document describes, whatever its format; values are as a definition writes them.
///
/// @param id what the document names it; may be empty
/// @param path below the base address, with `{name}` for its parameters
/// @param request what its body looks like
/// @param body the template of its body
/// @param ofBody what must be told when that template is sent
/// @param sends in which form that is
/// @param answer what a good answer looks like
/// @param answers in which form that is
/// @param link whether answers carry a `Link` header
/// @param creates whether the document says that the call creates what it is answered with
public record Operation(
        String id,
        String title,
        String method,
        String path,
        List<Param> params,
        Shape request,
        Optional<Tree> body,
        List<Finding> ofBody,
        Media sends,
        Shape answer,
        Media answers,
        boolean link,
        boolean creates,
        Place place) {
    /// Where a parameter travels.
    public enum In {
        PATH,
        QUERY,
        HEADER,
        BODY
    }

    /// @param name within the body: names joined by dots
    /// @param shape what it looks like, with its usual value
    /// @param value what the call sends; empty when the document only allows it
    /// @param choices the values it may have, for people; may be empty
    public record Param(
            In in,
            String name,
            Shape shape,
            Optional<String> value,
            boolean required,
            String title,
            String choices,
            Place place) {
        public static Param sent(In in, String name, String value, Shape shape, Place place) {
            return new Param(in, name, shape, Optional.of(value), true, "", "", place);
        }

        /// Its default, else an example, else what is sent.
        public Optional<String> usual() {
            Optional<String> told =
                    shape instanceof Shape.Value known ? known.bounds().usual() : Optional.empty();
            return told.or(() -> value);
        }

        public Param named(String other) {
            return new Param(in, other, shape, value, required, title, choices, place);
        }
    }

    public Operation {
        params = List.copyOf(params);
        ofBody = List.copyOf(ofBody);
    }
}
