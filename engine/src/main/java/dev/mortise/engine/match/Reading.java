package dev.mortise.engine.match;

import java.util.List;

/// One way to understand a name or a comment.
///
/// @param text what was read
/// @param weights how much each token counts: the sort of value as much as what it is of
record Reading(String text, List<Token> tokens, List<Double> weights) {
    static final int TOKENS_MAX = 12;
    private static final double SUBJECT = 0.8;
    private static final double UNKNOWN = 0.8;
    private static final double DIGIT = 0.5;

    static Reading of(String text, List<Token> tokens, Lexicon lexicon) {
        List<Token> kept = tokens.stream().distinct().limit(TOKENS_MAX).toList();
        return new Reading(text, kept, kept.stream().map(t -> weight(t, lexicon)).toList());
    }

    private static double weight(Token token, Lexicon lexicon) {
        if (!token.known()) {
            return Character.isDigit(token.word().charAt(0)) ? DIGIT : UNKNOWN;
        }
        boolean subject =
                token.concepts().stream().allMatch(c -> lexicon.role(c) == Lexicon.Role.SUBJECT);
        return subject ? SUBJECT : 1;
    }

    boolean known() {
        return !tokens.isEmpty() && tokens.stream().allMatch(Token::known);
    }
}
