package dev.mortise.cli;

import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import dev.mortise.testkit.live.OrdersTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Runs small flows between real servers and an API, so that the JVM can note down which classes a
/// run loads: `./mortise` calls it once a build and starts later runs from that note, in half the
/// time. Changes nothing but a temporary folder.
final class Rehearsal {
    /// Enough for several ranges.
    private static final int ROWS = 20_000;

    private static final String FLOW =
            """
            flow: rehearsal
            steps:
              ours: {read: one.orders}
              same: {from: ours, write: one.same, mode: append}
              there: {from: ours, write: other.there, mode: append}
              theirs: {read: other.orders}
              here: {from: theirs, write: one.here, mode: append}
              typed: {read: files.orders.csv}
              loaded: {from: typed, write: one.loaded, mode: append}
              booked: {read: bank.transactions}
              paid: {from: booked, write: one.paid, mode: append}
              priced:
                from: ours
                map: {'*': keep, total: "cast(amount * qty as decimal(18,2))"}
              sold: {from: priced, where: total > 100}
              computed: {from: sold, write: one.computed, mode: append}
            """;

    private static final String BANK =
            """
            connection: bank
            type: http
            base_url: http://127.0.0.1:%d
            reach: private
            auth: {kind: bearer, token: rehearsal}
            resources:
              transactions:
                path: /v1/transactions
                records: $.data.items
                paging: {kind: page, param: page, size_param: size, size: 500}
                key: [txn_id]
                columns:
                  txn_id: text
                  booked_at: timestamptz
                  amount: decimal(18,2)
                  memo: text
            """;

    private static final String CSV =
            "id,name,at\n1,榫,2026-01-01 00:00:00\n2,卯,2026-01-02 00:00:00\n";

    private final Path folder;
    private final Terminal terminal;

    private Rehearsal(Path folder) {
        this.folder = folder;
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        this.terminal = new Terminal(nowhere, nowhere, Map.of(), false);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("mortise-rehearsal-");
        int code = new Rehearsal(folder).run();
        DemoCommand.clear(folder);
        Files.delete(folder);
        System.exit(code);
    }

    private int run() throws Exception {
        try (LocalServer one = LocalPostgres.start();
                LocalServer other = LocalMariaDb.start();
                BankApi bank = new BankApi("rehearsal")) {
            connect("one", one, one.freshDatabase("rehearsal"));
            connect("other", other, other.freshDatabase("rehearsal"));
            write("connections/bank.yaml", BANK.formatted(bank.port()));
            write("connections/files.yaml", "connection: files\ntype: file\npath: " + folder);
            write("orders.csv", CSV);
            write("flows/rehearsal.yaml", FLOW);
            int code = Mortise.run(terminal, "run", "rehearsal", "--project", folder.toString());
            return code == Exit.DONE
                    ? Mortise.run(terminal, "verify", "rehearsal", "--project", folder.toString())
                    : code;
        }
    }

    private void connect(String name, LocalServer server, String database) throws Exception {
        OrdersTable.create(server, database, ROWS);
        write("connections/" + name + ".yaml", server.connection(name, database));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
