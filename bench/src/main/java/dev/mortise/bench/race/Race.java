package dev.mortise.bench.race;

import dev.mortise.bench.tool.BenchException;
import dev.mortise.bench.tool.Launched;
import dev.mortise.bench.tool.ProcessorTime;
import dev.mortise.testkit.live.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Runs the contenders of a workload in turns. Odd cycles go floor, ours, ours, floor; even ones
/// ours, floor, floor, ours, so that neither always comes first. Peers, which take many times as
/// long, come last, for between the floors a shared machine would change its speed, and only until
/// a cycle with them counts. What a run leaves behind is compared with what is expected, and a
// cycle whose floors lie too far apart is void.
public final class Race {
    private static final double FLOORS_APART_MAX = 0.15;

    /// @param cycles how many have to count
    /// @param settle how long the machine rests before each run
    /// @param timed whether times matter; when not, no cycle is void
    public record Rules(int cycles, Duration settle, boolean timed) {}

    private final Conditions conditions;
    private final Rules rules;
    private final Records records;
    private final Consumer<String> out;

    public Race(Conditions conditions, Rules rules, Records records, Consumer<String> out) {
        this.conditions = conditions;
        this.rules = rules;
        this.records = records;
        this.out = out;
    }

    /// Runs cycles until enough of them count, but no more than twice as many. Every one is kept.
    public List<Sample> run(Workload workload) throws Exception {
        List<Sample> all = new ArrayList<>();
        int counted = 0;
        for (int cycle = 1; counted < rules.cycles() && cycle <= 2 * rules.cycles(); cycle++) {
            List<Sample> samples = judged(cycle(workload, cycle, counted == 0));
            records.append(samples);
            all.addAll(samples);
            if (!samples.getFirst().voided()) {
                counted++;
            }
            out.accept(Summary.cycleLine(samples));
        }
        return all;
    }

    private List<Sample> cycle(Workload workload, int cycle, boolean peers) throws Exception {
        List<Contender> turns = turns(workload.contenders(), cycle, peers);
        StringBuilder order = new StringBuilder();
        turns.forEach(turn -> order.append(letter(workload.contenders().indexOf(turn))));
        List<Sample> samples = new ArrayList<>();
        for (int slot = 1; slot <= turns.size(); slot++) {
            Sample sample =
                    measure(workload, turns.get(slot - 1), new Turn(cycle, order.toString(), slot));
            samples.add(sample);
            out.accept(Summary.line(sample));
        }
        return samples;
    }

    private static char letter(int place) {
        return (char) ('A' + place);
    }

    static List<Contender> turns(List<Contender> contenders, int cycle, boolean peers) {
        if (!contenders.getFirst().role().equals(Contender.FLOOR)) {
            return contenders;
        }
        boolean odd = cycle % 2 == 1;
        Contender outer = contenders.get(odd ? 0 : 1);
        Contender inner = contenders.get(odd ? 1 : 0);
        List<Contender> turns = new ArrayList<>(List.of(outer, inner, inner, outer));
        if (peers) {
            turns.addAll(contenders.subList(2, contenders.size()));
        }
        return turns;
    }

    private record Turn(int cycle, String order, int slot) {}

    private Sample measure(Workload workload, Contender contender, Turn turn) throws Exception {
        workload.arena().fresh();
        LockSupport.parkNanos(rules.settle().toNanos());
        double load = ProcessorTime.load();
        double stolen = ProcessorTime.stolen();
        Map<String, Double> before = cpu(workload);
        Instant began = Instant.now();
        long start = System.nanoTime();
        Launched launched = contender.work().run();
        double wall = (System.nanoTime() - start) / 1e9;
        Map<String, Double> cpu = cpuSince(before, workload);
        stolen = ProcessorTime.stolen() - stolen;
        Output output = workload.arena().output();
        require(contender, output);
        double own = launched.ownSeconds();
        return new Sample(
                began.truncatedTo(ChronoUnit.SECONDS).toString(),
                conditions.session(),
                conditions.commit(),
                workload.name(),
                workload.title(),
                contender.role(),
                contender.command(),
                turn.cycle(),
                turn.order(),
                turn.slot(),
                true,
                conditions.versions(),
                conditions.config(),
                conditions.durability(),
                workload.units(),
                rounded(wall, 1000),
                Double.isNaN(own) ? null : own,
                cpu,
                rounded(launched.rssBytes() / 1048576.0, 10),
                output.rows(),
                output.hash(),
                true,
                load,
                rounded(stolen, 100),
                false,
                "");
    }

    /// Microseconds a unit, by part.
    private static Map<String, Double> cpuSince(Map<String, Double> before, Workload workload) {
        Map<String, Double> micros = new LinkedHashMap<>();
        cpu(workload)
                .forEach(
                        (part, now) -> {
                            double seconds = now - before.getOrDefault(part, 0.0);
                            micros.put(part, rounded(seconds * 1e6 / workload.units(), 1000));
                        });
        return micros;
    }

    private static Map<String, Double> cpu(Workload workload) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("client", ProcessorTime.ofEndedChildren());
        for (Map.Entry<String, LocalServer> entry : workload.arena().servers().entrySet()) {
            seconds.put(entry.getKey(), ProcessorTime.ofServer(entry.getValue().pids()));
        }
        return seconds;
    }

    private static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }

    private static void require(Contender contender, Output output) {
        if (!output.equals(contender.expected())) {
            throw new BenchException(
                    "expected '%s' to leave %s, got %s"
                            .formatted(contender.role(), contender.expected(), output));
        }
    }

    private List<Sample> judged(List<Sample> samples) {
        double[] floors =
                samples.stream()
                        .filter(sample -> sample.role().equals(Contender.FLOOR))
                        .mapToDouble(Sample::wallS)
                        .sorted()
                        .toArray();
        boolean apart =
                floors.length > 1 && floors[floors.length - 1] > floors[0] * (1 + FLOORS_APART_MAX);
        return apart
                ? samples.stream().map(sample -> sample.asVoid("floors differ by > 15 %")).toList()
                : samples;
    }

    /// Where the records go when nothing is kept.
    public static Records nowhere(Path folder) throws IOException {
        return new Records(Files.createTempFile(folder, "records", ".jsonl"));
    }
}
