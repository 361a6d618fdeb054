package dev.mortise.testkit.vendor.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.office.Trouble.Luck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

final class TroubleTest {
    private final Trouble trouble = new Trouble();

    @Test
    void repeatsThePageBeforeOnce() {
        trouble.repeat("a", 2);
        List<Integer> shown = List.of(shown("b", 2), shown("a", 1), shown("a", 2), shown("a", 2));
        assertEquals(List.of(2, 1, 1, 2), shown);
    }

    @Test
    void hasNothingToRepeatForTheFirstPage() {
        assertThrows(IllegalArgumentException.class, () -> trouble.repeat("a", 0));
    }

    @Test
    void keepsALatePageWaitingOnce() throws Exception {
        trouble.delay("a", 1, Duration.ofHours(1));
        var page = new FutureTask<>(() -> shown("a", 1));
        Thread thread = Thread.ofVirtual().start(page);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertEquals(1, shown("a", 1), "the next one comes at once");
        thread.interrupt();
        assertEquals(1, page.get());
    }

    @Test
    void followsItsMood() {
        Trouble moody = new Trouble(Mood.CALM.throttlingEvery(3).failingEvery(2).repeating(1));
        List<Luck> luck = List.of(moody.luck(), moody.luck(), moody.luck(), moody.luck());
        assertEquals(List.of(Luck.FINE, Luck.FAILED, Luck.THROTTLED, Luck.FAILED), luck);
        assertEquals(0, moody.shown("a", 1));
        assertEquals(2, moody.shown("a", 2));
    }

    private int shown(String dataset, int page) {
        return trouble.shown(dataset, page);
    }
}
