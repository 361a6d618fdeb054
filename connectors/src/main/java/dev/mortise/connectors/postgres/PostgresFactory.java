package dev.mortise.connectors.postgres;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.type.TypeRule;
import java.util.List;

/// The connector for PostgreSQL 12 and later.
public final class PostgresFactory implements ConnectorFactory {
    private static final List<Option> OPTIONS =
            List.of(
                    Option.text("host", Sentence.of("Name or address.", "主机名或地址。"), "127.0.0.1")
                            .asRequired(),
                    Option.integer("port", 1, 65_535, Sentence.of("Port.", "端口。"), "5432")
                            .or("5432"),
                    Option.text("database", Sentence.of("Database.", "数据库名。"), "erp").asRequired(),
                    Option.text("user", Sentence.of("User.", "用户名。"), "app").asRequired(),
                    Option.text("password", Sentence.of("Password.", "密码。"), "${env:ERP_PASSWORD}")
                            .asSecret(),
                    Option.text(
                            "schema",
                            Sentence.of(
                                    "Schema of names written without one; the server's search path"
                                            + " when absent.",
                                    "未写模式名的表所在的模式；不填则用服务器的搜索路径。"),
                            "sales"),
                    Option.choice(
                                    "tls",
                                    List.of("disable", "prefer", "require", "verify-full"),
                                    Sentence.of(
                                            "Encryption: none, where offered, always, or always"
                                                    + " with the certificate checked.",
                                            "加密方式：不加密、可用则加密、必须加密、必须加密并校验证书。"))
                            .or("prefer"),
                    Option.text(
                            "tls_ca",
                            Sentence.of(
                                    "File of the authority that signed the server's certificate,"
                                            + " for verify-full.",
                                    "签发服务器证书的 CA 文件，用于 verify-full。"),
                            "certs/ca.pem"),
                    Option.integer(
                                    "connections_max",
                                    1,
                                    64,
                                    Sentence.of(
                                            "Connections that carry rows at the same time.",
                                            "同时传输数据的连接数上限。"),
                                    "4")
                            .or("4"),
                    Option.duration(
                                    "connect_timeout",
                                    Sentence.of("How long connecting may take.", "建立连接的最长时间。"),
                                    "10s")
                            .or("10s"),
                    Option.duration(
                                    "socket_timeout",
                                    Sentence.of(
                                            "How long the server may stay silent.",
                                            "等待服务器响应的最长时间。"),
                                    "1h")
                            .or("1h"),
                    Option.duration(
                                    "statement_timeout",
                                    Sentence.of("How long one statement may run.", "单条语句的最长执行时间。"),
                                    "6h")
                            .or("6h"),
                    Option.duration(
                                    "lock_timeout",
                                    Sentence.of("How long to wait for a lock.", "等待锁的最长时间。"),
                                    "30s")
                            .or("30s"));

    @Override
    public String type() {
        return "postgres";
    }

    @Override
    public Sentence title() {
        return Sentence.of("PostgreSQL", "PostgreSQL");
    }

    @Override
    public Class<? extends Connector> connector() {
        return PostgresConnector.class;
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public List<TypeRule> types() {
        return PostgresTypes.RULES;
    }

    @Override
    public Connector open(Settings settings) {
        return new PostgresConnector(settings);
    }
}
