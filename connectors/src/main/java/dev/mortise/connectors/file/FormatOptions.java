package dev.mortise.connectors.file;

import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Shape;
import java.util.List;

/// The option `formats`, as forms show it; [Formats] reads it.
final class FormatOptions {
    private FormatOptions() {}

    static Option option() {
        return Option.tree(
                        "formats",
                        Sentence.of(
                                "How files are written, by name pattern, where the ending does not"
                                        + " say it",
                                "按文件名模式说明文件的写法（扩展名不足以说明时）"),
                        "{\"orders-*.txt\": {format: csv, delimiter: \"|\", charset: gbk}}")
                .of(
                        List.of(
                                Option.tree(
                                                Shape.ANY,
                                                Sentence.of(
                                                        "How files of this name are written",
                                                        "此类文件的写法"),
                                                "{format: csv}")
                                        .of(words())));
    }

    private static List<Option> words() {
        return List.of(
                Option.choice("format", Formats.KINDS, Sentence.of("Kind of file", "文件类型")),
                Option.bool(
                        "header", Sentence.of("Whether row one names columns", "首行是否为列名"), "true"),
                text("delimiter", "|", "What stands between values", "列分隔符"),
                text("quote", "'", "What values are quoted with", "引号字符"),
                text("charset", "gbk", "Charset", "字符集"),
                text("decimal", ",", "Decimal mark", "小数点字符"),
                text("thousands", ".", "Mark of thousands", "千位分隔符"),
                text("dates", "dd.MM.yyyy", "How dates are written", "日期格式"),
                text("timestamps", "yyyyMMddHHmm", "How timestamps are written", "时间戳格式"),
                text("nulls", "NULL", "What stands for no value", "表示空值的文字"),
                Option.bool(
                        "gz", Sentence.of("Whether it is packed by gzip", "是否 gzip 压缩"), "true"),
                text("sheet", "Sheet1", "Sheet of a workbook", "工作表名称"),
                Option.integer(
                        "header_rows", 0, 19, Sentence.of("Rows of the header", "表头行数"), "1"),
                Option.tree(
                                "columns",
                                Sentence.of("Types of columns, by name", "各列的类型，按列名"),
                                "{amount: \"decimal(18,2)\"}")
                        .of(List.of(text(Shape.ANY, "decimal(18,2)", "Type", "类型"))));
    }

    private static Option text(String name, String example, String en, String zh) {
        return Option.text(name, Sentence.of(en, zh), example);
    }
}
