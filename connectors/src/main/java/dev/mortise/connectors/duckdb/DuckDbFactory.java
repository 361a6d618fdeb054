package dev.mortise.connectors.duckdb;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.TypeRule;
import java.util.List;

/// Connections of type `duckdb`.
public final class DuckDbFactory implements ConnectorFactory {
    private static final Option PATH =
            Option.text(
                            "path",
                            Sentence.of(
                                    "The database file, relative to the project's folder; it is"
                                            + " made when it is missing.",
                                    "数据库文件，相对于项目目录；不存在时会自动创建。"),
                            "warehouse.duckdb")
                    .asRequired();
    private static final Option MEMORY =
            Option.text(
                            "memory_limit",
                            Sentence.of(
                                    "How much memory DuckDB may use before it spills to disk.",
                                    "DuckDB 可用的内存上限，超出后写入磁盘。"),
                            "2GB")
                    .or("1GB");
    private static final Option THREADS =
            Option.integer(
                            "threads",
                            0,
                            256,
                            Sentence.of(
                                    "How many threads DuckDB may use; 0 for as many as there are"
                                            + " processors.",
                                    "DuckDB 可用的线程数；0 表示与处理器数相同。"),
                            "4")
                    .or("0");

    @Override
    public String type() {
        return "duckdb";
    }

    @Override
    public Sentence title() {
        return Sentence.of("DuckDB", "DuckDB");
    }

    @Override
    public Class<? extends Connector> connector() {
        return DuckDbConnector.class;
    }

    @Override
    public List<Option> options() {
        return List.of(PATH, MEMORY, THREADS);
    }

    @Override
    public List<TypeRule> types() {
        return DuckDbTypes.RULES;
    }

    @Override
    public List<Problem> check(Settings settings) {
        String memory = settings.text(MEMORY.name());
        return memory.matches("\\d{1,9}(\\.\\d)? ?(MB|GB|TB|MiB|GiB|TiB)")
                ? List.of()
                : List.of(
                        Problem.of(
                                ProblemCode.OPTION_INVALID,
                                "option 'memory_limit' expects a size such as 2GB, got '"
                                        + memory
                                        + "'",
                                "write it like 'memory_limit: 2GB'"));
    }

    @Override
    public Connector open(Settings settings) {
        return new DuckDbConnector(
                settings.folder().resolve(settings.text(PATH.name())).toAbsolutePath().normalize(),
                new DuckDbFile.Limits(
                        settings.text(MEMORY.name()), settings.integer(THREADS.name())));
    }
}
