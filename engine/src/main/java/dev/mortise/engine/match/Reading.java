package dev.mortise.engine.match;

import java.util.BitSet;
import java.util.List;

/// One way to understand a name or a comment.
///
/// @param text what was read
/// @param weights how much each token counts: the sort of value as much as what it is of
/// @param marks the numbers of its concepts and families
/// @param strange whether a token is unknown, so that only its letters can be compared
record Reading(
        String text, List<Token> tokens, List<Double> weights, BitSet marks, boolean strange) {
    static final int TOKENS_MAX = 12;
    private static final double SUBJECT = 0.8;
    private static final double UNKNOWN = 0.8;
    private static final double DIGIT = 0.5;

    static Reading of(String text, List<Token> tokens, Lexicon lexicon) {
        List<Token> kept = tokens.stream().distinct().limit(TOKENS_MAX).toList();
        BitSet marks = new BitSet();
        kept.forEach(token -> token.concepts().forEach(c -> lexicon.mark(c, marks)));
        List<Double> weights = kept.stream().map(t -> weight(t, lexicon)).toList();
        return new Reading(text, kept, weights, marks, kept.stream().anyMatch(t -> !t.known()));
    }

    private static double weight(Token token, Lexicon lexicon) {
        if (!token.known()) {
            return Character.isDigit(token.word().charAt(0)) ? DIGIT : UNKNOWN;
        }
        boolean subject =
                token.concepts().stream().allMatch(c -> lexicon.role(c) == Lexicon.Role.SUBJECT);
        return subject ? SUBJECT : 1;
    }

    /// Whether two readings have nothing to compare.
    boolean apart(Reading other) {
        return !strange && !other.strange && !marks.intersects(other.marks);
    }

    boolean known() {
        return !tokens.isEmpty() && tokens.stream().allMatch(Token::known);
    }
}
