package dev.mortise.connectors.mysql;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.TypeRule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The connector for MariaDB and MySQL.
public final class MySqlFactory implements ConnectorFactory {
    static final String PREFER = "prefer";
    static final String DISABLE = "disable";
    static final String REQUIRE = "require";
    static final String VERIFY = "verify-full";
    static final String AUTO = "auto";
    static final String NEVER = "never";

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

    private static final List<Option> OPTIONS =
            List.of(
                    Option.text(
                                    "host",
                                    Sentence.of("Name or address of the server.", "服务器的主机名或地址。"),
                                    "127.0.0.1")
                            .asRequired(),
                    Option.integer(
                                    "port",
                                    1,
                                    65_535,
                                    Sentence.of("TCP port of the server.", "服务器的 TCP 端口。"),
                                    "3306")
                            .or("3306"),
                    Option.text(
                                    "database",
                                    Sentence.of(
                                            "Database whose tables go by their bare names.",
                                            "数据库名；其中的表可直接用表名引用。"),
                                    "crm")
                            .asRequired(),
                    Option.text("user", Sentence.of("User who logs in.", "登录用户名。"), "app")
                            .asRequired(),
                    Option.text(
                                    "password",
                                    Sentence.of("Password of the user.", "用户的密码。"),
                                    "${env:CRM_PASSWORD}")
                            .asSecret(),
                    Option.choice(
                                    "tls",
                                    List.of(DISABLE, PREFER, REQUIRE, VERIFY),
                                    Sentence.of(
                                            "Encryption: none, where offered, always, or always"
                                                    + " with the certificate checked.",
                                            "加密方式：不加密、可用则加密、必须加密、必须加密并校验证书。"))
                            .or(PREFER),
                    Option.text(
                            "tls_ca",
                            Sentence.of(
                                    "File of the certificate (PEM) to trust, for verify-full.",
                                    "受信任的证书文件（PEM），用于 verify-full。"),
                            "certs/ca.pem"),
                    Option.integer(
                                    "connections_max",
                                    1,
                                    64,
                                    Sentence.of(
                                            "Connections that read one table at the same time.",
                                            "同时读取一张表的最大连接数。"),
                                    "4")
                            .or("4"),
                    Option.choice(
                                    "load_data",
                                    List.of(AUTO, NEVER),
                                    Sentence.of(
                                            "Write with LOAD DATA LOCAL where the server allows it,"
                                                    + " or never.",
                                            "服务器允许时使用 LOAD DATA LOCAL 写入，或从不使用。"))
                            .or(AUTO),
                    Option.duration(
                                    "connect_timeout",
                                    Sentence.of(
                                            "How long opening a connection may take.",
                                            "建立连接的最长等待时间。"),
                                    "10s")
                            .or("10s"),
                    Option.duration(
                                    "read_timeout",
                                    Sentence.of(
                                            "How long the server may be silent during a statement.",
                                            "执行语句时等待服务器响应的最长时间。"),
                                    "1h")
                            .or("1h"));

    @Override
    public String type() {
        return "mysql";
    }

    @Override
    public Sentence title() {
        return Sentence.of("MySQL and MariaDB", "MySQL 与 MariaDB");
    }

    @Override
    public Class<? extends Connector> connector() {
        return MySqlConnector.class;
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public List<TypeRule> types() {
        return MySqlTypes.RULES;
    }

    @Override
    public List<Problem> check(Settings settings) {
        return checkHost(settings).stream().toList();
    }

    private static Optional<Problem> checkHost(Settings settings) {
        String host = settings.text("host");
        return HOST.matcher(host).matches()
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                ProblemCode.OPTION_INVALID,
                                "option 'host' expects a name or an address, got '" + host + "'",
                                settings.tree("host")
                                        .map(Tree::place)
                                        .map(Object::toString)
                                        .orElse(""),
                                "write it like 'host: 127.0.0.1'; the port goes apart"));
    }

    @Override
    public Connector open(Settings settings) {
        return new MySqlConnector(settings);
    }
}
