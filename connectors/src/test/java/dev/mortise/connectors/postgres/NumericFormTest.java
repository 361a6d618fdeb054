package dev.mortise.connectors.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Numbers keep their value through the wire form, in both widths.
final class NumericFormTest {
    private static final int ROUNDS = 20_000;

    @Test
    void everyDecimalSurvivesTheWireForm() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] wire = new byte[4 + NumericForm.BYTES_MAX];
        for (int i = 0; i < ROUNDS; i++) {
            int precision = 1 + random.nextInt(38);
            Decimal type = new Decimal(precision, random.nextInt(precision + 1));
            BigInteger unscaled = unscaled(random, precision);
            String place = "seed " + seed + ", " + type.text() + " " + unscaled;
            NumericForm form = new NumericForm(type, random.nextBoolean());
            WideColumn column = new WideColumn(2);
            column.set(0, unscaled);
            int length;
            if (precision <= Decimal.PRECISION_LONG_MAX) {
                length = form.write(unscaled.longValue(), wire, 4);
                assertEquals(unscaled.longValue(), form.unscaled(wire, 4), place);
            } else {
                length = form.write(column, 0, wire, 4);
                assertTrue(form.wide(wire, 4, column, 1), place);
                assertEquals(unscaled, column.integer(1), place);
            }
            assertTrue(length <= NumericForm.BYTES_MAX, place);
            BigDecimal shown = new BigDecimal(NumericForm.text(wire, 4));
            assertEquals(0, shown.compareTo(new BigDecimal(unscaled, type.scale())), place);
        }
    }

    /// As often few digits as many, and ends in zeros now and then.
    private static BigInteger unscaled(Random random, int precision) {
        int digits = 1 + random.nextInt(precision);
        BigInteger value = new BigInteger(130, random).mod(BigInteger.TEN.pow(digits));
        if (random.nextInt(4) == 0) {
            BigInteger zeros = BigInteger.TEN.pow(random.nextInt(digits));
            value = value.divide(zeros).multiply(zeros);
        }
        return random.nextBoolean() ? value : value.negate();
    }
}
