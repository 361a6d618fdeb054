package dev.mortise.bench.tool;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// One program, or several in a row where each reads what the one before it wrote. The output of
/// the last one goes to a file, complaints of all of them to another.
public final class Pipe {
    private static final int POLL_MILLIS = 20;
    private static final int TAIL_LINES = 12;
    private static final long HOURS_MAX = 2;

    private final List<ProcessBuilder> programs;
    private final Path output;
    private final Path complaints;

    /// @param folder where the files go
    public Pipe(Path folder, ProcessBuilder... programs) {
        this.programs = List.of(programs);
        this.output = folder.resolve("stdout.txt");
        this.complaints = folder.resolve("stderr.txt");
    }

    /// Runs to the end and watches memory all the while.
    public Launched run() throws IOException, InterruptedException {
        Files.deleteIfExists(complaints);
        for (ProcessBuilder program : programs) {
            program.redirectError(Redirect.appendTo(complaints.toFile()));
        }
        programs.getLast().redirectOutput(output.toFile());
        List<Process> processes = ProcessBuilder.startPipeline(programs);
        long rss = watch(processes);
        for (int i = 0; i < processes.size(); i++) {
            int code = processes.get(i).exitValue();
            if (code != 0) {
                String name = programs.get(i).command().getFirst();
                throw new BenchException(
                        "'%s' ended with code %d:%n%s".formatted(name, code, said()));
            }
        }
        return new Launched(Double.NaN, rss);
    }

    /// The last line of the output.
    public String lastLine() throws IOException {
        List<String> lines = Files.readAllLines(output);
        if (lines.isEmpty()) {
            throw new BenchException("expected output, got none:\n" + said());
        }
        return lines.getLast();
    }

    // The high-water mark goes with the process, so it is read over and over until the end.
    private static long watch(List<Process> processes) throws InterruptedException {
        long rss = 0;
        long deadline = System.nanoTime() + TimeUnit.HOURS.toNanos(HOURS_MAX);
        for (Process process : processes) {
            do {
                for (Process other : processes) {
                    rss = Math.max(rss, ProcessorTime.peakRss(other.pid()));
                }
                if (System.nanoTime() > deadline) {
                    processes.forEach(Process::destroyForcibly);
                    throw new BenchException("a program ran for more than two hours");
                }
            } while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS));
        }
        return rss;
    }

    private String said() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(complaints));
        if (Files.exists(output) && Files.size(output) < 1 << 20) {
            lines.addAll(Files.readAllLines(output));
        }
        return lines.stream()
                .skip(Math.max(0, lines.size() - TAIL_LINES))
                .collect(Collectors.joining("\n"));
    }
}
