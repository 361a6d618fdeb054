package dev.mortise.cli;

import dev.mortise.cli.Attack.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// What came of the kills of one way, kept as a line of JSON in the file that the system property
/// `mortise.results` names, under the commit that `mortise.commit` names. A failing way is kept,
/// too.
final class KillResults {
    private final String way;
    private final String mode;
    private final boolean keyed;
    private final boolean atOnce;
    private final Map<Moment, Integer> kills = new EnumMap<>(Moment.class);
    private long again;
    private long againMax;
    private int overlapped;
    private long lost;
    private long doubled;
    private long halfSeen;

    /// @param keyed whether the target has a key
    /// @param atOnce whether readers see either the old rows or all new ones
    KillResults(String way, String mode, boolean keyed, boolean atOnce) {
        this.way = way;
        this.mode = mode.replaceFirst(",.*", "");
        this.keyed = keyed;
        this.atOnce = atOnce;
    }

    int kills() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// @param rowsAgain what each attempt read in vain
    /// @param without attempts whose figure stands in that of a later one
    void add(Map<Moment, Integer> more, List<Long> rowsAgain, int without) {
        more.forEach((moment, count) -> kills.merge(moment, count, Integer::sum));
        again += rowsAgain.stream().mapToLong(Long::longValue).sum();
        againMax =
                Math.max(againMax, rowsAgain.stream().mapToLong(Long::longValue).max().orElse(0));
        overlapped += without;
    }

    long againMax() {
        return againMax;
    }

    void differs(long rowsLost, long rowsDoubled) {
        lost += rowsLost;
        doubled += rowsDoubled;
    }

    /// @param counts what readers saw that was not the old table
    void saw(List<String> counts, String whole) {
        halfSeen += counts.stream().filter(count -> !count.equals(whole)).count();
    }

    void record(long seed, long rows) throws IOException {
        String file = System.getProperty("mortise.results", "");
        if (file.isEmpty() || kills() == 0) {
            return;
        }
        ObjectNode line = new ObjectMapper().createObjectNode();
        line.put("at", Instant.now().toString());
        line.put("test", "KillTest");
        line.put("commit", System.getProperty("mortise.commit", ""));
        line.put("seed", seed);
        line.put("way", way.toLowerCase(Locale.ROOT));
        line.put("mode", way.equals("COPY") ? "copy" : mode);
        line.put("keyed", keyed);
        line.put("rows", rows);
        line.put("kills", kills());
        for (Moment moment : Moment.values()) {
            line.put(
                    "kills_" + moment.name().toLowerCase(Locale.ROOT),
                    kills.getOrDefault(moment, 0));
        }
        line.put("rows_lost", lost);
        line.put("rows_doubled", doubled);
        line.put("rows_again_max", againMax);
        line.put("rows_again_mean", again / kills());
        line.put("share_again_max", share(againMax, rows));
        line.put("kills_joined", overlapped);
        if (atOnce) {
            line.put("half_seen", halfSeen);
        } else {
            line.putNull("half_seen");
        }
        Files.writeString(
                Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static double share(long part, long whole) {
        return Math.round(1e5 * part / whole) / 1e5;
    }
}
