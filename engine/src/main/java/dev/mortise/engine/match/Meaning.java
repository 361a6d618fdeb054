package dev.mortise.engine.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How much two readings mean the same.
final class Meaning {
    private static final double FAMILY = 0.88;
    private static final double ALIKE_MIN = 0.92;
    private static final double SORT_CONFLICT = 0.45;
    private static final double OPPOSITE = 0.35;
    private static final double OTHER_SUBJECT = 0.7;
    private static final double UNSAID = 0.35;

    /// Kinds that a name often leaves out: the tax is an amount, a customer in an order a number.
    private static final Set<String> IMPLIED =
            Set.of("amount", "flag", "no", "code", "id", "name", "date", "time", "status");

    private final Lexicon lexicon;
    private final Map<String, Double> spelled = new HashMap<>();

    Meaning(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /// From 0 to 1.
    double of(Reading one, Reading other) {
        if (one.apart(other) || one.tokens().isEmpty() || other.tokens().isEmpty()) {
            return 0;
        }
        List<Pair> pairs = pairs(one, other);
        if (pairs.isEmpty()) {
            return 0;
        }
        boolean[] leftOfOne = all(one);
        boolean[] leftOfOther = all(other);
        double common = 0;
        for (Pair pair : pairs) {
            if (leftOfOne[pair.one] && leftOfOther[pair.other]) {
                leftOfOne[pair.one] = false;
                leftOfOther[pair.other] = false;
                common +=
                        pair.alike
                                * (one.weights().get(pair.one) + other.weights().get(pair.other));
            }
        }
        double matched = weight(one, leftOfOne, false) + weight(other, leftOfOther, false);
        double open = open(one, leftOfOne, other, leftOfOther);
        double share = common / (matched + open);
        return share * conflict(one, leftOfOne, other, leftOfOther);
    }

    private record Pair(int one, int other, double alike) {}

    /// Tokens that have something in common, closest first.
    private List<Pair> pairs(Reading one, Reading other) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < one.tokens().size(); i++) {
            for (int j = 0; j < other.tokens().size(); j++) {
                double alike = alike(one.tokens().get(i), other.tokens().get(j));
                if (alike > 0) {
                    pairs.add(new Pair(i, j, alike));
                }
            }
        }
        pairs.sort((a, b) -> Double.compare(b.alike, a.alike));
        return pairs;
    }

    private double alike(Token one, Token other) {
        if (one.known() && other.known()) {
            return knownAlike(one.concepts(), other.concepts());
        }
        // An abbreviation keeps the first letter, and so does nearly every other spelling.
        if (one.word().charAt(0) != other.word().charAt(0)) {
            return 0;
        }
        String key = one.word() + " " + other.word();
        return spelled.computeIfAbsent(key, _ -> spelled(one.word(), other.word()));
    }

    private double knownAlike(Set<String> one, Set<String> other) {
        double best = 0;
        for (String concept : one) {
            if (other.contains(concept)) {
                return 1;
            }
            String family = lexicon.family(concept);
            for (String another : other) {
                if (!family.isEmpty() && family.equals(lexicon.family(another))) {
                    best = FAMILY;
                }
            }
        }
        return best;
    }

    private static double spelled(String one, String other) {
        double alike = Letters.alike(one, other);
        return alike >= ALIKE_MIN ? alike : Letters.abbreviates(one, other);
    }

    private static boolean[] all(Reading reading) {
        boolean[] all = new boolean[reading.tokens().size()];
        Arrays.fill(all, true);
        return all;
    }

    private static double weight(Reading reading, boolean[] left, boolean wanted) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] == wanted ? reading.weights().get(i) : 0;
        }
        return sum;
    }

    /// The weight of what has no counterpart. What a name may leave unsaid counts less.
    private double open(Reading one, boolean[] leftOfOne, Reading other, boolean[] leftOfOther) {
        boolean subjects = subject(one, leftOfOne) && subject(other, leftOfOther);
        return open(one, leftOfOne, subjects) + open(other, leftOfOther, subjects);
    }

    private double open(Reading reading, boolean[] left, boolean subjects) {
        double sum = 0;
        boolean something = weight(reading, left, false) > 0;
        for (int i = 0; i < left.length; i++) {
            if (left[i]) {
                Token token = reading.tokens().get(i);
                boolean unsaid = (isSubject(token) && !subjects) || (something && implied(token));
                sum += reading.weights().get(i) * (unsaid ? UNSAID : 1);
            }
        }
        return sum;
    }

    private boolean isSubject(Token token) {
        return token.known()
                && token.concepts().stream().allMatch(c -> lexicon.role(c) == Lexicon.Role.SUBJECT);
    }

    private boolean subject(Reading reading, boolean[] left) {
        for (int i = 0; i < left.length; i++) {
            if (left[i] && isSubject(reading.tokens().get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean implied(Token token) {
        return token.known() && IMPLIED.containsAll(token.concepts());
    }

    /// A factor below 1 when what is left over on both sides shuts each other out.
    private double conflict(Reading one, boolean[] leftOfOne, Reading other, boolean[] leftOther) {
        Set<String> here = concepts(one, leftOfOne);
        Set<String> there = concepts(other, leftOther);
        for (String concept : here) {
            for (String another : there) {
                if (lexicon.opposite(concept, another)) {
                    return OPPOSITE;
                }
            }
        }
        double sort = families(here).isEmpty() || families(there).isEmpty() ? 1 : SORT_CONFLICT;
        boolean subjects = subject(one, leftOfOne) && subject(other, leftOther);
        return Math.min(sort, subjects ? OTHER_SUBJECT : 1);
    }

    private static Set<String> concepts(Reading reading, boolean[] left) {
        Set<String> concepts = new HashSet<>();
        for (int i = 0; i < left.length; i++) {
            if (left[i]) {
                concepts.addAll(reading.tokens().get(i).concepts());
            }
        }
        return concepts;
    }

    private Set<String> families(Set<String> concepts) {
        Set<String> families = new HashSet<>();
        concepts.stream().map(lexicon::family).filter(f -> !f.isEmpty()).forEach(families::add);
        return families;
    }
}
