package dev.mortise.engine.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class AssignmentTest {
    @Test
    void choosesTheGreatestSumNotTheGreediest() {
        double[][] gains = {{0.9, 0.8}, {0.85, 0.1}};
        assertArrayEquals(new int[] {1, 0}, Assignment.best(gains, 2));
    }

    @Test
    void leavesOutWhatGainsNothing() {
        double[][] gains = {{0, 0.8}, {0, 0.9}, {0, 0}};
        assertArrayEquals(new int[] {-1, 1, -1}, Assignment.best(gains, 2));
    }

    @Test
    void agreesWithTryingEveryChoice() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            double[][] gains = new double[1 + random.nextInt(5)][1 + random.nextInt(5)];
            for (double[] row : gains) {
                for (int c = 0; c < row.length; c++) {
                    row[c] = random.nextInt(4) == 0 ? 0 : random.nextDouble();
                }
            }
            int[] chosen = Assignment.best(gains, gains[0].length);
            double sum = 0;
            for (int r = 0; r < chosen.length; r++) {
                sum += chosen[r] < 0 ? 0 : gains[r][chosen[r]];
            }
            assertEquals(greatest(gains, 0, 0), sum, 1e-9, "seed " + seed);
        }
    }

    private static double greatest(double[][] gains, int row, int used) {
        if (row == gains.length) {
            return 0;
        }
        double best = greatest(gains, row + 1, used);
        for (int c = 0; c < gains[row].length; c++) {
            if ((used & 1 << c) == 0) {
                best = Math.max(best, gains[row][c] + greatest(gains, row + 1, used | 1 << c));
            }
        }
        return best;
    }
}
