package dev.mortise.engine.match;

import dev.mortise.engine.match.Proposal.Alternative;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The door of the room: proposes a source column for each target column.
///
/// Signals are blended by their weights, those that have nothing to go by left out. The choice
/// over all columns together is the best there is, one source a target. Holds the word lists: make
/// one and keep it. Not safe for several threads.
public final class Matcher {
    public static final double AUTO_MIN = 0.85;
    public static final double SUGGEST_MIN = 0.55;

    /// Two scores nearer than this are not told apart.
    private static final double MARGIN = 0.03;

    private static final int ALTERNATIVES_MAX = 3;

    private final Columns columns;
    private final Blend blend;

    public Matcher() {
        Lexicon lexicon = new Lexicon();
        this.columns = new Columns(lexicon);
        this.blend = new Blend(new Meaning(lexicon));
    }

    /// One proposal for each target, in the targets' order.
    public List<Proposal> match(
            List<FieldProfile> source, List<FieldProfile> target, History history) {
        List<Column> from = columns.read(source);
        List<Column> to = columns.read(target);
        double[][] scores = new double[to.size()][from.size()];
        for (int t = 0; t < scores.length; t++) {
            for (int s = 0; s < from.size(); s++) {
                scores[t][s] = blend.score(from.get(s), to.get(t), history);
            }
        }
        int[] chosen = Assignment.best(gains(scores), from.size());
        List<Proposal> proposals = new ArrayList<>();
        for (int t = 0; t < scores.length; t++) {
            List<Alternative> others = alternatives(from, scores[t], chosen[t]);
            if (chosen[t] < 0) {
                proposals.add(nothing(to.get(t), others));
                continue;
            }
            Column found = from.get(chosen[t]);
            proposals.add(
                    new Proposal(
                            to.get(t).profile(),
                            Optional.of(found.profile()),
                            scores[t][chosen[t]],
                            band(scores, t, chosen[t]),
                            blend.reasons(found, to.get(t), history),
                            others));
        }
        return proposals;
    }

    /// Cubed, so that one good pair is worth more than two poor ones.
    private static double[][] gains(double[][] scores) {
        double[][] gains = new double[scores.length][];
        for (int t = 0; t < scores.length; t++) {
            gains[t] = scores[t].clone();
            for (int s = 0; s < gains[t].length; s++) {
                double score = gains[t][s];
                gains[t][s] = score < SUGGEST_MIN ? 0 : score * score * score;
            }
        }
        return gains;
    }

    private static Proposal nothing(Column target, List<Alternative> others) {
        return new Proposal(target.profile(), Optional.empty(), 0, Band.NONE, List.of(), others);
    }

    private static Band band(double[][] scores, int target, int source) {
        boolean sure = scores[target][source] >= AUTO_MIN;
        return sure && !close(scores, target, source) ? Band.AUTO : Band.SUGGEST;
    }

    /// Whether another source for the target, or another target for the source, is nearly as good.
    private static boolean close(double[][] scores, int target, int source) {
        double limit = scores[target][source] - MARGIN;
        for (int s = 0; s < scores[target].length; s++) {
            if (s != source && scores[target][s] > limit) {
                return true;
            }
        }
        for (int t = 0; t < scores.length; t++) {
            if (t != target && scores[t][source] > limit) {
                return true;
            }
        }
        return false;
    }

    private static List<Alternative> alternatives(List<Column> from, double[] scores, int chosen) {
        List<Alternative> others = new ArrayList<>();
        for (int s = 0; s < scores.length; s++) {
            if (s != chosen && scores[s] >= SUGGEST_MIN) {
                others.add(new Alternative(from.get(s).profile().name(), scores[s]));
            }
        }
        others.sort(Comparator.comparingDouble(Alternative::score).reversed());
        return others.subList(0, Math.min(ALTERNATIVES_MAX, others.size()));
    }
}
