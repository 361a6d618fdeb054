package dev.mortise.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static List<String> next(String cron, ZoneId zone, String after, int most) {
        return FirePlan.upcoming(
                        Cron.parse(cron), zone, ScheduleDesk.EVERY_DAY, Instant.parse(after), most)
                .stream()
                .map(Instant::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 8 * * 1-5|2026-11-27T00:30:00Z|2026-11-30T00:30:00Z",
                "*/15 * * * *|2026-11-27T00:30:00Z|2026-11-27T00:45:00Z",
                "0 0 29 2 *|2026-11-27T00:30:00Z|2028-02-28T16:00:00Z",
                "0 0 31 * *|2026-11-27T00:30:00Z|2026-12-30T16:00:00Z",
                "0 9 1 * 0|2026-11-27T00:30:00Z|2026-11-29T01:00:00Z",
                "0 9 * * 7|2026-11-27T00:30:00Z|2026-11-29T01:00:00Z",
                "5,10 22-23 * jan sat|2026-11-27T00:30:00Z|2027-01-02T14:05:00Z",
                "@daily|2026-11-27T00:30:00Z|2026-11-27T16:00:00Z",
                "@hourly|2026-11-27T00:30:00Z|2026-11-27T01:00:00Z",
                "0 0/6 * * *|2026-11-27T00:30:00Z|2026-11-27T04:00:00Z",
            })
    void findsTheNextTime(String cron, String after, String expected) {
        assertEquals(List.of(expected), next(cron, SHANGHAI, after, 1));
    }

    @Test
    void firesATimeThatTheClockSkipsWhenItHasJumped() {
        assertEquals(
                List.of("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"),
                next("30 2 * * *", BERLIN, "2026-03-28T00:00:00Z", 3));
    }

    @Test
    void firesATimeThatComesTwiceTheFirstTime() {
        assertEquals(
                List.of("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
                next("30 2 * * *", BERLIN, "2026-10-24T00:00:00Z", 3));
    }

    @Test
    void followsTheTimeThatPassesWhenItFiresEveryHour() {
        assertEquals(
                List.of(
                        "2026-10-24T23:00:00Z",
                        "2026-10-25T00:00:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-10-25T02:00:00Z"),
                next("0 * * * *", BERLIN, "2026-10-24T22:00:00Z", 4));
        assertEquals(
                List.of("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"),
                next("0 * * * *", BERLIN, "2026-03-28T23:00:00Z", 3));
    }

    @Test
    void everyTimeItNamesMatchesAndNoneBetweenIsLeftOut() {
        long seed = RandomGenerator.getDefault().nextLong();
        RandomGenerator random = new java.util.Random(seed);
        for (int i = 0; i < 200; i++) {
            String text =
                    "%d %d-%d * * %d-%d"
                            .formatted(
                                    random.nextInt(60),
                                    random.nextInt(12),
                                    12 + random.nextInt(12),
                                    random.nextInt(3),
                                    3 + random.nextInt(4));
            Cron cron = Cron.parse(text);
            Instant at =
                    Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(9_999_999));
            Instant found = cron.next(at, ZoneOffset.UTC, ScheduleDesk.EVERY_DAY).orElseThrow();
            Instant expected = searched(cron, at);
            assertEquals(expected, found, text + " after " + at + " seed " + seed);
        }
    }

    /// Minute by minute.
    private static Instant searched(Cron cron, Instant after) {
        ZonedDateTime at = after.atZone(ZoneOffset.UTC).withSecond(0).withNano(0).plusMinutes(1);
        while (!cron.minute().has(at.getMinute())
                || !cron.hour().has(at.getHour())
                || !cron.weekday().has(at.getDayOfWeek().getValue() % 7)) {
            at = at.plusMinutes(1);
        }
        return at.toInstant();
    }

    @Test
    void findsNoTimeWhereThereIsNone() {
        assertEquals(List.of(), next("0 0 31 2 *", SHANGHAI, "2026-11-27T00:30:00Z", 1));
    }

    @Test
    void countsOnlyTheDaysThatCount() {
        LocalDate only = LocalDate.parse("2026-12-05");
        assertEquals(
                "2026-12-05T00:30:00Z",
                Cron.parse("30 8 * * *")
                        .next(Instant.parse("2026-11-27T00:00:00Z"), SHANGHAI, only::equals)
                        .orElseThrow()
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *",
                "* * * 13 *", "* * * * 8", "5-1 * * * *", "*/0 * * * *", "a * * * *",
                        "1,,2 * * * *",
                "-1 * * * *", "1-2-3 * * * *", "1/2/3 * * * *", "@never"
            })
    void saysWhatCannotBeRead(String text) {
        ProblemException thrown = assertThrows(ProblemException.class, () -> Cron.parse(text));
        assertTrue(thrown.problem().fix().contains("30 8 * * 1-5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 8 * * *|每天 08:30|every day at 08:30",
                "30 8 * * 1-5|每周一至周五 08:30|Monday to Friday at 08:30",
                "0 9,18 * * *|每天 09:00、18:00|every day at 09:00, 18:00",
                "0 3 1 * *|每月 1 日 03:00|on the 1st of every month at 03:00",
                "0 3 1,15 * *|每月 1、15 日 03:00|on the 1st, 15th of every month at 03:00",
                "0 6 * * 1,3|每周一、周三 06:00|every Monday, Wednesday at 06:00",
                "0 6 * * 0,6|每个周末 06:00|every weekend at 06:00",
                "*/5 * * * *|每 5 分钟|every 5 minutes",
                "* * * * *|每分钟|every minute",
                "0 * * * *|每小时整点|every hour on the hour",
                "15 * * * *|每小时第 15 分|every hour at minute 15",
                "*/10 8-18 * * *|8 点至 18 点 每 10 分钟|every 10 minutes, from 08:00 to 18:59",
                "0 0 1 10 *|每年 10 月 1 日 00:00|on the 1st in October at 00:00",
            })
    void saysItAsPeopleDo(String cron, String zh, String en) {
        CronWords words = new CronWords(Cron.parse(cron), false);
        assertEquals(zh, words.zh());
        assertEquals(en, words.en());
    }

    /// 14 February 2026 is a Saturday that is worked for the Spring Festival.
    @Test
    void leavesWorkdaysToACalendar() {
        LocalDate worked = LocalDate.of(2026, 2, 14);
        Predicate<LocalDate> days =
                date -> date.equals(worked) || date.getDayOfWeek().getValue() <= 5;
        Instant friday = Instant.parse("2026-02-13T00:30:00Z");
        Cron counted = Cron.parse("30 8 * * 1-5", "cn");
        assertEquals(
                Optional.of(Instant.parse("2026-02-14T00:30:00Z")),
                counted.next(friday, SHANGHAI, days));
        assertEquals("每个工作日 08:30", new CronWords(counted, true).zh());
        assertEquals(
                Optional.of(Instant.parse("2026-02-16T00:30:00Z")),
                Cron.parse("30 8 * * 1-5", null).next(friday, SHANGHAI, _ -> true),
                "without a calendar Saturday is none");
        assertEquals(
                Optional.of(Instant.parse("2026-02-20T00:30:00Z")),
                Cron.parse("30 8 * * 5", "cn").next(friday, SHANGHAI, days),
                "other days are meant as they are written");
    }

    @Test
    void saysWorkdaysOfACalendar() {
        CronWords words = new CronWords(Cron.parse("30 8 * * *"), true);
        assertEquals("每个工作日 08:30", words.zh());
        assertEquals("every workday at 08:30", words.en());
    }
}
