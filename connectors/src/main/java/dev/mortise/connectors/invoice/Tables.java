package dev.mortise.connectors.invoice;

import static dev.mortise.connectors.invoice.Table.amount;
import static dev.mortise.connectors.invoice.Table.bigint;
import static dev.mortise.connectors.invoice.Table.bool;
import static dev.mortise.connectors.invoice.Table.date;
import static dev.mortise.connectors.invoice.Table.exact;
import static dev.mortise.connectors.invoice.Table.instant;
import static dev.mortise.connectors.invoice.Table.integer;
import static dev.mortise.connectors.invoice.Table.rate;
import static dev.mortise.connectors.invoice.Table.required;
import static dev.mortise.connectors.invoice.Table.text;

import dev.mortise.connectors.invoice.Survey.Sighting;
import dev.mortise.connectors.invoice.Table.Rule;
import dev.mortise.connectors.invoice.Ties.Tie;
import dev.mortise.connectors.invoice.Told.Line;
import dev.mortise.connectors.invoice.Verdicts.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The columns of the three datasets.
final class Tables {
    /// A row for each number.
    static final Table<Told> INVOICE = new Table<>("invoice", List.of("number"), invoices());

    /// A row for each line of each invoice.
    static final Table<Line> ITEM = new Table<>("invoice_item", List.of("number", "line"), items());

    /// A row for each file met, readable or not.
    static final Table<Met> FILE = new Table<>("invoice_file", List.of("path"), files());

    private Tables() {}

    /// A file met.
    ///
    /// @param file the file on the disk that is it or holds it
    record Met(Sighting seen, Verdict verdict, Listing.Entry file) {}

    private static List<Rule<Told>> invoices() {
        List<Rule<Told>> rules = new ArrayList<>(identity());
        rules.addAll(parties());
        rules.addAll(sums());
        rules.addAll(origin());
        return List.copyOf(rules);
    }

    private static List<Rule<Told>> identity() {
        return List.of(
                required("number", "发票号码（20 位；旧票为 代码-号码）", told -> told.invoice().number()),
                text("invoice_code", "发票代码（旧票）", told -> word(told, Term.CODE)),
                text("invoice_no", "发票号码（旧票 8 位）", Tables::oldNo),
                text("kind", "发票种类", Told::kind),
                date("issued_on", "开票日期", Tables::day),
                instant("issued_at", "开票时间", told -> told.instant(Term.ISSUED)),
                instant("requested_at", "申请时间", told -> told.instant(Term.REQUESTED)),
                bool("red", "红字发票", told -> told.invoice().red()),
                text("original_number", "被红冲蓝字发票号码", told -> told.invoice().original()),
                bool("original_found", "蓝字发票在本文件夹中", Told::originalFound),
                integer("red_count", "红冲本票的红字发票张数", told -> told.reds().count()),
                amount("red_total", "红冲合计（价税合计，负数）", told -> told.reds().total()),
                text("tax_bureau_code", "税务机关代码", told -> word(told, Term.BUREAU)));
    }

    private static List<Rule<Told>> parties() {
        return List.of(
                text("seller_name", "销售方名称", told -> word(told, Term.SELLER_NAME)),
                text("seller_tax_id", "销售方纳税人识别号", told -> word(told, Term.SELLER_TAX_ID)),
                text("seller_address", "销售方地址", told -> word(told, Term.SELLER_ADDRESS)),
                text("seller_phone", "销售方电话", told -> word(told, Term.SELLER_PHONE)),
                text("seller_bank", "销售方开户行", told -> word(told, Term.SELLER_BANK)),
                text("seller_account", "销售方银行账号", told -> word(told, Term.SELLER_ACCOUNT)),
                text("buyer_name", "购买方名称", told -> word(told, Term.BUYER_NAME)),
                text("buyer_tax_id", "购买方纳税人识别号", told -> word(told, Term.BUYER_TAX_ID)),
                text("buyer_address", "购买方地址", told -> word(told, Term.BUYER_ADDRESS)),
                text("buyer_phone", "购买方电话", told -> word(told, Term.BUYER_PHONE)),
                text("buyer_bank", "购买方开户行", told -> word(told, Term.BUYER_BANK)),
                text("buyer_account", "购买方银行账号", told -> word(told, Term.BUYER_ACCOUNT)));
    }

