package dev.mortise.cli;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalOptions;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The systems of the demo: a real PostgreSQL as ERP, a real MariaDB as CRM, a DuckDB file as
/// warehouse, a small bank API. On loopback, gone with [#close].
final class DemoSystems implements AutoCloseable {
    private static final String BANK_TOKEN = "demo-token";

    /// Enough for the sample data; what a server is given it keeps, also when nobody asks it.
    private static final LocalOptions SMALL =
            LocalOptions.defaults().set("innodb_buffer_pool_size", "48M");

    private final LocalServer erp;
    private final LocalServer crm;
    private final BankApi bank = new BankApi(BANK_TOKEN);
    private final Path warehouse;

    private DemoSystems(LocalServer erp, LocalServer crm, Path warehouse) {
        this.erp = erp;
        this.crm = crm;
        this.warehouse = warehouse;
    }

    /// Starts and fills them, the two servers side by side.
    static DemoSystems start(Path folder) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<LocalServer> erp = threads.submit(() -> fill(LocalPostgres::start, "erp"));
            Future<LocalServer> crm =
                    threads.submit(() -> fill(() -> LocalMariaDb.start(SMALL), "crm"));
            return new DemoSystems(erp.get(), crm.get(), folder.resolve("warehouse.duckdb"));
        } catch (ExecutionException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.SERVER_FAILED,
                            "starting the demo's servers: "
                                    + Objects.requireNonNull(e.getCause()).getMessage(),
                            "the demo runs on Linux with x86-64 and 500 MB of free disk"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static LocalServer fill(Callable<? extends LocalServer> start, String database)
            throws Exception {
        LocalServer server = start.call();
        server.createDatabase(database);
        server.executeIn(database, statements(database));
        return server;
    }

    /// Statements end with a semicolon at the end of a line.
    private static String[] statements(String script) {
        try (InputStream stream =
                Objects.requireNonNull(
                        DemoSystems.class.getResourceAsStream("demo/" + script + ".sql"))) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return text.strip().split(";\\s*\\n", -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a day of work does to the ERP.
    void change() {
        try {
            erp.executeIn("erp", statements("changes"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What the demo's connections read from the environment.
    Map<String, String> environment() {
        return Map.of(
                "ERP_PORT", Integer.toString(erp.port()),
                "ERP_PASSWORD", erp.password(),
                "CRM_PORT", Integer.toString(crm.port()),
                "CRM_PASSWORD", crm.password(),
                "BANK_PORT", Integer.toString(bank.port()),
                "BANK_TOKEN", BANK_TOKEN,
                "WAREHOUSE_FILE", warehouse.toString());
    }

    @Override
    public void close() {
        bank.close();
        crm.close();
        erp.close();
    }
}
