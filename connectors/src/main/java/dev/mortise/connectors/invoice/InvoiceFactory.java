package dev.mortise.connectors.invoice;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.TypeRule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/// Declares the connector `invoice`: Chinese electronic invoices of a folder.
public final class InvoiceFactory implements ConnectorFactory {
    private static final long GIB = 1L << 30;
    private static final String ANY = "*";
    private static final String ZONE = "zone";

    private static final Option PATH =
            Option.text(
                            "path",
                            Sentence.of(
                                    "Folder with the invoices; sub-folders are read, symbolic links"
                                            + " are not followed",
                                    "存放发票的文件夹；读取子文件夹，不跟随符号链接"),
                            "invoices")
                    .asRequired();

    private static final Option PATTERN =
            Option.text(
                            "pattern",
                            Sentence.of(
                                    "Which files are read, by path below the folder; * stands for"
                                            + " any characters",
                                    "读取哪些文件（相对路径）；* 代表任意字符"),
                            "2026/*")
                    .or(ANY);

    private static final Option TIMES =
            Option.text(
                            ZONE,
                            Sentence.of("Where the times on invoices are written", "发票上时间所在的时区"),
                            "Asia/Shanghai")
                    .or("Asia/Shanghai");

    private static final Option ALLOWANCE =
            integer(
                    "rounding_cents",
                    0,
                    100,
                    0,
                    Sentence.of(
                            "How many fen each line may be off before the lines do not add up",
                            "核对明细合计时每行允许的尾差（分）"));

    private static final List<Option> LIMITS =
            List.of(
                    integer(
                            "document_bytes_max",
                            1_024,
                            256 << 20,
                            16 << 20,
                            Sentence.of(
                                    "Largest XML, and largest file inside an OFD, in bytes",
                                    "单个 XML 或 OFD 内单个文件的最大字节数")),
                    integer(
                            "archive_bytes_max",
                            1_024,
                            1_024 * GIB,
                            4 * GIB,
                            Sentence.of(
                                    "How many bytes may come out of one archive",
                                    "一个压缩包展开后的最大字节数")),
                    integer(
                            "archive_ratio_max",
                            1,
                            1_000_000,
                            200,
                            Sentence.of(
                                    "How many times larger an archive may become", "压缩包允许膨胀的最大倍数")),
                    integer(
                            "files_max",
                            1,
                            1_000_000,
                            200_000,
                            Sentence.of(
                                    "Most files of the folder, those in archives included",
                                    "文件夹中的最大文件数，含压缩包内的文件")));

    private static Option integer(
            String name, long min, long max, long fallback, Sentence sentence) {
        String text = Long.toString(fallback);
        return Option.integer(name, min, max, sentence, text).or(text);
    }

    @Override
    public String type() {
        return "invoice";
    }

    @Override
    public Sentence title() {
        return Sentence.of("Electronic invoices", "电子发票");
    }

    @Override
    public Class<? extends Connector> connector() {
        return InvoiceConnector.class;
    }

    @Override
    public List<Option> options() {
        return Stream.concat(Stream.of(PATH, PATTERN, TIMES, ALLOWANCE), LIMITS.stream()).toList();
    }

    /// The columns are fixed; these are the kinds of value an invoice has.
    @Override
    public List<TypeRule> types() {
        return List.of(
                TypeRule.read("text", "text", Loss.NONE),
                TypeRule.read("amount", Table.AMOUNT.text(), Loss.NONE),
                TypeRule.read("rate", Table.RATE.text(), Loss.NONE),
                TypeRule.read("quantity", Table.EXACT.text(), Loss.NONE),
                TypeRule.read("day", "date", Loss.NONE),
                TypeRule.read("time", "timestamptz", Loss.NONE),
                TypeRule.read("count", "int32", Loss.NONE),
                TypeRule.read("bytes", "int64", Loss.NONE),
                TypeRule.read("check", "bool", Loss.NONE));
    }

    @Override
    public List<Problem> check(Settings settings) {
        String zone = settings.text(ZONE);
        try {
            ZoneId.of(zone);
            return List.of();
        } catch (DateTimeException _) {
            return List.of(
                    Problem.of(
                            ProblemCode.OPTION_INVALID,
                            "option 'zone' expects a time zone, got '" + zone + "'",
                            "write it like 'zone: Asia/Shanghai' or 'zone: +08:00'"));
        }
    }

    @Override
    public Connector open(Settings settings) {
        return new InvoiceConnector(
                new Folder(
                        settings.folder().resolve(settings.text(PATH.name())),
                        settings.text(PATTERN.name()),
                        Limits.of(settings),
                        new Assembly(settings.integer(ALLOWANCE.name())),
                        ZoneId.of(settings.text(ZONE))));
    }
}
