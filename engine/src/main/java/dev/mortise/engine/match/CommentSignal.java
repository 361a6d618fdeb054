package dev.mortise.engine.match;

import dev.mortise.engine.match.Reason.Kind;

/// Compares the comment of one column with the comment or the name of the other, in any mix of
/// Chinese and English.
final class CommentSignal implements Signal {
    private final Meaning meaning;

    CommentSignal(Meaning meaning) {
        this.meaning = meaning;
    }

    @Override
    public Kind kind() {
        return Kind.COMMENT;
    }

    @Override
    public double weight() {
        return 0.15;
    }

    @Override
    public double score(Column source, Column target) {
        double best = MISSING;
        for (Reading one : source.comments()) {
            for (Reading other : target.readings()) {
                best = Math.max(best, meaning.of(one, other));
            }
            best = Math.max(best, sound(source, target));
        }
        for (Reading one : target.comments()) {
            for (Reading other : source.names()) {
                best = Math.max(best, meaning.of(one, other));
            }
            best = Math.max(best, sound(target, source));
        }
        return best;
    }

    /// How well the name of `written` writes the comment of `meant` in pinyin.
    private static double sound(Column meant, Column written) {
        return meant.sounds().getLast().of(written.letters());
    }
}
