package dev.mortise.testkit.vendor.pay;

import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The account of a merchant: its log, in pages with a total, and refunds. All values are strings.
final class AlipayAccount {
    private static final int COUNT = 389;
    private static final int SIZE_MAX = 2_000;
    private static final int REFUNDS_MAX = 100_000;
    private static final LocalDateTime FIRST = LocalDateTime.of(2024, 11, 1, 0, 0);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final List<String> COLUMNS =
            List.of("account_log_id", "trans_dt", "trans_amount", "balance", "direction", "memo");

    private final Mood mood;
    private final Map<String, List<String>> refunds = new LinkedHashMap<>();

    AlipayAccount(Mood mood) {
        this.mood = mood;
    }

    Served served() {
        return Served.of("account_log", COLUMNS, COUNT, AlipayAccount::row);
    }

    private static List<String> row(int i) {
        boolean in = i % 5 != 0;
        return List.of(
                "1153%012d".formatted(i),
                TIME.format(FIRST.plusMinutes(103L * i)),
                BigDecimal.valueOf((in ? 1 : -1) * (1_234L + 41L * i), 2).toPlainString(),
                BigDecimal.valueOf(5_000_000L + 97L * i, 2).toPlainString(),
                in ? "收入" : "支出",
                "收款/SO%06d".formatted(i));
    }

    AlipayAnswer log(Map<String, String> biz) {
        int page = number(biz.getOrDefault("page_no", "1"));
        int size = number(biz.getOrDefault("page_size", "2000"));
        if (page < 1 || size < 1 || size > SIZE_MAX) {
            return invalid("page_no 从 1 起，page_size 至多 2000", "page-size");
        }
        LocalDateTime from;
        LocalDateTime to;
        try {
            from = LocalDateTime.parse(biz.getOrDefault("start_time", ""), TIME);
            to = LocalDateTime.parse(biz.getOrDefault("end_time", ""), TIME);
        } catch (DateTimeParseException _) {
            return invalid("start_time 与 end_time 须为 yyyy-MM-dd HH:mm:ss", "times");
        }
        List<List<String>> rows =
                served().rows().stream()
                        .filter(row -> row.get(1).compareTo(TIME.format(from)) >= 0)
                        .filter(row -> row.get(1).compareTo(TIME.format(to)) < 0)
                        .toList();
        return page(rows, page, size);
    }

    private AlipayAnswer page(List<List<String>> rows, int page, int size) {
        ObjectNode answer = Json.object();
        answer.put("page_no", Integer.toString(page)).put("page_size", Integer.toString(size));
        answer.put("total_size", Integer.toString(rows.size()));
        ArrayNode list = answer.putArray("detail_list");
        int from = mood.start((page - 1) * size, size);
        rows.stream().skip(from).limit(size).forEach(row -> put(row, list.addObject()));
        return AlipayAnswer.good(answer);
    }

    private static void put(List<String> row, ObjectNode node) {
        for (int i = 0; i < COLUMNS.size(); i++) {
            node.put(COLUMNS.get(i).equals("memo") ? "trans_memo" : COLUMNS.get(i), row.get(i));
        }
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    }

    synchronized List<List<String>> refunds() {
        return List.copyOf(refunds.values());
    }

    /// Refunds once for a request number, however often it is asked.
    synchronized AlipayAnswer refund(Map<String, String> biz) {
        String order = biz.getOrDefault("out_trade_no", "");
        String amount = biz.getOrDefault("refund_amount", "");
        String request = biz.getOrDefault("out_request_no", "");
        if (request.isEmpty() || !amount.matches("[0-9]{1,9}(\\.[0-9]{1,2})?")) {
            return invalid("out_request_no 与 refund_amount 必填", "required");
        }
        if (!order.matches("SO[0-9]{6}") || refunds.size() >= REFUNDS_MAX) {
            return AlipayAnswer.refusal("40004", "ACQ.TRADE_NOT_EXIST", "交易不存在", "order");
        }
        List<String> asked = List.of(request, order, new BigDecimal(amount).toPlainString());
        List<String> known = refunds.putIfAbsent(request, asked);
        if (known != null && !known.equals(asked)) {
            return AlipayAnswer.refusal(
                    "40004", "ACQ.DISCORDANT_REPEAT_REQUEST", "请求信息不一致", "changed");
        }
        ObjectNode answer = Json.object();
        answer.put("out_trade_no", order).put("refund_fee", amount);
        return AlipayAnswer.good(answer.put("fund_change", known == null ? "Y" : "N"));
    }

    private static AlipayAnswer invalid(String message, String rule) {
        return AlipayAnswer.refusal("40004", "INVALID_PARAMETER", message, rule);
    }
}
