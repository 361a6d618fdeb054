package dev.mortise.engine.match;

import java.util.Arrays;

/// The one-to-one choice with the greatest sum: the Hungarian method by shortest augmenting paths,
/// with potentials, in the third power of the number of columns.
final class Assignment {
    private final double[][] gains;
    private final int columns;
    private final double[] rowPotential;
    private final double[] columnPotential;
    private final int[] rowOf;
    private final int[] cameFrom;

    /// @param gains one row a target, one column a source; at least as many columns as rows
    private Assignment(double[][] gains, int columns) {
        this.gains = gains;
        this.columns = columns;
        rowPotential = new double[gains.length + 1];
        columnPotential = new double[columns + 1];
        rowOf = new int[columns + 1];
        cameFrom = new int[columns + 1];
    }

    /// For each row the column chosen, or -1 where no gain is left.
    static int[] best(double[][] gains, int columns) {
        int wide = Math.max(columns, gains.length);
        double[][] padded = new double[gains.length][];
        for (int row = 0; row < gains.length; row++) {
            padded[row] = Arrays.copyOf(gains[row], wide);
        }
        int[] chosen = new Assignment(padded, wide).solve();
        for (int row = 0; row < chosen.length; row++) {
            if (chosen[row] >= columns || gains[row][chosen[row]] <= 0) {
                chosen[row] = -1;
            }
        }
        return chosen;
    }

    /// Rows and columns count from 1 inside; 0 stands for the row being placed.
    private int[] solve() {
        for (int row = 1; row <= gains.length; row++) {
            place(row);
        }
        int[] chosen = new int[gains.length];
        for (int column = 1; column <= columns; column++) {
            if (rowOf[column] > 0) {
                chosen[rowOf[column] - 1] = column - 1;
            }
        }
        return chosen;
    }

    private void place(int row) {
        double[] slack = new double[columns + 1];
        boolean[] seen = new boolean[columns + 1];
        Arrays.fill(slack, Double.POSITIVE_INFINITY);
        rowOf[0] = row;
        int column = 0;
        while (rowOf[column] != 0) {
            seen[column] = true;
            column = step(column, slack, seen);
        }
        while (column != 0) {
            rowOf[column] = rowOf[cameFrom[column]];
            column = cameFrom[column];
        }
    }

    /// Lengthens the path by the nearest column not seen yet.
    private int step(int from, double[] slack, boolean[] seen) {
        int row = rowOf[from];
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 1; c <= columns; c++) {
            if (seen[c]) {
                continue;
            }
            double cost = -gains[row - 1][c - 1] - rowPotential[row] - columnPotential[c];
            if (cost < slack[c]) {
                slack[c] = cost;
                cameFrom[c] = from;
            }
            if (slack[c] < least) {
                least = slack[c];
                nearest = c;
            }
        }
        shift(least, slack, seen);
        return nearest;
    }

    private void shift(double by, double[] slack, boolean[] seen) {
        for (int c = 0; c <= columns; c++) {
            if (seen[c]) {
                rowPotential[rowOf[c]] += by;
                columnPotential[c] -= by;
            } else {
                slack[c] -= by;
            }
        }
    }
}
