package dev.mortise.cli.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.cli.Ended;
import dev.mortise.cli.Exit;
import dev.mortise.cli.ProjectFolder;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Simulator;
import dev.mortise.testkit.vendor.Vendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The example of a vendor in a folder of a test, and its warehouse.
final class VendorFolder {
    static final Path EXAMPLES = Path.of("../examples/vendors");

    private final Path folder;
    private final ProjectFolder project;
    private final List<String> log = new ArrayList<>();

    VendorFolder(Path folder) {
        this.folder = folder;
        this.project = new ProjectFolder(folder);
    }

    /// Lays out the example of a vendor and plays it.
    Simulator start(Vendor vendor) throws IOException {
        Path from = EXAMPLES.resolve(vendor.name());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return Simulator.start(vendor, 0, this::note);
    }

    private synchronized void note(String line) {
        log.add(line);
    }

    /// What the vendor was asked and how it answered.
    synchronized String log() {
        return String.join("\n", log);
    }

    Ended call(Map<String, String> environment, String... args) {
        return project.call(environment, args);
    }

    Ended run(Simulator simulator, String flow) {
        return call(simulator.environment(), "run", flow, "--json");
    }

    /// Runs a flow that must succeed.
    void succeed(Simulator simulator, String flow) {
        Ended ended = run(simulator, flow);
        assertEquals(Exit.DONE, ended.code(), () -> flow + ": " + ended + "\n" + log());
        assertEquals("succeeded", ended.json().path("state").asString(), flow);
    }

    /// Whether all that the vendor serves stands in a table of the warehouse, each row once.
    void holds(Served served, String table) throws SQLException {
        List<List<String>> rows = rows(table, served.columns());
        assertEquals(
                served.checksum(),
                Served.checksum(rows),
                () -> table + ": sent " + served.rows().getFirst() + ", got " + rows.getFirst());
    }

    List<List<String>> rows(String table, List<String> columns) throws SQLException {
        String sql = "select " + String.join(", ", columns) + " from " + table;
        String place = "jdbc:sqlite:" + folder.resolve("warehouse.sqlite");
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(place);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(String.valueOf(found.getString(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
