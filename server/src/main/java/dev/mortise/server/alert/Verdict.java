package dev.mortise.server.alert;

import java.util.List;

/// What a rule says to a run.
sealed interface Verdict {
    /// Nothing that this run could tell.
    record Unknown() implements Verdict {}

    /// What was wrong, if anything was, is over.
    record Healthy() implements Verdict {}

    /// @param cause a word of the texts
    /// @param args what the text names
    record Faulty(String cause, List<String> args) implements Verdict {
        public Faulty {
            args = List.copyOf(args);
        }
    }

    Verdict UNKNOWN = new Unknown();
    Verdict HEALTHY = new Healthy();
}
