package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Shape;
import dev.mortise.spi.option.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request as it was sent, or is to be sent; secrets still in it. It never leaves the package.
///
/// @param title what a person called it; may be empty
/// @param url with `{name}` where its parts have been generalised
/// @param holes the values for these names
/// @param form whether the body is a form or a file
/// @param body empty when there is none
/// @param answer what came back; [Shape#NOTHING] when that is not known
/// @param link whether answers carry a `Link` header
record Sent(
        String title,
        String method,
        String url,
        Map<String, String> holes,
        List<Map.Entry<String, String>> headers,
        boolean form,
        Optional<String> body,
        Shape answer,
        boolean link,
        Place place) {
    Sent {
        headers = List.copyOf(headers);
        holes = Map.copyOf(holes);
    }

    @Override
    public String toString() {
        return method + " at " + place;
    }
}
