package dev.mortise.connectors.file;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.TypeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// Files of a folder: CSV, TSV, JSON Lines, JSON, XLSX and Parquet.
public final class FileFactory implements ConnectorFactory {
    private static final long GIB = 1L << 30;

    @Override
    public String type() {
        return "file";
    }

    @Override
    public Sentence title() {
        return Sentence.of("Files: CSV, Excel, JSON, Parquet", "文件：CSV、Excel、JSON、Parquet");
    }

    @Override
    public Class<? extends Connector> connector() {
        return FileConnector.class;
    }

    private static final Option PATH =
            Option.text(
                            "path",
                            Sentence.of(
                                    "Folder that holds the files; nothing outside it is opened",
                                    "存放文件的文件夹；不会打开其外的任何文件"),
                            "data")
                    .asRequired();

    private static final Option FORMATS = FormatOptions.option();

    private static final Option GUARD =
            Option.bool(
                            "formula_guard",
                            Sentence.of(
                                    "Write a quote before texts of CSV that a spreadsheet would run"
                                            + " as a formula",
                                    "写 CSV 时，在会被电子表格当作公式执行的文本前加单引号"),
                            "true")
                    .or("false");

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(List.of(PATH, FORMATS));
        options.addAll(limits());
        options.add(GUARD);
        return List.copyOf(options);
    }

    private static List<Option> limits() {
        return List.of(
                integer("sample_rows", 1, 1_000_000, 10_000)
                        .apply("Rows looked at to guess types", "推断类型时查看的行数"),
                integer("sample_bytes_max", 1_024, 256 << 20, 8 << 20)
                        .apply("Bytes looked at to guess types and charset", "推断类型和字符集时查看的字节数"),
                integer("line_bytes_max", 1_024, 1 << 30, 16 << 20)
                        .apply("Longest row, in bytes", "单行的最大字节数"),
                integer("value_bytes_max", 1, 1 << 30, 8 << 20)
                        .apply(
                                "Longest value, in bytes; a row with a longer one is rejected",
                                "单个值的最大字节数；超出的行会被拒收"),
                integer("columns_max", 1, 65_536, 4_096).apply("Most columns of a file", "文件的最大列数"),
                integer("archive_ratio_max", 1, 1_000_000, 200)
                        .apply(
                                "How many times larger compressed files may become",
                                "压缩文件允许膨胀的最大倍数"),
                integer("archive_bytes_max", 1_024, 1_024 * GIB, 64 * GIB)
                        .apply("How many bytes a compressed file may become", "压缩文件展开后的最大字节数"),
                integer("files_max", 1, 1_000_000, 10_000)
                        .apply("Most files of the folder or of one dataset", "文件夹或一个数据集的最大文件数"));
    }

    private static BiFunction<String, String, Option> integer(
            String name, long min, long max, long fallback) {
        String text = Long.toString(fallback);
        return (en, zh) -> Option.integer(name, min, max, Sentence.of(en, zh), text).or(text);
    }

    /// Parquet alone has types of its own; those of the other kinds are guessed, or given under
    /// `columns`.
    @Override
    public List<TypeRule> types() {
        List<TypeRule> rules = new ArrayList<>();
        for (Scalar scalar : Scalar.values()) {
            rules.add(TypeRule.both(ParquetFormat.sqlType(scalar), scalar.text()));
        }
        rules.add(TypeRule.both("DECIMAL(p,s)", "decimal(p,s)"));
        rules.add(TypeRule.read("UTINYINT", "int16", Loss.NONE));
        rules.add(TypeRule.read("USMALLINT", "int32", Loss.NONE));
        rules.add(TypeRule.read("UINTEGER", "int64", Loss.NONE));
        rules.add(TypeRule.read("LIST", "json", Loss.NONE));
        rules.add(TypeRule.read("STRUCT", "json", Loss.NONE));
        return rules;
    }

    @Override
    public List<Problem> check(Settings settings) {
        return Formats.check(settings.tree("formats"));
    }

    @Override
    public Connector open(Settings settings) {
        return new FileConnector(settings);
    }
}
