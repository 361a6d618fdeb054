package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.CellReader.Wire;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Storage;
import dev.mortise.spi.type.Type;
import java.nio.charset.StandardCharsets;

/// Decimals come as text with exactly as many places as the column has.
final class DecimalReader extends CellReader {
    private final boolean wide;
    private final BadCells bad;
    private LongColumn narrow = new LongColumn(0);
    private WideColumn wider = new WideColumn(0);

    DecimalReader(Type type, BadCells bad) {
        this.wide = type.storage() == Storage.WIDE;
        this.bad = bad;
    }

    @Override
    void into(Column column) {
        if (wide) {
            wider = (WideColumn) column;
        } else {
            narrow = (LongColumn) column;
        }
    }

    @Override
    void setNull(int row) {
        if (wide) {
            wider.setNull(row);
        } else {
            narrow.setNull(row);
        }
    }

    @Override
    int read(byte[] b, int at, int row) {
        int start = at + Wire.lengthSize(b, at);
        int end = start + Wire.length(b, at);
        boolean negative = b[start] == '-';
        int first = negative ? start + 1 : start;
        if (wide) {
            readWide(b, first, end, row, negative);
        } else {
            long value = 0;
            for (int i = first; i < end; i++) {
                if (b[i] != '.') {
                    value = value * 10 + (b[i] - '0');
                }
            }
            narrow.set(row, negative ? -value : value);
        }
        return end;
    }

    private void readWide(byte[] b, int first, int end, int row, boolean negative) {
        long high = 0;
        long low = 0;
        int digits = 0;
        for (int i = first; i < end; i++) {
            if (b[i] == '.') {
                continue;
            }
            digits += digits > 0 || b[i] != '0' ? 1 : 0;
            // 128 bits: (high, low) * 10 + digit
            high = high * 10 + Math.unsignedMultiplyHigh(low, 10);
            long next = low * 10 + (b[i] - '0');
            high += Long.compareUnsigned(next, low * 10) < 0 ? 1 : 0;
            low = next;
        }
        if (digits > Decimal.PRECISION_MAX) {
            String text = new String(b, first, end - first, StandardCharsets.US_ASCII);
            bad.bad(row, (negative ? "-" : "") + text, "a decimal holds at most 38 digits");
        }
        if (negative) {
            low = -low;
            high = low == 0 ? -high : ~high;
        }
        wider.set(row, high, low);
    }
}
