package dev.mortise.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.schedule.Schedule.Concurrency;
import dev.mortise.server.schedule.Schedule.Missed;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FirePlanTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

    static Schedule schedule(String cron, String zone, Missed missed, @Nullable Instant next) {
        return new Schedule(
                "s",
                "sales",
                "a",
                cron,
                zone,
                null,
                List.of(),
                missed,
                0,
                0,
                Concurrency.SKIP,
                false,
                next,
                null,
                START,
                1);
    }

    private static FirePlan plan(Missed missed, String now) {
        Instant next = Instant.parse("2026-05-01T00:00:00Z");
        return FirePlan.of(
                schedule("0 * * * *", "UTC", missed, next),
                ScheduleDesk.EVERY_DAY,
                Instant.parse(now));
    }

    @Test
    void startsOneRunWhenTheTimeHasJustCome() {
        for (Missed missed : Missed.values()) {
            FirePlan plan = plan(missed, "2026-05-01T00:00:01Z");
            assertEquals(List.of(Instant.parse("2026-05-01T00:00:00Z")), plan.runs());
            assertEquals(List.of(), plan.missed());
            assertEquals(Instant.parse("2026-05-01T01:00:00Z"), plan.next());
        }
    }

    @Test
    void doesWithMissedTimesAsIsSaid() {
        String late = "2026-05-01T03:30:00Z";
        assertEquals(4, plan(Missed.SKIP, late).missed().size());
        assertEquals(List.of(), plan(Missed.SKIP, late).runs());
        assertEquals(
                List.of(Instant.parse("2026-05-01T03:00:00Z")), plan(Missed.ONCE, late).runs());
        assertEquals(3, plan(Missed.ONCE, late).missed().size());
        assertEquals(4, plan(Missed.ALL, late).runs().size());
        assertEquals(
                1, plan(Missed.SKIP, "2026-05-01T03:00:30Z").runs().size(), "the last is not late");
    }

    @Test
    void makesUpForABoundedNumber() {
        FirePlan plan = plan(Missed.ALL, "2026-12-01T00:30:00Z");
        assertEquals(FirePlan.TIMES_MAX, plan.runs().size());
        assertEquals(Instant.parse("2026-12-01T00:00:00Z"), plan.runs().getLast());
    }

    @Test
    void firesAThousandSchedulesEachAtEachOfItsTimesForAYear() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> zones = List.of("Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC");
        long fired = 0;
        for (int i = 0; i < 1_000; i++) {
            String cron =
                    i % 100 == 0
                            ? "0 */2 * * *"
                            : "%d %d * * *".formatted(random.nextInt(60), random.nextInt(24));
            String zone = zones.get(random.nextInt(zones.size()));
            int times = year(cron, zone, random);
            int expected = i % 100 == 0 ? 12 * 365 : 365;
            assertTrue(
                    Math.abs(times - expected) <= 1,
                    "%s in %s fired %d times, seed %d".formatted(cron, zone, times, seed));
            fired += times;
        }
        assertTrue(fired > 400_000, "fired " + fired);
    }

    /// How often a schedule fires when a server looks at random moments, and never twice for one
    /// time.
    private static int year(String cron, String zone, Random random) {
        Schedule one = schedule(cron, zone, Missed.ALL, null);
        Instant next = FirePlan.next(one, ScheduleDesk.EVERY_DAY, START);
        Set<Instant> seen = new HashSet<>();
        List<Instant> local = new ArrayList<>();
        while (next != null && next.isBefore(END)) {
            Instant looked = next.plusMillis(random.nextInt(30_000));
            FirePlan plan =
                    FirePlan.of(one.at(next, null, START, 1), ScheduleDesk.EVERY_DAY, looked);
            for (Instant time : plan.runs()) {
                assertTrue(seen.add(time), "twice at " + time);
                local.add(time);
            }
            assertNotNull(plan.next());
            next = plan.next();
        }
        long days =
                local.stream().map(t -> t.atZone(ZoneId.of(zone)).toLocalDate()).distinct().count();
        assertTrue(days >= 364, cron + " in " + zone + " fired on " + days + " days");
        return seen.size();
    }
}
