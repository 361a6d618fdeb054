package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SeenTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000);

    @Test
    void seesAValueOnceUntilItsEnd() {
        Seen seen = Seen.inMemory(10);
        assertTrue(seen.first("a", NOW, NOW.plusSeconds(10)));
        assertFalse(seen.first("a", NOW.plusSeconds(9), NOW.plusSeconds(19)));
        assertTrue(seen.first("a", NOW.plusSeconds(10), NOW.plusSeconds(20)));
    }

    @Test
    void refusesRatherThanForgets() {
        Seen seen = Seen.inMemory(2);
        assertTrue(seen.first("a", NOW, NOW.plusSeconds(10)));
        assertTrue(seen.first("b", NOW, NOW.plusSeconds(10)));
        assertFalse(seen.first("c", NOW, NOW.plusSeconds(10)));
        assertTrue(seen.first("c", NOW.plusSeconds(10), NOW.plusSeconds(20)));
        assertFalse(seen.first("c", NOW.plusSeconds(11), NOW.plusSeconds(21)));
    }

    @Test
    void forgetsByTheEndNotByTheOrder() {
        Seen seen = Seen.inMemory(2);
        assertTrue(seen.first("long", NOW, NOW.plusSeconds(100)));
        assertTrue(seen.first("short", NOW, NOW.plusSeconds(10)));
        assertTrue(seen.first("next", NOW.plusSeconds(10), NOW.plusSeconds(20)));
        assertFalse(seen.first("long", NOW.plusSeconds(11), NOW.plusSeconds(120)));
    }
}
