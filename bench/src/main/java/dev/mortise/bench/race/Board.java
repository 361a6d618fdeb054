package dev.mortise.bench.race;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The table of results in Markdown, made from records alone: of each workload the session measured
/// last in which a cycle counted.
public final class Board {
    private static final long UNITS_MANY = 10_000;

    /// The language of the words; figures are the same.
    public enum Language {
        EN,
        ZH
    }

    private record Words(
            String heading,
            String alone,
            String perUnit,
            String note,
            Map<String, String> titles) {}

    private final List<List<Sample>> workloads;
    private final Map<String, String> chinese;

    /// @param names in the order of the rows
    /// @param chinese titles by workload
    public Board(List<Sample> samples, List<String> names, Map<String, String> chinese) {
        Map<String, List<Sample>> latest = new LinkedHashMap<>();
        names.forEach(name -> latest.put(name, new ArrayList<>()));
        Set<String> counted =
                samples.stream()
                        .filter(sample -> !sample.voided())
                        .map(Board::measured)
                        .collect(Collectors.toSet());
        for (Sample sample : samples) {
            if (!counted.contains(measured(sample))) {
                continue;
            }
            List<Sample> known = latest.computeIfAbsent(sample.workload(), _ -> new ArrayList<>());
            if (!known.isEmpty() && !known.getFirst().session().equals(sample.session())) {
                known.clear();
            }
            known.add(sample);
        }
        this.workloads = latest.values().stream().filter(list -> !list.isEmpty()).toList();
        this.chinese = Map.copyOf(chinese);
    }

    /// One workload in one session.
    private static String measured(Sample sample) {
        return sample.session() + " " + sample.workload();
    }

    public String markdown(Language language) {
        if (workloads.isEmpty()) {
            return words(language).alone();
        }
        Words words = words(language);
        StringBuilder text = new StringBuilder(words.heading());
        for (List<Sample> samples : workloads) {
            for (Summary summary : Summary.of(samples)) {
                text.append(row(samples.getFirst(), summary, words));
            }
        }
        return text.append('\n').append(note(words)).toString();
    }

    private Words words(Language language) {
        return switch (language) {
            case EN ->
                    new Words(
                            """
                            | what | beside | speed, theirs = 1 | CPU µs a row, ours : theirs | \
                            our memory | cycles |
                            |---|---|---|---|---|---|
                            """,
                            "Not measured yet.",
                            "%.0f ms each",
                            "Medians of whole processes from start to end, least and most in"
                                    + " brackets. CPU is that of all processes on the path, servers"
                                    + " included. %s; commits %s.",
                            Map.of());
            case ZH ->
                    new Words(
                            """
                            | 内容 | 对照 | 速度（对照 = 1） | 每行 CPU 微秒，我们 : 对照 | 我们的内存 | 轮次 |
                            |---|---|---|---|---|---|
                            """,
                            "尚未测量。",
                            "每个 %.0f 毫秒",
                            "整个进程从启动到结束的中位数，括号内为最小与最大；CPU 为路径上所有进程" + "（含服务器）之和。%s；提交 %s。",
                            chinese);
        };
    }

    private static String row(Sample sample, Summary summary, Words words) {
        String title = words.titles().getOrDefault(sample.workload(), sample.path());
        boolean alone = summary.role().isEmpty();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.0f MB | %d%s |%n",
                title,
                alone ? "–" : "`" + summary.command().replace("|", "\\|") + "`",
                speed(summary, words),
                cpu(summary),
                summary.ours().rssMb(),
                summary.cycles(),
                summary.voided() == 0 ? "" : " (+" + summary.voided() + " void)");
    }

    private static String speed(Summary summary, Words words) {
        if (summary.role().isEmpty()) {
            return absolute(summary.ours(), words);
        }
        Summary.Spread ratio = summary.wallRatio();
        String text =
                String.format(
                        Locale.ROOT,
                        "**%.2f** (%.2f–%.2f)",
                        ratio.median(),
                        ratio.min(),
                        ratio.max());
        // Of few units each is something by itself, such as a table.
        return summary.ours().units() < UNITS_MANY
                ? text + ", " + absolute(summary.ours(), words)
                : text;
    }

    private static String absolute(Summary.Numbers ours, Words words) {
        double each = ours.wall() / ours.units();
        return ours.units() < UNITS_MANY
                ? String.format(Locale.ROOT, words.perUnit(), each * 1000)
                : String.format(Locale.ROOT, "%.1f s", ours.wall());
    }

    private static String cpu(Summary summary) {
        if (summary.ours().units() < UNITS_MANY) {
            return "–";
        }
        String ours = String.format(Locale.ROOT, "%.2f", summary.ours().cpu());
        return summary.role().isEmpty()
                ? ours
                : ours + String.format(Locale.ROOT, " : %.2f", summary.theirs().cpu());
    }

    private String note(Words words) {
        Map<String, String> versions = new TreeMap<>();
        workloads.forEach(samples -> versions.putAll(samples.getFirst().versions()));
        versions.putAll(workloads.getLast().getFirst().config());
        List<String> told = new ArrayList<>();
        versions.forEach((name, value) -> told.add(name + " " + value));
        List<String> commits =
                workloads.stream().map(samples -> samples.getFirst().commit()).distinct().toList();
        return words.note().formatted(String.join(", ", told), String.join(", ", commits)) + "\n";
    }
}
