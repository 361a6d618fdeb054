package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A flow as its author wrote it, free of problems that show without connecting to anything.
///
/// @param steps by name, in the order written; empty when `copy` is set
/// @param copy a whole database in one document; empty when there are steps
/// @param rejectsMax how many rejected rows end a run; negative means any number
public record Flow(
        String name,
        Map<String, Step> steps,
        Optional<Copy> copy,
        VerifyMode verify,
        long rejectsMax,
        Place place) {

    public enum VerifyMode {
        NONE,
        COUNT,
        FULL
    }

    /// What the flow does, without where its words stand.
    public String definition() {
        return placeless(toString());
    }

    /// A record's text without the places in it.
    static String placeless(String record) {
        return record.replaceAll("place=[^\\],]*", "");
    }

    public Flow {
        steps = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }
}
