package dev.mortise.engine.match;

/// Tells whether a choice was close: another source for the target, or another target for the
/// source, that is nearly as good.
final class Ambiguity {
    private static final double MARGIN = 0.03;

    private Ambiguity() {}

    static boolean of(double[][] scores, int row, int chosen) {
        double limit = scores[row][chosen] - MARGIN;
        for (int s = 0; s < scores[row].length; s++) {
            if (s != chosen && scores[row][s] > limit) {
                return true;
            }
        }
        for (int t = 0; t < scores.length; t++) {
            if (t != row && scores[t][chosen] > limit) {
                return true;
            }
        }
        return false;
    }
}
