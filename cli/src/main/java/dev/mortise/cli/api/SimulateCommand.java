package dev.mortise.cli.api;

import dev.mortise.cli.Exit;
import dev.mortise.cli.Terminal;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Simulator;
import dev.mortise.testkit.vendor.Vendor;
import dev.mortise.testkit.vendor.Vendors;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "simulate",
        description = "Plays a vendor's API on loopback, to rehearse an integration with it.")
public final class SimulateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "NAME",
            descriptionKey = "NAME",
            arity = "0..1",
            description = "name of a vendor; see --list")
    private String name = "";

    @Option(names = "--list", description = "print the names of the vendors")
    private boolean list;

    @Option(names = "--port", paramLabel = "N", description = "where to listen; default: any free")
    private int port;

    @Option(
            names = "--token-life",
            paramLabel = "SECONDS",
            description = "how long tokens and sessions live; default: 7200")
    private long tokenLife = Mood.CALM.tokenLife().toSeconds();

    @Option(
            names = "--throttle-every",
            paramLabel = "N",
            description = "answer each N-th call as one too many")
    private int throttleEvery;

    @Option(
            names = "--fail-every",
            paramLabel = "N",
            description = "fail each N-th call on the vendor's side")
    private int failEvery;

    public SimulateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (list) {
            Vendors.names().forEach(terminal::out);
            return Exit.DONE;
        }
        try (Simulator simulator = start(vendor())) {
            tell(simulator);
            waitForEnd();
            return Exit.DONE;
        }
    }

    /// Until Ctrl-C, or until somebody interrupts.
    private static void waitForEnd() {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
        try {
            ended.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Vendor vendor() {
        Mood mood =
                Mood.CALM
                        .withTokenLife(Duration.ofSeconds(Math.max(1, tokenLife)))
                        .throttlingEvery(throttleEvery)
                        .failingEvery(failEvery);
        return Vendors.find(name, mood)
                .orElseThrow(
                        () ->
                                wrong(
                                        "no vendor is called '" + name + "'",
                                        Nearest.fix(name, Vendors.names())));
    }

    private Simulator start(Vendor vendor) {
        try {
            return Simulator.start(vendor, port, terminal::err);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw wrong(
                    "listening on port %d: %s".formatted(port, e.getMessage()),
                    "choose another one, or none for any that is free");
        }
    }

    private static ProblemException wrong(String message, String fix) {
        return new ProblemException(Problem.of(ProblemCode.CALL_INVALID, message, fix));
    }

    /// The variables go to standard output by themselves, so that a shell can take them over.
    private void tell(Simulator simulator) {
        terminal.err(terminal.word("simulate.listening", name, simulator.base()));
        new TreeMap<>(simulator.environment())
                .forEach((key, value) -> terminal.out("export " + key + "='" + value + "'"));
        for (String line : List.of("simulate.example", "simulate.waiting")) {
            terminal.err(terminal.word(line, name));
        }
    }
}
