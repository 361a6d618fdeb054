package dev.mortise.server.home;

import dev.mortise.server.run.Past;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/// Hours that were rolled up are remembered for a year and a month: they are small, and the home
/// page looks back thirty days.
@Component
final class PastHours implements Past {
    static final Duration KEPT = Duration.ofDays(400);

    private final HomeStore store;

    PastHours(HomeStore store) {
        this.store = store;
    }

    @Override
    public String what() {
        return "hours";
    }

    @Override
    public int forget(Instant now, Duration runs, int max) {
        return store.forget(now.minus(KEPT), max);
    }
}
