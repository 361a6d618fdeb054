package dev.mortise.engine.match;

import dev.mortise.engine.match.Reason.Kind;
import java.util.List;

/// Compares what two columns are called: by name, by sound, and by what their comments call them.
final class NameSignal implements Signal {
    /// A comment names a column too, but not as surely as its name.
    private static final double BY_COMMENT = 0.97;

    private static final double LETTERS_MIN = 0.86;
    private static final double LETTERS_WORTH = 0.8;

    private final Meaning meaning;

    NameSignal(Meaning meaning) {
        this.meaning = meaning;
    }

    @Override
    public Kind kind() {
        return Kind.NAME;
    }

    @Override
    public double weight() {
        return 0.35;
    }

    @Override
    public double score(Column source, Column target) {
        if (source.bare().equals(target.bare())) {
            return 1;
        }
        double best = Math.max(byMeaning(source, target), bySound(source, target));
        return Math.max(best, byLetters(source.bare(), target.bare()));
    }

    double byMeaning(Column source, Column target) {
        double best = best(source.names(), target.names());
        best = Math.max(best, BY_COMMENT * best(source.names(), target.comments()));
        best = Math.max(best, BY_COMMENT * best(source.comments(), target.names()));
        return Math.max(best, BY_COMMENT * best(source.comments(), target.comments()));
    }

    private double best(List<Reading> source, List<Reading> target) {
        double best = 0;
        for (Reading one : source) {
            for (Reading other : target) {
                best = Math.max(best, meaning.of(one, other));
            }
        }
        return best;
    }

    double bySound(Column source, Column target) {
        return Math.max(heard(source, target), heard(target, source));
    }

    private static double heard(Column written, Column meant) {
        double best = 0;
        for (Sounds sounds : meant.sounds()) {
            best = Math.max(best, sounds.of(written.letters()));
        }
        return best;
    }

    private static double byLetters(String one, String other) {
        if (one.isEmpty() || other.isEmpty() || one.charAt(0) != other.charAt(0)) {
            return 0;
        }
        double alike = Letters.alike(one, other);
        return alike < LETTERS_MIN ? 0 : alike * LETTERS_WORTH;
    }
}