    private static List<Rule<Told>> sums() {
        return List.of(
                amount("total_without_tax", "合计金额", told -> told.invoice().totals().withoutTax()),
                amount("total_tax", "合计税额", told -> told.invoice().totals().tax()),
                amount("total", "价税合计", told -> told.invoice().totals().total()),
                integer("item_count", "明细行数", told -> told.invoice().items().size()),
                bool("tie_items", "明细金额之和等于合计金额", told -> holds(ties(told).items())),
                bool("tie_tax", "明细税额之和等于合计税额", told -> holds(ties(told).tax())),
                bool("tie_total", "金额加税额等于价税合计", told -> holds(ties(told).total())));
    }

    private static List<Rule<Told>> origin() {
        return List.of(
                text("drawer", "开票人", told -> word(told, Term.DRAWER)),
                text("remark", "备注", told -> word(told, Term.REMARK)),
                required("path", "所据文件", told -> told.seen().path()),
                required("format", "所据文件格式", told -> told.seen().kind().text()),
                instant("modified_at", "所据文件修改时间", told -> told.file().written()),
                integer("files", "同号文件数", told -> told.survey().copies(told.invoice().number())),
                text("problem", "问题", Told::problem));
    }

    private static @Nullable String word(Told told, Term term) {
        return told.word(term);
    }

    /// The short number, of an invoice that has a code.
    private static @Nullable String oldNo(Told told) {
        return told.word(Term.CODE) == null ? null : told.word(Term.NO);
    }

    private static @Nullable Integer day(Told told) {
        LocalDate day = told.issued().map(WrittenTime::day).orElse(null);
        return day == null ? null : Math.toIntExact(day.toEpochDay());
    }

    private static Ties ties(Told told) {
        return told.invoice().ties();
    }

    private static @Nullable Boolean holds(Tie tie) {
        return tie == Tie.UNKNOWN ? null : Boolean.valueOf(tie == Tie.HOLDS);
    }

    private static List<Rule<Line>> items() {
        return List.of(
                required("number", "发票号码", line -> line.told().invoice().number()),
                integer("line", "行号", line -> line.item().line()),
                text("name", "项目名称", line -> word(line, Term.ITEM_NAME)),
                text("specification", "规格型号", line -> word(line, Term.ITEM_SPECIFICATION)),
                text("unit", "单位", line -> word(line, Term.ITEM_UNIT)),
                exact("quantity", "数量", line -> word(line, Term.ITEM_QUANTITY)),
                exact("price", "单价", line -> word(line, Term.ITEM_PRICE)),
                amount("amount", "金额", line -> line.item().amount()),
                rate("tax_rate", "税率/征收率", line -> line.item().rate().units()),
                text("tax_treatment", "免税、不征税等", line -> line.item().rate().treatment()),
                amount("tax", "税额", line -> line.item().tax()),
                amount("total", "价税合计", line -> line.item().total()),
                text("tax_code", "税收分类编码", line -> word(line, Term.ITEM_CODE)),
                bool("discount", "折扣行", Line::discount),
                required("path", "所据文件", line -> line.told().seen().path()));
    }

    private static @Nullable String word(Line line, Term term) {
        return line.item().word(term);
    }

    private static List<Rule<Met>> files() {
        return List.of(
                required("path", "文件路径", met -> met.seen().path()),
                required("kind", "文件类型", met -> met.seen().kind().text()),
                text("number", "发票号码", met -> met.seen().number()),
                required("status", "状态", met -> met.verdict().status().text()),
                text("finding", "发现", met -> met.verdict().finding()),
                text("speaker", "代表该发票的文件", met -> met.verdict().speaker()),
                bigint("bytes", "磁盘文件字节数", met -> met.file().bytes()),
                instant("modified_at", "磁盘文件修改时间", met -> met.file().written()));
    }
}
