package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.office.Shelf.Target;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.node.ObjectNode;

/// The lists of [LeqiServices].
final class LeqiRows {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);

    private LeqiRows() {}

    static Shelf redLetters(Trouble trouble) {
        Target target =
                Target.of(
                        "red_letters",
                        "uuid: uuid, number: hzfpxxqrdbh, invoice_number: lzfphm,"
                                + " amount: hzcxje, tax: hzcxse, entered_on: lrrq");
        return new Shelf("red_letters", trouble, target, Shelf.rows(318, LeqiRows::redLetter));
    }

    static Shelf taxCodes(Trouble trouble) {
        Target target =
                Target.of(
                        "tax_codes",
                        "code: sphfwssflhbbm, name: hwhyslwfwmc, rate: zzssl, updated_at: gxsj");
        return new Shelf("tax_codes", trouble, target, Shelf.rows(420, LeqiRows::taxCode));
    }

    private static ObjectNode redLetter(int number) {
        ObjectNode row = Json.object();
        row.put("uuid", "%032x".formatted(number + 1));
        row.put("hzfpxxqrdbh", "4403012601%06d".formatted(number + 1));
        row.put("lzfphm", "2544%016d".formatted(number + 1));
        row.put("xsfnsrsbh", LeqiServices.TAXPAYER).put("gmfmc", "购方" + (number % 31 + 1));
        row.put("hzcxje", BigDecimal.valueOf(-(88_00L + number * 12_07L), 2));
        row.put("hzcxse", BigDecimal.valueOf(-(11_44L + number * 1_57L), 2));
        row.put("hzqrxxztDm", "%02d".formatted(number % 4 + 1));
        row.put("lrrq", LocalDate.of(2026, 1, 1).plusDays(number / 5).toString());
        return row;
    }

    private static ObjectNode taxCode(int number) {
        ObjectNode row = Json.object();
        row.put("sphfwssflhbbm", "1%018d".formatted(number + 1));
        row.put("hwhyslwfwmc", "商品" + (number + 1)).put("spfwjc", "简称" + number % 50);
        row.put("zzssl", number % 3 == 0 ? "0.06" : "0.13");
        row.put("gxsj", START.plusDays(number).format(STAMP));
        return row;
    }
}
