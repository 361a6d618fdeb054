package dev.mortise.api.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whatever stands in the cells comes out as JSON again.
final class CsvFeedTest {
    private static final String[] PIECES = {
        "a", "榫", "🙂", "\"", ",", "\n", "\r\n", " ", "\t", "\\", "\u0001", "", "`", "\u2028"
    };

    private static @Nullable String cell(Random random) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String csv(List<List<@Nullable String>> rows) {
        StringBuilder csv = new StringBuilder("x,y,z\r\n");
        for (List<@Nullable String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                csv.append(i == 0 ? "" : ",");
                csv.append(cell == null ? "" : "\"" + cell.replace("\"", "\"\"") + "\"");
            }
            csv.append("\n");
        }
        return csv.toString();
    }

    private static JsonNode read(String csv, Csv how) throws IOException {
        try (JsonStream stream = new JsonStream(new CsvFeed(new StringReader(csv), how))) {
            return new JsonMapper().readTree(stream);
        }
    }

    @Test
    void everyCellComesBackAsItWas() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            for (int row = random.nextInt(5); row >= 0; row--) {
                List<@Nullable String> cells = new ArrayList<>();
                cells.add(cell(random));
                cells.add(cell(random));
                cells.add(cell(random));
                rows.add(cells);
            }
            JsonNode json = read(csv(rows), Csv.PLAIN);
            assertEquals(rows.size(), json.size(), "seed " + seed);
            for (int row = 0; row < rows.size(); row++) {
                for (int i = 0; i < 3; i++) {
                    JsonNode value = json.get(row).get("xyz".substring(i, i + 1));
                    String got = value.isNull() ? null : value.stringValue();
                    assertEquals(rows.get(row).get(i), got, "seed " + seed);
                }
            }
        }
    }

    @Test
    void namesThatStandTwiceGetNumbers() throws IOException {
        assertEquals(
                "[{\"a\":\"1\",\"a_2\":\"2\",\"column\":\"3\"}]",
                read("a, a,\n1,2,3\n", Csv.PLAIN).toString());
    }

    @Test
    void aFooterLongerThanTheTextLeavesNothing() throws IOException {
        Csv how = new Csv(',', '"', true, List.of(), 0, 5, "");
        assertEquals("[]", read("a\n1\n2\n", how).toString());
        assertEquals("[]", read("", how).toString());
    }
}
