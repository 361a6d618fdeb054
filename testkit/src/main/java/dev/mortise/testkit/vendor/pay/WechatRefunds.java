package dev.mortise.testkit.vendor.pay;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Told;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// Refunds: asking again under the same number is safe, and an error when the amount is another.
final class WechatRefunds {
    static final String PATH = "/v3/refund/domestic/refunds";
    private static final int REFUNDS_MAX = 100_000;

    private record Refund(String number, String order, long amount, long total, String time) {}

    private final InstantSource clock;
    private final Map<String, Refund> refunds = new LinkedHashMap<>();

    WechatRefunds(InstantSource clock) {
        this.clock = clock;
    }

    synchronized List<List<String>> rows() {
        return refunds.values().stream()
                .map(r -> List.of(r.number(), r.order(), Long.toString(r.amount())))
                .toList();
    }

    synchronized Told find(String number) {
        Refund refund = refunds.get(number);
        return refund == null
                ? WechatPay.error(404, "RESOURCE_NOT_EXISTS", "退款单不存在", "number")
                : told(refund, "SUCCESS");
    }

    synchronized Told refund(Asked asked) {
        if (!asked.header("Content-Type").startsWith("application/json")) {
            return WechatPay.invalid("Content-Type 须为 application/json", "content-type");
        }
        JsonNode body = Json.read(asked.text());
        String number = body.path("out_refund_no").asString("");
        String order = body.path("out_trade_no").asString("");
        JsonNode amount = body.path("amount");
        long refunded = amount.path("refund").asLong(0);
        long total = amount.path("total").asLong(0);
        if (number.isEmpty() || !amount.path("currency").asString("").equals("CNY")) {
            return WechatPay.invalid("out_refund_no 与 amount.currency 必填", "required");
        }
        if (!order.matches("SO[0-9]{6}")) {
            return WechatPay.error(404, "RESOURCE_NOT_EXISTS", "订单不存在", "order");
        }
        if (refunded < 1 || refunded > total || refunds.size() >= REFUNDS_MAX) {
            return WechatPay.invalid("退款金额须不大于订单金额", "amount");
        }
        String time = clock.instant().toString();
        refunds.putIfAbsent(number, new Refund(number, order, refunded, total, time));
        Refund known = Objects.requireNonNull(refunds.get(number));
        boolean same = known.amount() == refunded && known.order().equals(order);
        return same ? told(known, "PROCESSING") : WechatPay.invalid("订单金额或退款金额与之前请求不一致", "changed");
    }

    private static Told told(Refund refund, String status) {
        return Told.json(
                """
                {"refund_id":"50%s","out_refund_no":%s,"out_trade_no":%s,"status":"%s",\
                "create_time":"%s","amount":{"refund":%d,"total":%d,"currency":"CNY"}}\
                """
                        .formatted(
                                Integer.toUnsignedString(refund.number().hashCode()),
                                Json.write(refund.number()),
                                Json.write(refund.order()),
                                status,
                                refund.time(),
                                refund.amount(),
                                refund.total()));
    }
}
