package dev.mortise.connectors.mysql;

import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.WideColumn;

/// MariaDB's uuid comes as 36 characters.
final class UuidReader extends CellReader {
    private static final int HALF = 16;

    private WideColumn column = new WideColumn(0);

    @Override
    void into(Column next) {
        column = (WideColumn) next;
    }

    @Override
    void setNull(int row) {
        column.setNull(row);
    }

    @Override
    int read(byte[] b, int at, int row) {
        long high = 0;
        long low = 0;
        int digits = 0;
        int end = at + 1 + b[at];
        for (int i = at + 1; i < end; i++) {
            if (b[i] == '-') {
                continue;
            }
            if (digits++ < HALF) {
                high = high << 4 | Character.digit(b[i], 16);
            } else {
                low = low << 4 | Character.digit(b[i], 16);
            }
        }
        column.set(row, high, low);
        return end;
    }
}
