package dev.mortise.api.cassette;

import dev.mortise.api.cassette.Result.Sums;
import dev.mortise.api.draft.text.YamlScalars;
import dev.mortise.spi.connect.Tapes.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes a cassette: what a person looks for first, the conversation last. The same cassette gives
/// the same bytes.
final class CassetteWriter {
    private static final int ROWS_A_LINE = 8;

    private final StringBuilder out = new StringBuilder();

    private CassetteWriter() {}

    static String write(Cassette cassette) {
        CassetteWriter writer = new CassetteWriter();
        writer.title(cassette);
        writer.result(cassette.result());
        writer.observed(cassette.observed());
        writer.line(0, "exchanges:");
        cassette.kept().exchanges().forEach(writer::exchange);
        return writer.out.toString();
    }

    private void line(int level, String text) {
        out.append("  ".repeat(level)).append(text).append('\n');
    }

    private static String text(String text) {
        return YamlScalars.flow(text);
    }

    private static String texts(List<String> texts) {
        return texts.stream().map(CassetteWriter::text).collect(Collectors.joining(", ", "[", "]"));
    }

    private void map(int level, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            line(level, name + ":");
            texts.forEach((key, value) -> line(level + 1, text(key) + ": " + text(value)));
        }
    }

    private void title(Cassette cassette) {
        line(0, "# What an API answered, to be played without it: mortise replay, mortise drift.");
        line(0, "cassette: 1");
        line(0, "connection: " + text(cassette.title().connection()));
        line(0, "resource: " + text(cassette.title().resource()));
        line(0, "recorded_at: " + text(cassette.kept().at().toString()));
        line(0, "mortise: " + text(cassette.title().mortise()));
        line(0, "pages: " + cassette.kept().pages());
        if (!cassette.title().masks().isEmpty()) {
            line(0, "mask: " + texts(cassette.title().masks()));
        }
        map(0, "accepted", cassette.accepted());
    }

    private void result(Result result) {
        Sums sums = result.sums();
        line(0, "result:");
        line(1, "rows: " + sums.rows());
        line(1, "rejected: " + sums.rejected());
        line(1, "hash: " + text(sums.hash()));
        if (!result.key().isEmpty()) {
            line(1, "key: " + texts(result.key()));
        }
        if (!result.columns().isEmpty()) {
            line(1, "columns:");
            result.columns()
                    .forEach(
                            (name, type) ->
                                    line(
                                            2,
                                            "%s: {type: %s, hash: %s}"
                                                    .formatted(
                                                            text(name),
                                                            text(type),
                                                            text(
                                                                    sums.byColumn()
                                                                            .getOrDefault(
                                                                                    name, "")))));
        }
        if (!sums.byRow().isEmpty()) {
            line(1, "each: |-");
            for (int i = 0; i < sums.byRow().size(); i += ROWS_A_LINE) {
                int end = Math.min(i + ROWS_A_LINE, sums.byRow().size());
                line(2, String.join(" ", sums.byRow().subList(i, end)));
            }
        }
    }

    private void observed(Observed observed) {
        line(0, "observed:");
        line(1, "records: " + observed.records());
        line(1, "repeated: " + observed.repeated());
        map(1, "notices", observed.notices());
        facets("fields", observed.fields());
        facets("envelope", observed.envelope());
    }

    private void facets(String name, Map<String, Facet> facets) {
        if (!facets.isEmpty()) {
            line(1, name + ":");
            facets.forEach((path, facet) -> line(2, text(path) + ": " + facet(facet)));
        }
    }

    private static String facet(Facet facet) {
        List<String> words = new ArrayList<>();
        words.add("of: " + facet.of());
        words.add("there: " + facet.there());
        words.add(
                facet.forms().entrySet().stream()
                        .map(e -> text(e.getKey().word()) + ": " + e.getValue())
                        .collect(Collectors.joining(", ", "forms: {", "}")));
        number("longest", facet.extent().longest(), words);
        number("digits", facet.extent().digits(), words);
        number("scale", facet.extent().scale(), words);
        if (!facet.values().isEmpty()) {
            words.add("values: " + texts(facet.values()));
        }
        return "{" + String.join(", ", words) + "}";
    }

    private static void number(String name, int number, List<String> words) {
        if (number > 0) {
            words.add(name + ": " + number);
        }
    }

    private void exchange(Exchange exchange) {
        line(1, "- ask: " + text(exchange.asked().method() + " " + exchange.asked().address()));
        map(2, "with", exchange.asked().headers());
        YamlBody.write("body", exchange.asked().body(), "    ", out);
        line(2, "status: " + exchange.answered().status());
        map(2, "headers", exchange.answered().headers());
        YamlBody.write("answer", exchange.answered().body(), "    ", out);
    }
}
