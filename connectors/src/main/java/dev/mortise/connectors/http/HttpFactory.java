package dev.mortise.connectors.http;

import dev.mortise.api.answer.Packs;
import dev.mortise.api.auth.AuthOptions;
import dev.mortise.api.auth.SignOptions;
import dev.mortise.api.auth.Tls;
import dev.mortise.api.budget.LimitOptions;
import dev.mortise.api.budget.Ticker;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Shape;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.TypeRule;
import java.util.ArrayList;
import java.util.List;

/// The connector for JSON APIs over HTTP.
public final class HttpFactory implements ConnectorFactory {
    private static final List<Option> OPTIONS =
            List.of(
                    Option.text(
                                    "base_url",
                                    Sentence.of(
                                            "Address that the paths of resources are added to.",
                                            "接口的根地址，资源路径拼接在其后。"),
                                    "https://api.example.com/v1")
                            .asRequired(),
                    AuthOptions.option(),
                    SignOptions.option(),
                    Tls.option(),
                    Option.tree(
                                    "errors",
                                    Sentence.of(
                                            "What answers mean: the name of a pack, or rules.",
                                            "应答含义：内置错误契约的名称，或自定义规则。"),
                                    "wecom")
                            .orOneOf(Packs.NAMES),
                    LimitOptions.option(),
                    Option.tree(
                                    "headers",
                                    Sentence.of("Headers of every call.", "每次调用都带上的请求头。"),
                                    "{Accept-Language: zh-CN}")
                            .asSecret()
                            .of(
                                    List.of(
                                            Option.text(
                                                    Shape.ANY,
                                                    Sentence.of("Value of the header.", "请求头的值。"),
                                                    "zh-CN"))),
                    Option.tree(
                                    "resources",
                                    Sentence.of(
                                            "The datasets of the API, by name.", "接口提供的数据集，按名称列出。"),
                                    "{orders: {path: /orders, records: $.data}}")
                            .asRequired(),
                    Option.choice(
                                    "reach",
                                    List.of("public", "private", "any"),
                                    Sentence.of(
                                            "How far calls may reach: public addresses, also"
                                                    + " private networks and this machine, or any.",
                                            "允许访问的地址范围：public 仅公网，private 含内网与本机，any 不限。"))
                            .or("public"),
                    Option.duration(
                                    "timeout",
                                    Sentence.of(
                                            "How long one call may take, its body included.",
                                            "单次调用的最长时间，含读取响应体。"),
                                    "60s")
                            .or("60s"),
                    Option.duration(
                                    "connect_timeout",
                                    Sentence.of("How long connecting may take.", "建立连接的最长时间。"),
                                    "10s")
                            .or("10s"),
                    Option.integer(
                                    "concurrency",
                                    1,
                                    256,
                                    Sentence.of(
                                            "Calls of one run at the same time.",
                                            "单次运行内同时进行的调用数上限。"),
                                    "4")
                            .or("4"),
                    Option.integer(
                                    "retries",
                                    0,
                                    100,
                                    Sentence.of(
                                            "How often a call is repeated after a passing failure.",
                                            "遇到暂时性故障时单次调用的重试次数。"),
                                    "5")
                            .or("5"),
                    Option.duration(
                                    "retry_wait",
                                    Sentence.of(
                                            "How long one call may wait for its repetitions, all"
                                                    + " together.",
                                            "单次调用为重试等待的总时长上限。"),
                                    "60s")
                            .or("60s"),
                    Option.integer(
                                    "body_bytes_max",
                                    1_024,
                                    1_073_741_824,
                                    Sentence.of(
                                            "Largest response body, unpacked.", "响应体（解压后）的最大字节数。"),
                                    "33554432")
                            .or("33554432"));

    private static final List<TypeRule> TYPES =
            List.of(
                    TypeRule.both("true, false", "bool"),
                    TypeRule.both("whole number", "int64"),
                    TypeRule.read(
                            "number with at most 10 decimals",
                            "decimal(38,10)",
                            Loss.widening("a value with more decimals is rejected, not rounded")),
                    TypeRule.read("number with an exponent or more decimals", "float64", Loss.NONE),
                    TypeRule.both("string", "text"),
                    TypeRule.both("object, array", "json"),
                    TypeRule.write("number", "int8, int16, int32, uint64", Loss.NONE),
                    TypeRule.write("number, digits as they are", "decimal(p,s)", Loss.NONE),
                    TypeRule.write("number", "float32, float64", Loss.NONE),
                    TypeRule.write("string 2024-02-29", "date", Loss.NONE),
                    TypeRule.write("string 23:59:59.5", "time", Loss.NONE),
                    TypeRule.write("string 2024-02-29T23:59:59", "timestamp", Loss.NONE),
                    TypeRule.write("string 2024-02-29T23:59:59Z", "timestamptz", Loss.NONE),
                    TypeRule.write("string", "uuid", Loss.NONE),
                    TypeRule.write("string of hex digits", "bytes", Loss.NONE));

    @Override
    public String type() {
        return "http";
    }

    @Override
    public Sentence title() {
        return Sentence.of("HTTP API", "HTTP 接口");
    }

    @Override
    public Class<? extends Connector> connector() {
        return HttpConnector.class;
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public List<Option> described() {
        return Described.OPTIONS;
    }

    /// Made when a form first asks.
    private static final class Described {
        static final List<Option> OPTIONS =
                HttpFactory.OPTIONS.stream()
                        .map(each -> each.name().equals("sign") ? SignOptions.described() : each)
                        .toList();
    }

    @Override
    public List<TypeRule> types() {
        return TYPES;
    }

    @Override
    public List<Problem> check(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        Endpoint.read(settings, problems);
        return problems;
    }

    @Override
    public Connector open(Settings settings) {
        return new HttpConnector(settings, Endpoint.of(settings), Ticker.SYSTEM);
    }
}
