package dev.mortise.spi.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class BytesColumnTest {
    @Test
    void growsWithWhatIsPutIn() {
        long seed = 42;
        Random random = new Random(seed);
        byte[][] values = new byte[1_000][];
        BytesColumn column = new BytesColumn(values.length);
        for (int row = 0; row < values.length; row++) {
            values[row] = new byte[row % 100 == 0 ? 10_000 : random.nextInt(40)];
            random.nextBytes(values[row]);
            column.set(row, values[row]);
        }
        long bytes = 0;
        for (int row = 0; row < values.length; row++) {
            assertArrayEquals(values[row], column.value(row), "row " + row + ", seed " + seed);
            bytes += values[row].length;
        }
        assertEquals(bytes + 4L * values.length, column.bytes(values.length));
    }

    @Test
    void tellsNullFromEmpty() {
        BytesColumn column = new BytesColumn(3);
        column.set(0, "");
        column.setNull(1);
        column.set(2, "a");
        assertFalse(column.isNull(0));
        assertTrue(column.isNull(1));
        assertEquals("", column.text(0));
        assertEquals(0, column.length(1));
        assertEquals("a", column.text(2));
    }

    @Test
    void letsADecoderWriteInPlace() {
        BytesColumn column = new BytesColumn(2);
        column.set(0, "head");
        byte[] bytes = column.reserve(1, 300);
        for (int i = 0; i < 200; i++) {
            bytes[column.start(1) + i] = 'x';
        }
        column.close(1, 200);
        assertEquals("x".repeat(200), column.text(1));
        assertEquals("head", column.text(0));
    }

    @Test
    void takesAPartOfAnArray() {
        BytesColumn column = new BytesColumn(1);
        column.set(0, new byte[] {'a', 'b', 'c', 'd'}, 1, 2);
        assertEquals("bc", column.text(0));
    }

    @Test
    void holdsNothing() {
        BytesColumn column = new BytesColumn(0);
        assertEquals(0, column.bytes(0));
        assertEquals(0, column.select(new int[0], 0).capacity());
    }
}
