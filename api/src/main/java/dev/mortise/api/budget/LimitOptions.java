package dev.mortise.api.budget;

import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.option.Shape;
import java.util.List;
import java.util.stream.Stream;

/// The option `limits`, as forms show it; [Limits] reads it.
public final class LimitOptions {
    private static final int COUNT_MAX = 999_999_999;

    private LimitOptions() {}

    /// The option with what may stand below it.
    public static Option option() {
        return Option.tree(
                        "limits",
                        Sentence.of(
                                "Rates and quotas that all who use the connection share.",
                                "使用该连接的所有任务共享的频率与配额。"),
                        "{per: {1s: 20}, quota: {day: 10000}, zone: Asia/Shanghai}")
                .of(Stream.of(counts(), times(), groups()).flatMap(List::stream).toList());
    }

    private static List<Option> counts() {
        return List.of(
                Option.tree(
                                "per",
                                Sentence.of(
                                        "Calls in a time: 1s, 20s, 1m.", "每段时间的调用数，如 1s、20s、1m。"),
                                "{1s: 20, 1m: 600}")
                        .of(List.of(count(Shape.ANY, "Most calls.", "最多调用数。"))),
                Option.integer(
                        "concurrency",
                        1,
                        100_000,
                        Sentence.of("Calls at the same time.", "同时进行的调用数。"),
                        "5"),
                Option.tree(
                                "quota",
                                Sentence.of("Calls a day, a month.", "每日、每月的调用数。"),
                                "{day: 10000}")
                        .of(
                                List.of(
                                        count("day", "Calls a day.", "每日调用数。"),
                                        count("month", "Calls a month.", "每月调用数。"))));
    }

    private static List<Option> times() {
        return List.of(
                Option.choice(
                                "window",
                                List.of("moving", "fixed"),
                                Sentence.of("How time is cut.", "时间窗口的方式。"))
                        .or("moving"),
                Option.text("zone", Sentence.of("Where a day begins.", "按哪个时区计日。"), "Asia/Shanghai")
                        .or("UTC"),
                Option.choice(
                        "avoid",
                        List.of("top of the hour"),
                        Sentence.of("When to hold back.", "避开整点高峰。")));
    }

    private static List<Option> groups() {
        Option weight =
                Option.integer(
                        Shape.ANY, 1, Limits.WEIGHT_MAX, Sentence.of("Its weight.", "权重。"), "5");
        return List.of(
                Option.tree(
                                "weights",
                                Sentence.of("What a call to a resource weighs.", "各资源每次调用的权重。"),
                                "{orders: 5}")
                        .of(List.of(weight)),
                Option.text(
                        "group",
                        Sentence.of("Connections of one group are counted together.", "同组的连接合并计数。"),
                        "dingtalk"),
                Option.choice(
                        "each",
                        List.of("resource"),
                        Sentence.of("What counts by itself.", "按什么分别计数。")));
    }

    private static Option count(String name, String en, String zh) {
        return Option.integer(name, 1, COUNT_MAX, Sentence.of(en, zh), "10000");
    }
}
