package dev.mortise.server.schedule;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Says a cron expression as people say it, in Chinese and English.
final class CronWords {
    private static final List<Integer> WORKDAYS = List.of(1, 2, 3, 4, 5);
    private static final List<Integer> WEEKEND = List.of(0, 6);
    private static final String WEEK = "日一二三四五六";
    private static final int TIMES_MAX = 4;

    private final Cron cron;
    private final boolean workdays;

    /// @param workdays whether only the workdays of a calendar count
    CronWords(Cron cron, boolean workdays) {
        this.cron = cron;
        this.workdays = workdays;
    }

    /// `每个工作日 08:30`
    String zh() {
        String times = times("、");
        if (!times.isEmpty()) {
            return zhDays() + " " + times;
        }
        String hours = cron.hourly() ? "" : zhHours() + " ";
        String days = zhDays();
        String prefix = days.equals("每天") ? "" : days + " ";
        return prefix + hours + zhMinutes();
    }

    /// `every workday at 08:30`
    String en() {
        String times = times(", ");
        if (!times.isEmpty()) {
            return enDays() + " at " + times;
        }
        String hours = cron.hourly() ? "" : ", " + enHours();
        String days = enDays();
        String suffix = days.equals("every day") ? "" : ", " + days;
        return enMinutes() + hours + suffix;
    }

    /// The times of a day when they are few; empty otherwise.
    private String times(String between) {
        List<Integer> hours = cron.hour().numbers();
        List<Integer> minutes = cron.minute().numbers();
        if (hours.size() * minutes.size() > TIMES_MAX) {
            return "";
        }
        List<String> times = new ArrayList<>();
        for (int hour : hours) {
            for (int minute : minutes) {
                times.add("%02d:%02d".formatted(hour, minute));
            }
        }
        return String.join(between, times);
    }

    /// The step of an evenly filled range that starts at its beginning; 0 when it is none.
    private static int step(List<Integer> numbers, int size) {
        if (numbers.size() < 2 || numbers.getFirst() != 0) {
            return 0;
        }
        int step = numbers.get(1);
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) != i * step) {
                return 0;
            }
        }
        return numbers.getLast() + step >= size ? step : 0;
    }

    private static boolean isRange(List<Integer> numbers) {
        return numbers.size() > 2 && numbers.getLast() - numbers.getFirst() == numbers.size() - 1;
    }

    private String zhMinutes() {
        List<Integer> minutes = cron.minute().numbers();
        int step = step(minutes, 60);
        if (step == 1) {
            return "每分钟";
        }
        if (step > 1) {
            return "每 " + step + " 分钟";
        }
        return minutes.equals(List.of(0)) ? "每小时整点" : "每小时第 " + joined(minutes, "、") + " 分";
    }

    private String enMinutes() {
        List<Integer> minutes = cron.minute().numbers();
        int step = step(minutes, 60);
        if (step == 1) {
            return "every minute";
        }
        if (step > 1) {
            return "every " + step + " minutes";
        }
        return minutes.equals(List.of(0))
                ? "every hour on the hour"
                : "every hour at minute " + joined(minutes, ", ");
    }

    private String zhHours() {
        List<Integer> hours = cron.hour().numbers();
        int step = step(hours, 24);
        if (step > 1) {
            return "每 " + step + " 小时，";
        }
        return isRange(hours)
                ? hours.getFirst() + " 点至 " + hours.getLast() + " 点"
                : joined(hours, "、") + " 点";
    }

    private String enHours() {
        List<Integer> hours = cron.hour().numbers();
        int step = step(hours, 24);
        if (step > 1) {
            return "in every " + ordinal(step) + " hour";
        }
        return isRange(hours)
                ? "from %02d:00 to %02d:59".formatted(hours.getFirst(), hours.getLast())
                : "in the hours " + joined(hours, ", ");
    }

    private String zhDays() {
        String months = cron.month().open() ? "" : joined(cron.month().numbers(), "、") + " 月";
        String days = cron.day().open() ? "" : joined(cron.day().numbers(), "、") + " 日";
        String week = cron.weekday().open() ? "" : zhWeek();
        String both = days.isEmpty() || week.isEmpty() ? days + week : days + "或" + week;
        if (months.isEmpty() && both.isEmpty()) {
            return workdays ? "每个工作日" : "每天";
        }
        String own = months.isEmpty() ? monthly(days, both) : "每年 " + months + zhIn(both);
        return workdays ? own + "（仅工作日）" : own;
    }

    private static String monthly(String days, String both) {
        return days.isEmpty() ? both : "每月 " + both;
    }

    private static String zhIn(String both) {
        return both.isEmpty() ? "每天" : both.startsWith("每") ? "的" + both : " " + both;
    }

    private String zhWeek() {
        List<Integer> days = cron.weekday().numbers();
        if (days.equals(WORKDAYS)) {
            return "每周一至周五";
        }
        if (days.equals(WEEKEND)) {
            return "每个周末";
        }
        return "每"
                + days.stream().map(day -> "周" + WEEK.charAt(day)).collect(Collectors.joining("、"));
    }

    private String enDays() {
        List<String> parts = new ArrayList<>();
        if (!cron.day().open()) {
            parts.add(
                    "on the "
                            + cron.day().numbers().stream()
                                    .map(CronWords::ordinal)
                                    .collect(Collectors.joining(", ")));
        }
        if (!cron.weekday().open()) {
            parts.add(enWeek());
        }
        String days = String.join(" or ", parts);
        if (!cron.month().open()) {
            String months =
                    cron.month().numbers().stream()
                            .map(m -> Month.of(m).getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                            .collect(Collectors.joining(", "));
            days = (days.isEmpty() ? "every day" : days) + " in " + months;
        } else if (!cron.day().open() && cron.weekday().open()) {
            days = days + " of every month";
        }
        if (days.isEmpty()) {
            return workdays ? "every workday" : "every day";
        }
        return workdays ? days + " (workdays only)" : days;
    }

    private String enWeek() {
        List<Integer> days = cron.weekday().numbers();
        if (days.equals(WORKDAYS)) {
            return "Monday to Friday";
        }
        if (days.equals(WEEKEND)) {
            return "every weekend";
        }
        return "every "
                + days.stream()
                        .map(day -> DayOfWeek.of(day == 0 ? 7 : day))
                        .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                        .collect(Collectors.joining(", "));
    }

    private static String ordinal(int number) {
        int tens = number % 100;
        if (tens >= 11 && tens <= 13) {
            return number + "th";
        }
        return number
                + switch (number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    private static String joined(List<Integer> numbers, String between) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(between));
    }
}
