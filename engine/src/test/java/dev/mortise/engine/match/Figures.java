package dev.mortise.engine.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How good proposals are, against labelled pairs.
final class Figures {
    private final List<String> mistakes = new ArrayList<>();
    private int labelled;
    private int targets;
    private int right;
    private int proposed;
    private int auto;
    private int autoRight;
    private int sameName;
    private int sameNameRight;

    static Figures of(List<TablePair> pairs, Matcher matcher) {
        Figures figures = new Figures();
        pairs.forEach(pair -> figures.add(pair, matcher));
        return figures;
    }

    private void add(TablePair pair, Matcher matcher) {
        Map<String, String> truth = pair.truth();
        labelled += truth.size();
        targets += pair.target().size();
        for (Proposal proposal : matcher.match(pair.source(), pair.target(), History.none())) {
            String target = proposal.target().name();
            String expected = truth.getOrDefault(target, "");
            String found = proposal.source().map(FieldProfile::name).orElse("");
            count(proposal.band(), found, expected);
            if (!found.equals(expected)) {
                mistakes.add(
                        "%s: %s expects '%s', got '%s' %.3f %s %s"
                                .formatted(
                                        pair.name(),
                                        target,
                                        expected,
                                        found,
                                        proposal.score(),
                                        proposal.band(),
                                        proposal.alternatives()));
            }
        }
        pair.target().forEach(target -> sameName(pair, target.name()));
    }

    private void count(Band band, String found, String expected) {
        boolean hit = !found.isEmpty() && found.equals(expected);
        proposed += found.isEmpty() ? 0 : 1;
        right += hit ? 1 : 0;
        auto += band == Band.AUTO ? 1 : 0;
        autoRight += band == Band.AUTO && hit ? 1 : 0;
    }

    private void sameName(TablePair pair, String target) {
        for (FieldProfile source : pair.source()) {
            if (source.name().equalsIgnoreCase(target)) {
                sameName++;
                boolean hit = source.name().equals(pair.truth().getOrDefault(target, ""));
                sameNameRight += hit ? 1 : 0;
            }
        }
    }

    int labelled() {
        return labelled;
    }

    double autoPrecision() {
        return auto == 0 ? 1 : (double) autoRight / auto;
    }

    double autoShare() {
        return (double) autoRight / labelled;
    }

    double recall() {
        return (double) right / labelled;
    }

    double precision() {
        return (double) right / Math.max(1, proposed);
    }

    double sameNameRecall() {
        return (double) sameNameRight / labelled;
    }

    List<String> mistakes() {
        return mistakes;
    }

    String line(String name) {
        return String.format(
                Locale.ROOT,
                "%s: %d pairs, %d targets | auto %d, precision %.4f, of all pairs %.3f"
                        + " | recall@1 %.4f, precision %.4f | same name: recall %.4f (%d of %d)",
                name,
                labelled,
                targets,
                auto,
                autoPrecision(),
                autoShare(),
                recall(),
                precision(),
                sameNameRecall(),
                sameNameRight,
                sameName);
    }
}
