package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A flow as its author wrote it, free of problems that show without connecting to anything.
///
/// @param formerly the name under which targets keep its progress, when it was renamed since
/// @param steps by name, in the order written; empty when `copy` is set
/// @param copy a whole database in one document; empty when there are steps
/// @param rejectsMax how many rejected rows end a run; negative means any number
public record Flow(
        String name,
        Optional<String> formerly,
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

    /// The name under which targets keep its progress.
    public String keptAs() {
        return formerly.orElse(name);
    }

    /// Under which name a target keeps the progress of a step. A run takes it up again wherever it
    /// runs and whatever flow and step are called by then.
    public String task(Step.Write step) {
        return keptAs() + "/" + step.keptAs();
    }

    /// What the flow does, without where its words stand. Another name makes no other flow of it.
    public String definition() {
        return placeless(named(keptAs(), Optional.empty()).toString());
    }

    private Flow named(String other, Optional<String> before) {
        return new Flow(other, before, steps, copy, verify, rejectsMax, place);
    }

    /// The same with other steps in place of its own, and of its copy.
    public Flow with(Map<String, Step> others) {
        return new Flow(name, formerly, others, Optional.empty(), verify, rejectsMax, place);
    }

    /// A record's text without the places in it.
    static String placeless(String record) {
        return record.replaceAll("place=[^\\],]*", "");
    }

    public Flow {
        steps = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }
}
