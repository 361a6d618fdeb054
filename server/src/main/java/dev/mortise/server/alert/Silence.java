package dev.mortise.server.alert;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Times of day at which nobody is told: `22:00-07:00 Asia/Shanghai`, several parted by commas.
record Silence(List<Window> windows) {
    /// From the first minute on, up to the second; over midnight when it is the earlier one.
    record Window(LocalTime from, LocalTime to, ZoneId zone) {
        boolean holds(Instant at) {
            LocalTime time = at.atZone(zone).toLocalTime();
            boolean after = !time.isBefore(from);
            boolean before = time.isBefore(to);
            return from.isBefore(to) ? after && before : after || before;
        }
    }

    /// @throws java.time.DateTimeException when it cannot be read
    /// @throws IllegalArgumentException when it cannot be read
    static Silence of(String text) {
        List<Window> windows = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            String[] words = part.strip().split("\\s+", -1);
            String[] times = words[0].split("-", -1);
            if (times.length != 2 || words.length > 2) {
                throw new IllegalArgumentException(text);
            }
            ZoneId zone = ZoneId.of(words.length == 2 ? words[1] : "UTC");
            windows.add(new Window(LocalTime.parse(times[0]), LocalTime.parse(times[1]), zone));
        }
        return new Silence(List.copyOf(windows));
    }

    boolean holds(Instant at) {
        return windows.stream().anyMatch(window -> window.holds(at));
    }
}
