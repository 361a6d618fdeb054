package dev.mortise.api.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A position comes back from its text, whatever is in it, and scopes follow each other.
final class PositionTest {
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append("a\t\\tn \n榫0".charAt(random.nextInt(9)));
        }
        return text.toString();
    }

    private static Scope scope(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Scope.Whole();
            case 1 -> new Scope.Slice(random.nextLong(), 2, 3, random.nextInt(9));
            default -> {
                List<String> values = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    values.add(text(random));
                }
                yield new Scope.Each(values);
            }
        };
    }

    @Test
    void comesBackFromItsText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String token = text(random);
            Position position =
                    new Position(scope(random), token, random.nextInt(9), random.nextInt(9));
            assertEquals(position, Position.parse(position.text()), "seed " + seed);
        }
    }

    @Test
    void anythingElseIsTheBeginning() {
        assertEquals(Position.start(new Scope.Whole()), Position.parse(""));
    }

    @Test
    void aSliceThatWasCutIsFollowedByOneNotMuchLonger() {
        Scope.Slice slice = new Scope.Slice(0, 80, 200, 80);
        Scope.Slice half = slice.half(1).orElseThrow().half(1).orElseThrow();
        assertEquals(new Scope.Slice(0, 20, 200, 80), half);
        Scope.Slice second = new Scope.Slice(20, 60, 200, 80);
        Scope.Slice third = new Scope.Slice(60, 140, 200, 80);
        Scope.Slice last = new Scope.Slice(140, 200, 200, 80);
        assertEquals(Optional.of(second), half.next());
        assertEquals(Optional.of(third), second.next());
        assertEquals(Optional.of(last), third.next());
        assertEquals(Optional.empty(), last.next());
        assertEquals(Optional.empty(), new Scope.Slice(0, 1, 9, 9).half(1));
    }
}
