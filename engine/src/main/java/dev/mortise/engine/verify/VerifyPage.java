package dev.mortise.engine.verify;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A verification report as one page of HTML that needs nothing else, in both languages.
final class VerifyPage {
    private static final String STYLE =
            """
            :root{color-scheme:light dark}
            body{font:15px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;\
            max-width:70rem;margin:2rem auto;padding:0 1rem}
            table{border-collapse:collapse;width:100%;margin:1rem 0}
            th,td{border:1px solid #8886;padding:.3rem .6rem;text-align:left}
            td.n{text-align:right;font-variant-numeric:tabular-nums}
            .go{color:#1a7f37}.no{color:#cf222e}
            code{font-family:ui-monospace,monospace;white-space:pre-wrap}
            """;

    private final VerifyReport report;

    VerifyPage(VerifyReport report) {
        this.report = report;
    }

    String html() {
        StringBuilder page = new StringBuilder(4_096);
        page.append("<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>")
                .append(escaped(report.flow()))
                .append("</title><style>")
                .append(STYLE)
                .append("</style><h1>")
                .append(escaped(report.flow()))
                .append(
                        report.go()
                                ? " <span class=\"go\">通过 · go</span>"
                                : " <span class=\"no\">不通过 · no-go</span>")
                .append("</h1><p>")
                .append(report.at())
                .append(report.resumed() ? " · 续接 · resumed" : "")
                .append("</p>");
        summary(page);
        report.verdicts().forEach(verdict -> differences(page, verdict));
        return page.append("</html>\n").toString();
    }

    private void summary(StringBuilder page) {
        page.append("<table><tr>");
        for (String heading :
                new String[] {
                    "步骤 step",
                    "数据集 dataset",
                    "源 source",
                    "目标 target",
                    "缺失 missing",
                    "多余 extra",
                    "不同 different",
                    "已知 expected"
                }) {
            page.append("<th>").append(heading).append("</th>");
        }
        page.append("</tr>");
        for (StepVerdict verdict : report.verdicts()) {
            page.append("<tr>");
            cell(page, verdict.step());
            cell(page, verdict.dataset());
            for (long figure :
                    new long[] {
                        verdict.sourceRows(), verdict.targetRows(), verdict.missing(),
                        verdict.extra(), verdict.different(), verdict.expected()
                    }) {
                page.append("<td class=\"n\">")
                        .append(String.format(Locale.ROOT, "%,d", figure))
                        .append("</td>");
            }
            page.append("</tr>");
        }
        page.append("</table>");
    }

    private static void differences(StringBuilder page, StepVerdict verdict) {
        if (verdict.differences().isEmpty()) {
            return;
        }
        page.append("<h2>")
                .append(escaped(verdict.step()))
                .append("</h2><table><tr><th>类型 kind</th><th>键 key</th><th>列 columns</th></tr>");
        for (Difference difference : verdict.differences()) {
            page.append("<tr>");
            cell(page, difference.kind().name().toLowerCase(Locale.ROOT));
            cell(page, texts(difference.key()));
            StringJoiner columns = new StringJoiner("\n");
            difference
                    .columns()
                    .forEach((n, v) -> columns.add(n + ": " + v.source() + " → " + v.target()));
            cell(page, columns.toString());
            page.append("</tr>");
        }
        page.append("</table>");
    }

    private static String texts(Map<String, @Nullable String> values) {
        StringJoiner joined = new StringJoiner(", ");
        values.forEach((name, value) -> joined.add(name + "=" + value));
        return joined.toString();
    }

    private static void cell(StringBuilder page, String text) {
        page.append("<td><code>").append(escaped(text)).append("</code></td>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
