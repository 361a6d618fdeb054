package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.office.Shelf.Target;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.node.ObjectNode;

/// The documents of [Yonyou].
final class YonyouRows {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 8, 0);

    private YonyouRows() {}

    static Shelf orders(String name, int count, Trouble trouble) {
        Target target =
                Target.of(
                        "purchase_orders",
                        "id: id, code: code, vendor_name: vendor_name, total_money: totalMoney,"
                                + " status: status");
        return new Shelf(name, trouble, target, Shelf.rows(count, YonyouRows::order));
    }

    static Shelf vendors(Trouble trouble) {
        Target target = Target.of("vendors", "id: id, code: code, name: /name/zh_CN");
        return new Shelf("vendors", trouble, target, Shelf.rows(123, YonyouRows::vendor));
    }

    private static ObjectNode order(int number) {
        ObjectNode row = Json.object();
        // Wider than a double can hold, as theirs are.
        row.put("id", 1_529_013_213_893_427_201L + number);
        row.put("code", "CGDD2026%06d".formatted(number + 1));
        row.put("vouchdate", START.plusHours(number).format(TIME));
        row.put("vendor_code", "GYS%04d".formatted(number % 123 + 1));
        row.put("vendor_name", "供应商" + (number % 123 + 1));
        row.put("totalMoney", BigDecimal.valueOf(100_01L + number * 37_13L, 2));
        row.put("currency_code", number % 9 == 0 ? "USD" : "CNY");
        row.put("status", number % 4);
        row.put("pubts", START.plusHours(number).plusSeconds(number % 60).format(TIME));
        return row;
    }

    private static ObjectNode vendor(int number) {
        ObjectNode row = Json.object();
        row.put("id", 2_529_013_213_893_427_201L + number);
        row.put("code", "GYS%04d".formatted(number + 1));
        row.putObject("name").put("zh_CN", "供应商" + (number + 1));
        row.put("stopstatus", number % 10 == 0);
        return row;
    }
}
