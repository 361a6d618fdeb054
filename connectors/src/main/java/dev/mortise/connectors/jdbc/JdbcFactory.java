package dev.mortise.connectors.jdbc;

import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.TypeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Connections of type `jdbc`.
public final class JdbcFactory implements ConnectorFactory {
    /// Nothing that ends a part of an address, or starts another setting.
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.$#-]{0,128}");

    /// Those a user may choose.
    static final List<JdbcDialect> OFFERED =
            List.of(
                    new SqlServerDialect(),
                    OracleFamily.oracle(),
                    OracleFamily.dm(),
                    PostgresFamily.kingbase(),
                    PostgresFamily.openGauss(),
                    MySqlFamily.oceanBase(),
                    MySqlFamily.tiDb(),
                    new Db2Dialect());

    private static final List<Option> OPTIONS =
            List.of(
                    Option.choice(
                                    "dialect",
                                    names(),
                                    Sentence.of("Which database it is.", "数据库种类。"))
                            .asRequired(),
                    Option.text(
                                    "host",
                                    Sentence.of("The server's name or address.", "服务器名称或地址。"),
                                    "10.0.0.5")
                            .asRequired(),
                    Option.integer(
                            "port",
                            1,
                            65_535,
                            Sentence.of(
                                    "The server's port; without it the usual one of the database.",
                                    "服务器端口；不填则用该数据库的默认端口。"),
                            "1433"),
                    Option.text(
                            "database",
                            Sentence.of(
                                    "The database, or the service of Oracle.", "数据库名；Oracle 填服务名。"),
                            "erp"),
                    Option.text(
                            "schema",
                            Sentence.of(
                                    "Where names without a schema stand; without it the user's"
                                            + " own.",
                                    "未写模式名的表所在的模式；不填则为用户自己的模式。"),
                            "dbo"),
                    Option.text("user", Sentence.of("Who logs in.", "登录用户。"), "mortise")
                            .asRequired(),
                    Option.text(
                                    "password",
                                    Sentence.of("The user's password.", "用户密码。"),
                                    "${env:ERP_PASSWORD}")
                            .asSecret());

    @Override
    public String type() {
        return "jdbc";
    }

    @Override
    public Sentence title() {
        return Sentence.of("Databases over JDBC", "通用 JDBC 数据库");
    }

    @Override
    public Class<? extends Connector> connector() {
        return JdbcConnector.class;
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public List<TypeRule> types() {
        return JdbcTypes.RULES;
    }

    @Override
    public List<Problem> check(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        check("host", HOST, settings, problems);
        check("database", NAME, settings, problems);
        check("schema", NAME, settings, problems);
        return problems;
    }

    private static void check(
            String option, Pattern allowed, Settings settings, List<Problem> problems) {
        String value = settings.find(option).orElse("");
        boolean fits = allowed.matcher(value).matches() || (value.isEmpty() && allowed == NAME);
        if (!fits) {
            problems.add(
                    Problem.of(
                            ProblemCode.OPTION_INVALID,
                            "option '" + option + "' expects a name, got '" + value + "'",
                            "write the name alone; everything else about the address is ours"));
        }
    }

    @Override
    public Connector open(Settings settings) {
        return new JdbcConnector(server(dialect(settings.text("dialect")), settings));
    }

    static JdbcServer server(JdbcDialect dialect, Settings settings) {
        return new JdbcServer(
                dialect,
                new JdbcServer.Address(
                        settings.text("host"),
                        settings.find("port").map(Integer::parseInt).orElse(dialect.port()),
                        settings.find("database").orElse(""),
                        settings.find("schema").orElse(""),
                        settings.text("user"),
                        settings.secret("password")),
                settings.folder().resolve("drivers"));
    }

    private static List<String> names() {
        return OFFERED.stream().map(JdbcDialect::name).toList();
    }

    static JdbcDialect dialect(String name) {
        return OFFERED.stream()
                .filter(dialect -> dialect.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no dialect '" + name + "'"));
    }
}
