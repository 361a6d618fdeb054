package dev.mortise.bench.race;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What the cycles of a workload say about ours beside one other contender: the median of the
/// cycles' ratios and how far they spread. A ratio above 1 means that ours is faster.
///
/// @param role of the other; empty when ours ran alone
/// @param command what the other did
/// @param cpuRatio processor time of all processes, theirs over ours
public record Summary(
        String workload,
        String role,
        String command,
        Spread wallRatio,
        Spread cpuRatio,
        Numbers ours,
        Numbers theirs,
        int cycles,
        int voided) {

    /// Median, least and most.
    public record Spread(double median, double min, double max) {
        static Spread of(double[] values) {
            if (values.length == 0) {
                return new Spread(Double.NaN, Double.NaN, Double.NaN);
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int half = sorted.length / 2;
            double median =
                    sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }
    }

    /// Medians of one contender.
    ///
    /// @param clientCpu microseconds a unit of the processes that were started, servers left out
    public record Numbers(
            long units, double wall, double own, double cpu, double clientCpu, double rssMb) {
        static Numbers of(List<Sample> samples) {
            return new Numbers(
                    samples.isEmpty() ? 0 : samples.getFirst().units(),
                    median(samples, Sample::wallS),
                    median(samples, s -> s.ownS() == null ? Double.NaN : s.ownS()),
                    median(samples, Sample::cpu),
                    median(samples, s -> s.cpuUsPerUnit().getOrDefault("client", Double.NaN)),
                    samples.stream().mapToDouble(Sample::rssMb).max().orElse(0));
        }

        private static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
            return Spread.of(samples.stream().mapToDouble(value).toArray()).median();
        }
    }

    /// One summary for each contender beside ours, or one for ours alone.
    public static List<Summary> of(List<Sample> samples) {
        Map<Integer, List<Sample>> cycles =
                samples.stream()
                        .filter(sample -> !sample.voided())
                        .collect(
                                Collectors.groupingBy(
                                        Sample::cycle, LinkedHashMap::new, Collectors.toList()));
        long all = samples.stream().map(Sample::cycle).distinct().count();
        int voided = (int) all - cycles.size();
        List<String> others =
                samples.stream()
                        .map(Sample::role)
                        .filter(role -> !role.equals(Contender.OURS))
                        .distinct()
                        .toList();
        List<Summary> summaries = new ArrayList<>();
        for (String other : others.isEmpty() ? List.of("") : others) {
            summaries.add(of(samples.getFirst().workload(), other, cycles, voided));
        }
        return summaries;
    }

    private static Summary of(
            String workload, String other, Map<Integer, List<Sample>> cycles, int voided) {
        List<Sample> counted = cycles.values().stream().flatMap(List::stream).toList();
        List<Sample> theirs = withRole(counted, other);
        return new Summary(
                workload,
                other,
                theirs.isEmpty() ? "" : theirs.getFirst().command(),
                ratios(cycles, other, Sample::wallS),
                ratios(cycles, other, Sample::cpu),
                Numbers.of(withRole(counted, Contender.OURS)),
                Numbers.of(theirs),
                cycles.size(),
                voided);
    }

    private static Spread ratios(
            Map<Integer, List<Sample>> cycles, String other, ToDoubleFunction<Sample> value) {
        return Spread.of(
                cycles.values().stream()
                        .map(cycle -> ratio(cycle, other, value))
                        .flatMapToDouble(OptionalDouble::stream)
                        .toArray());
    }

    private static OptionalDouble ratio(
            List<Sample> cycle, String other, ToDoubleFunction<Sample> value) {
        OptionalDouble ours = mean(withRole(cycle, Contender.OURS), value);
        OptionalDouble theirs = mean(withRole(cycle, other), value);
        return ours.isEmpty() || theirs.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(theirs.getAsDouble() / ours.getAsDouble());
    }

    private static OptionalDouble mean(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return samples.stream().mapToDouble(value).average();
    }

    private static List<Sample> withRole(List<Sample> samples, String role) {
        return samples.stream().filter(sample -> sample.role().equals(role)).toList();
    }

    /// The outcome in one line.
    public String line() {
        String figures =
                String.format(
                        Locale.ROOT,
                        "ours %.2f s%s, cpu %.2f us (client %.2f), %.0f MB",
                        ours.wall(),
                        Double.isNaN(ours.own())
                                ? ""
                                : String.format(Locale.ROOT, " (receipt %.2f s)", ours.own()),
                        ours.cpu(),
                        ours.clientCpu(),
                        ours.rssMb());
        return role.isEmpty()
                ? figures
                : String.format(
                        Locale.ROOT,
                        "%s: speed %.2f (%.2f-%.2f), cpu %.2f; %s; %d cycles, %d void",
                        role,
                        wallRatio.median(),
                        wallRatio.min(),
                        wallRatio.max(),
                        cpuRatio.median(),
                        figures,
                        cycles,
                        voided);
    }

    static String line(Sample sample) {
        String own = sample.ownS() == null ? "" : " (receipt %.2f s)".formatted(sample.ownS());
        return String.format(
                Locale.ROOT,
                "  %d.%d %-22s %8.2f s%s  cpu %s us  rss %.0f MB",
                sample.cycle(),
                sample.slot(),
                sample.role(),
                sample.wallS(),
                own,
                sample.cpuUsPerUnit(),
                sample.rssMb());
    }

    static String cycleLine(List<Sample> cycle) {
        Map<Integer, List<Sample>> one = Map.of(cycle.getFirst().cycle(), cycle);
        String ratios =
                cycle.stream()
                        .map(Sample::role)
                        .filter(role -> !role.equals(Contender.OURS))
                        .distinct()
                        .map(
                                role ->
                                        "%s %.2f"
                                                .formatted(
                                                        role,
                                                        ratios(one, role, Sample::wallS).median()))
                        .collect(Collectors.joining(", "));
        String what = ratios.isEmpty() ? "" : ", ours beside " + ratios;
        return "  cycle "
                + cycle.getFirst().cycle()
                + (cycle.getFirst().voided() ? " is void: " + cycle.getFirst().note() : "")
                + what;
    }
}
