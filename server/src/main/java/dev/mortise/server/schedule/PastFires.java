package dev.mortise.server.schedule;

import dev.mortise.server.run.Past;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/// Times of schedules are remembered as long as the runs they started; the newest of each schedule
/// stays.
@Component
final class PastFires implements Past {
    private final ScheduleStore schedules;

    PastFires(ScheduleStore schedules) {
        this.schedules = schedules;
    }

    @Override
    public String what() {
        return "fires";
    }

    @Override
    public int forget(Instant now, Duration runs, int max) {
        return schedules.forgetFires(now.minus(runs), max);
    }
}
