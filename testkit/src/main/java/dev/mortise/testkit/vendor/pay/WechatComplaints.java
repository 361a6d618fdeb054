package dev.mortise.testkit.vendor.pay;

import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Told;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Complaints of payers: pages by offset with a total, at most fifty a page and thirty days a call.
final class WechatComplaints {
    private static final int COUNT = 391;
    private static final int LIMIT_MAX = 50;
    private static final int DAYS_MAX = 30;
    private static final LocalDateTime FIRST = LocalDateTime.of(2024, 11, 1, 0, 0);
    private static final List<String> STATES = List.of("PENDING", "PROCESSING", "PROCESSED");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+08:00'");

    private final Mood mood;

    WechatComplaints(Mood mood) {
        this.mood = mood;
    }

    Served served() {
        List<String> columns =
                List.of("complaint_id", "complaint_time", "complaint_state", "detail", "refunded");
        return Served.of("complaint", columns, COUNT, WechatComplaints::row);
    }

    private static List<String> row(int i) {
        return List.of(
                "200000020241101%08d".formatted(i),
                TIME.format(FIRST.plusMinutes(97L * i)),
                STATES.get(i % STATES.size()),
                "未收到货，订单 SO%06d".formatted(i),
                Boolean.toString(i % 3 == 2));
    }

    Told list(Map<String, String> params) {
        int limit = number(params.getOrDefault("limit", "10"));
        int offset = number(params.getOrDefault("offset", "0"));
        if (limit < 1 || limit > LIMIT_MAX || offset < 0) {
            return WechatPay.invalid("limit 须为 1 至 50，offset 须不小于 0", "limit");
        }
        LocalDate begin;
        LocalDate end;
        try {
            begin = LocalDate.parse(params.getOrDefault("begin_date", ""));
            end = LocalDate.parse(params.getOrDefault("end_date", ""));
        } catch (DateTimeParseException _) {
            return WechatPay.invalid("begin_date 与 end_date 须为 yyyy-MM-dd", "dates");
        }
        if (end.isBefore(begin) || begin.plusDays(DAYS_MAX).isBefore(end)) {
            return WechatPay.invalid("日期跨度最长 30 天", "dates");
        }
        return page(rows(begin, end), offset, limit);
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }

    private static List<List<String>> rows(LocalDate begin, LocalDate end) {
        return Served.of("", List.of(), COUNT, WechatComplaints::row).rows().stream()
                .filter(row -> row.get(1).compareTo(begin.toString()) >= 0)
                .filter(row -> row.get(1).compareTo(end.plusDays(1).toString()) < 0)
                .toList();
    }

    private Told page(List<List<String>> rows, int offset, int limit) {
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        int from = mood.start(offset, limit);
        rows.stream().skip(from).limit(limit).forEach(row -> put(row, data.addObject()));
        answer.put("limit", limit).put("offset", offset).put("total_count", rows.size());
        return Told.json(Json.write(answer));
    }

    private static void put(List<String> row, ObjectNode node) {
        node.put("complaint_id", row.get(0))
                .put("complaint_time", row.get(1))
                .put("complaint_state", row.get(2))
                .put("complaint_detail", row.get(3))
                .put("complaint_full_refunded", Boolean.parseBoolean(row.get(4)));
    }
}
