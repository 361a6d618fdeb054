package dev.mortise.cli;

import dev.mortise.cli.serve.Browser;
import dev.mortise.cli.serve.DemoStudio;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.spi.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description =
                "Starts real databases with sample ERP data and the studio with three flows that"
                        + " have run on them.")
final class DemoCommand implements Callable<Integer> {
    private static final List<String> DOCUMENTS =
            List.of(
                    "connections/erp.yaml",
                    "connections/crm.yaml",
                    "connections/warehouse.yaml",
                    "connections/bank.yaml",
                    "flows/customers-to-crm.yaml",
                    "flows/orders-to-crm.yaml",
                    "flows/erp-to-warehouse.yaml");

    /// In the studio the bank is left for a first flow of one's own.
    private static final String BANK = "flows/bank-to-warehouse.yaml";

    private final Terminal terminal;

    @Option(
            names = "--once",
            description = "without the studio: runs the flows here, and stops when they have run")
    private boolean once;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "where the demo project goes; default: a temporary folder, which is kept with"
                            + " --once only")
    private @Nullable Path dir;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "the folder with the studio's state; default: a temporary one, gone at the end")
    private @Nullable Path home;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "where the studio listens; default: ${DEFAULT-VALUE}; 0 for any free one")
    private int port = ServerSettings.PORT;

    @Option(names = "--open", description = "opens the studio in a browser")
    private boolean open;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return once ? runOnce() : stay();
    }

    private int runOnce() throws IOException {
        Path folder =
                dir == null ? Path.of(System.getProperty("java.io.tmpdir"), "mortise-demo") : dir;
        layOut(folder);
        layOut(folder, BANK);
        terminal.out(terminal.word("demo.starting"));
        try (DemoSystems systems = DemoSystems.start(folder)) {
            writeEnvironment(folder, systems.environment());
            int code = run(systems, folder, terminal.with(environment(systems)));
            terminal.out(terminal.word("demo.look", folder));
            return code;
        }
    }

    /// Until it is told to stop; then nothing of it is left but what was asked for by name.
    private int stay() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (Opened opened = new Opened()) {
            Path state = home == null ? opened.temporary("mortise-demo-home") : home;
            DemoStudio.Place place = new DemoStudio.Place(state, port);
            List<Problem> problems = DemoStudio.problems(place);
            if (!problems.isEmpty()) {
                terminal.problems(problems);
                return Exit.of(problems);
            }
            Path folder = dir == null ? opened.temporary("mortise-demo") : dir;
            layOut(folder);
            terminal.out(terminal.word("demo.starting"));
            DemoSystems systems = opened.add(DemoSystems.start(folder));
            writeEnvironment(folder, systems.environment());
            DemoStudio studio = opened.add(DemoStudio.start(terminal, place, environment(systems)));
            studio.adopt(folder);
            fill(studio, systems);
            // What opening it took is given back: most demos are looked at, not worked hard.
            System.gc();
            terminal.out(terminal.word("demo.ready", seconds(begun), folder));
            show(studio);
            // The end comes from outside, and Opened sees to it.
            new CountDownLatch(1).await();
            return Exit.DONE;
        }
    }

    /// What the studio shows at first: three flows that have run, one with rejected rows, which
    /// finds more to do at the next full hour.
    private void fill(DemoStudio studio, DemoSystems systems) {
        studio.run("demo.customers", "customers-to-crm");
        studio.run("demo.orders", "orders-to-crm");
        systems.change();
        studio.run("demo.history", "erp-to-warehouse");
        studio.hourly("orders-to-crm");
    }

    private void show(DemoStudio studio) {
        terminal.out(terminal.word("serve.ready", studio.url()));
        terminal.out(
                studio.isNew()
                        ? terminal.word("serve.setup", studio.link())
                        : terminal.word("demo.again"));
        terminal.out(terminal.word("demo.waiting"));
        if (open && !Browser.open(studio.link())) {
            terminal.err(terminal.word("demo.unopened"));
        }
    }

    private static String seconds(long begun) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - begun) / 1e9);
    }

    private Map<String, String> environment(DemoSystems systems) {
        Map<String, String> environment = new HashMap<>(terminal.environment());
        environment.putAll(systems.environment());
        return environment;
    }

    /// A new project each time: the servers are new, and so what the old one knew of them is wrong.
    private static void layOut(Path folder) throws IOException {
        Files.createDirectories(folder);
        clear(folder);
        for (String document : DOCUMENTS) {
            layOut(folder, document);
        }
    }

    private static void layOut(Path folder, String document) throws IOException {
        Path file = folder.resolve(document);
        Files.createDirectories(file.getParent());
        try (InputStream stream =
                Objects.requireNonNull(
                        DemoCommand.class.getResourceAsStream("/examples/demo/" + document))) {
            Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Deletes what is in a folder.
    static void clear(Path folder) throws IOException {
        try (var old = Files.walk(folder)) {
            for (Path path : old.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.delete(path);
                }
            }
        }
    }

    /// For a second terminal: `. ./env.sh` makes the demo's systems known there.
    private static void writeEnvironment(Path folder, Map<String, String> values)
            throws IOException {
        StringBuilder lines = new StringBuilder();
        values.forEach(
                (name, value) ->
                        lines.append("export ")
                                .append(name)
                                .append("='")
                                .append(value)
                                .append("'\n"));
        Files.writeString(folder.resolve("env.sh"), lines);
    }

    private int run(DemoSystems systems, Path folder, Terminal inDemo) {
        Call call = (title, words) -> step(folder, inDemo, title, words);
        call.on("demo.customers", "run", "customers-to-crm");
        call.on("demo.orders", "run", "orders-to-crm");
        call.on("demo.rejected", "dead", "orders-to-crm", "list");
        int bank = call.on("demo.bank", "run", "bank-to-warehouse");
        int history = call.on("demo.history", "run", "erp-to-warehouse");
        terminal.out(terminal.word("demo.changing"));
        systems.change();
        int again = call.on("demo.incremental", "run", "orders-to-crm");
        boolean good = bank == Exit.DONE && history == Exit.DONE && again != Exit.FAILED;
        return good ? Exit.DONE : Exit.FAILED;
    }

    /// A call of the program, under a title, in the folder of the demo.
    private interface Call {
        int on(String title, String... words);
    }

    private int step(Path folder, Terminal inDemo, String title, String... call) {
        String[] whole = java.util.Arrays.copyOf(call, call.length + 2);
        whole[call.length] = "--project";
        whole[call.length + 1] = folder.toString();
        terminal.out("");
        terminal.out("== " + terminal.word(title));
        terminal.out("$ mortise " + String.join(" ", call));
        return Mortise.run(inDemo, whole);
    }
}
