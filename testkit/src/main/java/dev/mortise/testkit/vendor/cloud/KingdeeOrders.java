package dev.mortise.testkit.vendor.cloud;

import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Told;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Orders that callers save, submit and audit, in this order. Each step has a verdict of its own,
/// and an order is saved once.
final class KingdeeOrders {
    private record Order(long id, String number, String amount, String status) {}

    private final Map<String, Order> orders = new LinkedHashMap<>();

    /// What has been saved, with the step each order is at.
    synchronized List<List<String>> rows() {
        return orders.values().stream()
                .map(order -> List.of(order.number(), order.amount(), order.status()))
                .toList();
    }

    /// Saves one order: `Model` with number, customer and amount.
    synchronized Told save(JsonNode data) {
        JsonNode model = data.path("Model");
        String number = model.path("FBillNo").asString("");
        String customer = model.path("FCustId").path("FNumber").asString("");
        if (number.isEmpty()) {
            return Kingdee.status(8, "FBillNo", "单据编号是必填项", "required");
        }
        if (!customer.matches("CUST00[0-4][0-9]")) {
            return Kingdee.status(4, "FCustId", "客户不存在", "customer");
        }
        if (orders.containsKey(number)) {
            return Kingdee.status(12, "FBillNo", "违反字段唯一性要求：编码唯一", "unique");
        }
        String amount = model.path("FBillAllAmount").asString("0");
        Order order = new Order(900_001 + orders.size(), number, plain(amount), "A");
        orders.put(number, order);
        return Kingdee.saved(order.id(), number);
    }

    /// Saves several orders, each by itself: what is wrong is told of each by its place.
    synchronized Told saveAll(JsonNode data) {
        ObjectNode answer = Json.object();
        ObjectNode status = answer.putObject("Result").putObject("ResponseStatus");
        ArrayNode errors = Json.object().putArray("Errors");
        ArrayNode saved = Json.object().putArray("SuccessEntitys");
        int place = 0;
        for (JsonNode model : data.path("Model")) {
            Told told = save(Json.object().set("Model", model));
            JsonNode one = Json.read(new String(told.body(), StandardCharsets.UTF_8));
            JsonNode inner = one.path("Result").path("ResponseStatus");
            for (JsonNode error : inner.path("Errors")) {
                errors.add(((ObjectNode) error).put("DIndex", place));
            }
            for (JsonNode entity : inner.path("SuccessEntitys")) {
                saved.add(((ObjectNode) entity).put("DIndex", place));
            }
            place++;
        }
        status.put("IsSuccess", errors.isEmpty());
        status.put("MsgCode", errors.isEmpty() ? 0 : 11);
        status.set("Errors", errors);
        status.set("SuccessEntitys", saved);
        return Told.json(Json.write(answer));
    }

    private static String plain(String amount) {
        return amount.matches("-?[0-9.]{1,30}") ? new BigDecimal(amount).toPlainString() : amount;
    }

    /// Takes orders from one step to the next; all of them, or none.
    synchronized Told move(JsonNode data, String from, String to) {
        List<String> numbers = new ArrayList<>();
        data.path("Numbers").forEach(number -> numbers.add(number.asString("")));
        for (String number : numbers) {
            Order order = orders.get(number);
            if (order == null) {
                return Kingdee.status(10, "", "编码为 " + number + " 的数据不存在", "number");
            }
            if (!order.status().equals(from)) {
                return Kingdee.status(4, "", number + " 的状态不允许此操作", "order-of-steps");
            }
        }
        if (numbers.isEmpty()) {
            return Kingdee.status(5, "", "单据编码为空", "required");
        }
        numbers.forEach(number -> orders.computeIfPresent(number, (_, o) -> moved(o, to)));
        return Kingdee.saved(0, String.join(",", numbers));
    }

    private static Order moved(Order order, String status) {
        return new Order(order.id(), order.number(), order.amount(), status);
    }
}
