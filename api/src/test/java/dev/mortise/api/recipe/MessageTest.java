package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Messages made of one another.
final class MessageTest {
    private static final int BODY = 50 * 1_024 * 1_024;

    /// Measured before: 550 MB for the eleven steps.
    @Test
    void sharesItsBodyHoweverManyStepsItGoes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] body = new byte[BODY];
        URI to = URI.create("https://api.example.com/upload");
        long before = threads.getCurrentThreadAllocatedBytes();
        Message message = Message.request("POST", to, Map.of("Content-Type", "a/b"), body);
        for (int step = 0; step < 5; step++) {
            message = message.withHeader("X-" + step, "v").withQuery("q" + step, "v");
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertSame(body, message.body());
        assertTrue(allocated < BODY / 10, allocated + " bytes");
    }
}
