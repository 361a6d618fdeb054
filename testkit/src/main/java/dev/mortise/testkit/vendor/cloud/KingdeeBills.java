package dev.mortise.testkit.vendor.cloud;

import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Told;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Sales orders, and the part of the query language that callers use: rows are arrays in the order
/// of the fields asked for. Without an order they come as they please, so pages overlap.
final class KingdeeBills {
    static final String FORM = "SAL_SaleOrder";
    static final int LIMIT_MAX = 2_000;
    private static final int COUNT = 437;
    private static final LocalDateTime FIRST = LocalDateTime.of(2026, 9, 1, 8, 0);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final Pattern CONDITION =
            Pattern.compile("\\s*([\\w.]+)\\s*(>=|<=|<>|=|>|<)\\s*('[^']*'|-?[0-9.]+)\\s*");

    /// @param status A created, B submitted, C audited
    private record Bill(
            long id,
            String number,
            LocalDateTime modified,
            String customer,
            BigDecimal amount,
            String status) {}

    private static final Map<String, Function<Bill, Comparable<?>>> FIELDS = fields();

    private final Mood mood;
    private final List<Bill> bills = new ArrayList<>();
    private int unordered;

    KingdeeBills(Mood mood) {
        this.mood = mood;
        for (int i = 0; i < COUNT; i++) {
            LocalDateTime modified = FIRST.plusMinutes(37L * i);
            bills.add(
                    new Bill(
                            100_001 + i,
                            "XSDD%06d".formatted(i + 1),
                            modified,
                            "CUST%04d".formatted(i % 41),
                            BigDecimal.valueOf(12_345L + 997L * i, 2),
                            "ABC".substring(i % 3, i % 3 + 1)));
        }
    }

    private static Map<String, Function<Bill, Comparable<?>>> fields() {
        Map<String, Function<Bill, Comparable<?>>> fields = new LinkedHashMap<>();
        fields.put("FID", Bill::id);
        fields.put("FBillNo", Bill::number);
        fields.put("FModifyDate", bill -> TIME.format(bill.modified()));
        fields.put("FCustId.FNumber", Bill::customer);
        fields.put("FBillAllAmount", Bill::amount);
        fields.put("FDocumentStatus", Bill::status);
        return fields;
    }

    synchronized Served served() {
        List<String> columns = List.of("id", "bill_no", "modified", "customer", "amount", "status");
        List<Function<Bill, Comparable<?>>> values = List.copyOf(FIELDS.values());
        return Served.of(
                "sale_order",
                columns,
                bills.size(),
                row -> values.stream().map(v -> canonical(v.apply(bills.get(row)))).toList());
    }

    private static String canonical(Comparable<?> value) {
        String text = value.toString();
        return text.matches("\\d{4}-\\d\\d-\\d\\dT.*") ? text.replace('T', ' ') : text;
    }

    /// The answer to a query: arrays of values, or what is wrong with it.
    Told query(JsonNode data) {
        String[] keys = data.path("FieldKeys").asString("").split("\\s*,\\s*", -1);
        int start = data.path("StartRow").asInt(0);
        int limit = data.path("Limit").asInt(0);
        if (!data.path("FormId").asString("").equals(FORM)) {
            return Kingdee.nested(4, "表单标识 FormId 不存在", "form");
        }
        for (String key : keys) {
            if (!FIELDS.containsKey(key)) {
                return Kingdee.nested(4, "字段 " + key + " 不存在", "field");
            }
        }
        if (limit < 1 || limit > LIMIT_MAX || start < 0) {
            return Kingdee.nested(8, "Limit 须为 1 至 " + LIMIT_MAX, "limit");
        }
        Optional<Predicate<Bill>> filter = filter(data.path("FilterString").asString(""));
        Optional<Comparator<Bill>> order = order(data.path("OrderString").asString(""));
        if (filter.isEmpty() || order.isEmpty()) {
            return Kingdee.nested(4, "过滤或排序条件有误", "filter");
        }
        int from = mood.start(start, limit);
        List<List<Object>> rows =
                sorted(order.get()).stream()
                        .filter(filter.get())
                        .skip(from)
                        .limit(limit)
                        .map(bill -> values(bill, keys))
                        .toList();
        return Told.json(Json.write(rows));
    }

    private static List<Object> values(Bill bill, String[] keys) {
        List<Object> values = new ArrayList<>();
        for (String key : keys) {
            values.add(field(key).apply(bill));
        }
        return values;
    }

    private synchronized List<Bill> sorted(Comparator<Bill> order) {
        List<Bill> all = new ArrayList<>(bills);
        if (order == ANY_ORDER) {
            Collections.shuffle(all, new Random(++unordered));
            return all;
        }
        all.sort(order);
        return all;
    }

    private static final Comparator<Bill> ANY_ORDER = (_, _) -> 0;

    /// `FModifyDate asc, FID`; empty when a field is unknown.
    private static Optional<Comparator<Bill>> order(String text) {
        if (text.isBlank()) {
            return Optional.of(ANY_ORDER);
        }
        Comparator<Bill> order = ANY_ORDER;
        for (String part : text.strip().split("\\s*,\\s*", -1)) {
            String[] words = part.split("\\s+", -1);
            if (!FIELDS.containsKey(words[0])) {
                return Optional.empty();
            }
            boolean down = words.length > 1 && words[1].equalsIgnoreCase("desc");
            Comparator<Bill> next = (a, b) -> compare(value(a, words[0]), value(b, words[0]));
            order = order.thenComparing(down ? next.reversed() : next);
        }
        return Optional.of(order);
    }

    /// Comparisons joined by `and`; empty when it is more than that, or a field is unknown.
    private static Optional<Predicate<Bill>> filter(String text) {
        Predicate<Bill> filter = _ -> true;
        if (text.isBlank()) {
            return Optional.of(filter);
        }
        for (String part : text.split("(?i)\\s+and\\s+", -1)) {
            Matcher condition = CONDITION.matcher(part);
            if (!condition.matches() || !FIELDS.containsKey(condition.group(1))) {
                return Optional.empty();
            }
            String field = condition.group(1);
            String sign = condition.group(2);
            String wanted = condition.group(3).replace("'", "").replace(' ', 'T');
            filter = filter.and(bill -> holds(compare(value(bill, field), wanted), sign));
        }
        return Optional.of(filter);
    }

    private static boolean holds(int comparison, String sign) {
        return switch (sign) {
            case ">=" -> comparison >= 0;
            case "<=" -> comparison <= 0;
            case ">" -> comparison > 0;
            case "<" -> comparison < 0;
            case "=" -> comparison == 0;
            default -> comparison != 0;
        };
    }

    private static String value(Bill bill, String field) {
        return field(field).apply(bill).toString();
    }

    private static Function<Bill, Comparable<?>> field(String name) {
        return Objects.requireNonNull(FIELDS.get(name), name);
    }

    private static int compare(String a, String b) {
        boolean numbers = a.matches("-?[0-9.]+") && b.matches("-?[0-9.]+");
        return numbers ? new BigDecimal(a).compareTo(new BigDecimal(b)) : a.compareTo(b);
    }
}
