package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Served;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What stands inside the envelopes of 乐企: numbers, allowance, upload and its result, red-letter
/// confirmations, tax codes. Safe for threads.
final class LeqiServices {
    static final String TAXPAYER = "91110000MA01SIMUL8";
    private static final int NUMBERS_MAX = 1_000;
    private static final int PAGE_MAX = 100;
    private static final int UPLOADS_MAX = 100_000;
    private static final int POLLS_BEFORE_RESULT = 2;

    /// @param rule the rule that was broken; empty for none
    record Answer(ObjectNode body, String rule) {}

    private static final class Upload {
        final List<JsonNode> invoices = new ArrayList<>();
        int polls;
    }

    private final Shelf redLetters;
    private final Shelf taxCodes;
    private final Map<String, List<String>> numbers = new HashMap<>();
    private final Map<String, Upload> uploads = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final List<String> accepted = new ArrayList<>();
    private long nextNumber = 1;

    LeqiServices(Trouble trouble) {
        this.redLetters = LeqiRows.redLetters(trouble);
        this.taxCodes = LeqiRows.taxCodes(trouble);
    }

    List<Served> served() {
        return List.of(redLetters.served(), taxCodes.served());
    }

    synchronized List<String> uploaded() {
        return List.copyOf(accepted);
    }

    synchronized List<String> received() {
        return uploads.values().stream()
                .flatMap(upload -> upload.invoices.stream())
                .map(LeqiServices::line)
                .toList();
    }

    private static String line(JsonNode invoice) {
        return Json.text(invoice, "fphm") + "|" + Json.text(invoice, "jshj");
    }

    synchronized Answer answer(String service, JsonNode content) {
        return switch (service) {
            case "QDFPPLFM" -> own(content, "nsrsbh") ? numbers(content) : stranger();
            case "CXSXED" -> own(content, "nsrsbh") ? allowance() : stranger();
            case "CXSSFLBM" -> own(content, "nsrsbh") ? taxCodes(content) : stranger();
            case "CXQDHZQRDLB" -> own(content, "xsfnsrsbh") ? redLetters(content) : stranger();
            case "QDFPSC" -> upload(content);
            case "CXQDFPSCJG" -> result(content);
            default -> refused("99", "服务编码不存在: " + service, "service");
        };
    }

    private static boolean own(JsonNode content, String member) {
        return Json.text(content, member).equals(TAXPAYER);
    }

    private static Answer stranger() {
        return refused("03", "纳税人识别号与使用单位不符", "taxpayer");
    }

    /// The same serial number is given the same numbers again.
    private Answer numbers(JsonNode content) {
        int wanted = content.path("lysl").asInt(0);
        String serial = Json.text(content, "ywlsh");
        if (wanted < 1 || wanted > NUMBERS_MAX || serial.isEmpty()) {
            return refused("02", "领用数量 lysl 为 1 到 1000，业务流水号 ywlsh 必填", "numbers");
        }
        List<String> given = numbers.computeIfAbsent(serial, _ -> fresh(wanted));
        ObjectNode body = ok();
        ArrayNode list = body.putArray("fphmList");
        given.forEach(list::add);
        return new Answer(body, "");
    }

    private List<String> fresh(int wanted) {
        List<String> given = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            given.add("2611%016d".formatted(nextNumber++));
        }
        return given;
    }

    private static Answer allowance() {
        ObjectNode body = ok();
        body.put("zsxed", new BigDecimal("7500000.00")).put("kysxed", new BigDecimal("6812345.67"));
        return new Answer(body, "");
    }

    /// Codes changed after the stamp, and the stamp to send the next time.
    private Answer taxCodes(JsonNode content) {
        String since = Json.text(content, "sjc");
        if (!since.matches("(\\d{14})?")) {
            return refused("02", "时间戳 sjc 格式为 yyyyMMddHHmmss，首次为空", "sjc");
        }
        ObjectNode body = ok();
        ArrayNode list = body.putArray("ssflbmList");
        String last = since;
        for (ObjectNode code : taxCodes.all()) {
            String stamp = Json.text(code, "gxsj");
            if (stamp.compareTo(since) > 0) {
                list.add(code);
                last = stamp.compareTo(last) > 0 ? stamp : last;
            }
        }
        return new Answer(body.put("sjc", last), "");
    }

    private Answer redLetters(JsonNode content) {
        int page = content.path("pageNumber").asInt(0);
        int size = content.path("pageSize").asInt(0);
        if (page < 1 || size < 1 || size > PAGE_MAX) {
            return refused("02", "pageNumber 从 1 开始，pageSize 为 1 到 100", "page");
        }
        if (!Json.text(content, "yhjslx").matches("[01]")) {
            return refused("02", "用户角色类型 yhjslx 必填：0 销方 1 购方", "yhjslx");
        }
        ObjectNode body = ok();
        body.put("total", redLetters.size()).put("pageNumber", page).put("pageSize", size);
        body.set("list", redLetters.slice((page - 1) * size, size));
        return new Answer(body, "");
    }

    /// Takes the invoices and gives a serial number; what became of them comes by asking later.
    private Answer upload(JsonNode content) {
        if (!content.isArray() || content.isEmpty() || content.size() > NUMBERS_MAX) {
            return refused("02", "报文为 1 到 1000 张发票的数组", "upload");
        }
        if (uploads.size() >= UPLOADS_MAX) {
            return refused("09", "系统繁忙", "uploads");
        }
        Upload upload = new Upload();
        content.forEach(upload.invoices::add);
        String serial = "SL%012d".formatted(uploads.size() + 1);
        uploads.put(serial, upload);
        return new Answer(ok().put("sllsh", serial), "");
    }

    private Answer result(JsonNode content) {
        Upload upload = uploads.get(Json.text(content, "sllsh"));
        if (upload == null) {
            return refused("04", "受理流水号 sllsh 不存在", "sllsh");
        }
        upload.polls++;
        if (upload.polls < POLLS_BEFORE_RESULT) {
            ObjectNode waiting = Json.object().put("returncode", "01").put("returnmsg", "处理中");
            return new Answer(waiting, "");
        }
        ObjectNode body = ok();
        ArrayNode list = body.putArray("fpxxList");
        boolean first = upload.polls == POLLS_BEFORE_RESULT;
        upload.invoices.forEach(invoice -> list.add(first ? judged(invoice) : seen(invoice)));
        return new Answer(body, "");
    }

    private ObjectNode judged(JsonNode invoice) {
        String number = Json.text(invoice, "fphm");
        boolean taken = number.matches("\\d{20}") && known.add(number);
        if (taken) {
            accepted.add(line(invoice));
        }
        return state(number, taken);
    }

    private ObjectNode seen(JsonNode invoice) {
        String number = Json.text(invoice, "fphm");
        return state(number, known.contains(number));
    }

    private static ObjectNode state(String number, boolean taken) {
        ObjectNode state = Json.object().put("fphm", number).put("ztdm", taken ? "01" : "02");
        return state.put("ztms", taken ? "上传成功" : "发票号码不是 20 位或已上传");
    }

    private static ObjectNode ok() {
        return Json.object().put("returncode", "00").put("returnmsg", "成功");
    }

    private static Answer refused(String code, String message, String rule) {
        ObjectNode body = Json.object().put("returncode", code).put("returnmsg", message);
        return new Answer(body, rule);
    }
}
