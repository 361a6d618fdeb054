package dev.mortise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Starts real databases with sample ERP data and runs the main flows on them.")
final class DemoCommand implements Callable<Integer> {
    private static final List<String> DOCUMENTS =
            List.of(
                    "connections/erp.yaml",
                    "connections/crm.yaml",
                    "connections/warehouse.yaml",
                    "connections/bank.yaml",
                    "flows/customers-to-crm.yaml",
                    "flows/orders-to-crm.yaml",
                    "flows/bank-to-warehouse.yaml",
                    "flows/erp-to-warehouse.yaml");

    private final Terminal terminal;

    @Option(names = "--once", description = "stop when the flows have run")
    private boolean once;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "where the demo project goes; default: mortise-demo in the temporary files")
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"), "mortise-demo");

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        layOut();
        terminal.out(terminal.word("demo.starting"));
        try (DemoSystems systems = DemoSystems.start(folder)) {
            Map<String, String> environment = new HashMap<>(terminal.environment());
            environment.putAll(systems.environment());
            writeEnvironment(systems.environment());
            int code = run(systems, terminal.with(environment));
            terminal.out(terminal.word("demo.look", folder));
            if (!once) {
                terminal.out(terminal.word("demo.waiting"));
                waitForEnd();
            }
            return code;
        }
    }

    /// A new project each time: the servers are new, and so what the old one knew of them is wrong.
    private void layOut() throws IOException {
        Files.createDirectories(folder);
        clear(folder);
        for (String document : DOCUMENTS) {
            Path file = folder.resolve(document);
            Files.createDirectories(file.getParent());
            try (InputStream stream =
                    Objects.requireNonNull(
                            DemoCommand.class.getResourceAsStream("/examples/demo/" + document))) {
                Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
            }
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
    private void writeEnvironment(Map<String, String> values) throws IOException {
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

    private int run(DemoSystems systems, Terminal inDemo) {
        step(inDemo, "demo.customers", "run", "customers-to-crm");
        step(inDemo, "demo.rejected", "dead", "customers-to-crm", "list");
        step(inDemo, "demo.orders", "run", "orders-to-crm");
        step(inDemo, "demo.rejected", "dead", "orders-to-crm", "list");
        int bank = step(inDemo, "demo.bank", "run", "bank-to-warehouse");
        int history = step(inDemo, "demo.history", "run", "erp-to-warehouse");
        terminal.out(terminal.word("demo.changing"));
        systems.change();
        int again = step(inDemo, "demo.incremental", "run", "orders-to-crm");
        boolean good = bank == Exit.DONE && history == Exit.DONE && again != Exit.FAILED;
        return good ? Exit.DONE : Exit.FAILED;
    }

    private int step(Terminal inDemo, String title, String... call) {
        String[] whole = java.util.Arrays.copyOf(call, call.length + 2);
        whole[call.length] = "--project";
        whole[call.length + 1] = folder.toString();
        terminal.out("");
        terminal.out("== " + terminal.word(title));
        terminal.out("$ mortise " + String.join(" ", call));
        return Mortise.run(inDemo, whole);
    }

    private static void waitForEnd() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
        ended.await();
    }
}
