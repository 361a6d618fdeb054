package dev.mortise.connectors.sqlite;

import dev.mortise.connectors.jdbc.JdbcConnector;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.type.TypeRule;
import java.nio.file.Path;
import java.util.List;

/// Connections of type `sqlite`.
public final class SqliteFactory implements ConnectorFactory {
    private static final Option PATH =
            Option.text(
                            "path",
                            Sentence.of(
                                    "The database file, relative to the project's folder; it is"
                                            + " made when it is missing.",
                                    "数据库文件，相对于项目目录；不存在时会自动创建。"),
                            "shop.sqlite")
                    .asRequired();
    private static final Option WAIT =
            Option.duration(
                            "lock_wait",
                            Sentence.of("How long to wait for another writer.", "等待其他写入者的最长时间。"),
                            "30s")
                    .or("60s");

    @Override
    public String type() {
        return "sqlite";
    }

    @Override
    public Sentence title() {
        return Sentence.of("SQLite", "SQLite");
    }

    @Override
    public Class<? extends Connector> connector() {
        return JdbcConnector.class;
    }

    @Override
    public List<Option> options() {
        return List.of(PATH, WAIT);
    }

    @Override
    public List<TypeRule> types() {
        return SqliteDialect.RULES;
    }

    @Override
    public Connector open(Settings settings) {
        Path path =
                settings.folder().resolve(settings.text(PATH.name())).toAbsolutePath().normalize();
        return new JdbcConnector(new SqliteFile(path, settings.duration(WAIT.name())));
    }
}
