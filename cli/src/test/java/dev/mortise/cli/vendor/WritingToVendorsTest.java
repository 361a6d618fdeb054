package dev.mortise.cli.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.cli.Ended;
import dev.mortise.cli.Exit;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Simulator;
import dev.mortise.testkit.vendor.cloud.Kingdee;
import dev.mortise.testkit.vendor.office.SapOdata;
import dev.mortise.testkit.vendor.pay.WechatPay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that vendors refuse one by one, and what is kept of their answers.
@Tag("live")
final class WritingToVendorsTest {
    private final Path home;
    private final VendorFolder folder;

    WritingToVendorsTest(@TempDir Path home) {
        this.home = home;
        this.folder = new VendorFolder(home);
    }

    @Test
    void oneRefusedOrderOfABatchGoesAsideAlone() throws IOException {
        Kingdee kingdee = new Kingdee(Mood.CALM);
        try (Simulator simulator = folder.start(kingdee)) {
            folder.succeed(simulator, "sale-orders");
            Files.writeString(
                    home.resolve("flows/mixed.yaml"),
                    """
                    flow: mixed
                    steps:
                      orders: {read: warehouse.sale_order, where: "id < 100060"}
                      saved:
                        from: orders
                        map:
                          bill_no: "'M-' || bill_no"
                          customer: "case when id % 7 = 3 then 'NOBODY' else customer end"
                          amount: amount
                      out: {from: saved, write: kingdee.new_orders, mode: append}
                    """);
            Ended ended = folder.run(simulator, "mixed");
            int calls = simulator.calls();
            assertEquals(Exit.REJECTED, ended.code(), ended.toString());
            long refused = ended.json().at("/steps/out/rows_rejected").asLong(0);
            long written = ended.json().at("/steps/out/rows_out").asLong(0);
            assertTrue(refused > 3, ended.toString());
            assertEquals(written, kingdee.saved().size(), ended.toString());
            Ended dead = folder.call(simulator.environment(), "dead", "mixed", "show");
            assertTrue(dead.toString().contains("客户不存在"), dead.toString());
            assertEquals(calls, simulator.calls());
            // Each call of twenty orders told all: none was sent twice.
            assertEquals(Map.of(), simulator.broken(), folder.log());
        }
    }

    @Test
    void keepsTheIdsThatKingdeeGave() throws IOException, SQLException {
        Kingdee kingdee = new Kingdee(Mood.CALM);
        try (Simulator simulator = folder.start(kingdee)) {
            folder.succeed(simulator, "sale-orders");
            folder.succeed(simulator, "save-and-keep");
            List<List<String>> kept = folder.rows("saved_order", List.of("bill_no", "kingdee_id"));
            assertEquals(kingdee.saved().size(), kept.size());
            assertTrue(
                    kept.stream().allMatch(row -> row.get(1).matches("9\\d{5}")), kept::toString);
        }
    }

    @Test
    void anOrderThatWasChangedSinceGoesAside() throws IOException, SQLException {
        try (Simulator simulator = folder.start(new SapOdata())) {
            folder.succeed(simulator, "orders");
            folder.succeed(simulator, "reassign");
            // What the warehouse knows is the version before.
            Ended ended = folder.run(simulator, "reassign");
            assertEquals(Exit.REJECTED, ended.code(), ended.toString());
            assertEquals(3, ended.json().at("/steps/out/rows_rejected").asLong(0));
            Ended dead = folder.call(simulator.environment(), "dead", "reassign", "show");
            assertTrue(dead.toString().contains("changed"), dead.toString());
            assertEquals(Map.of("etag", 3), simulator.broken(), folder.log());
        }
    }

    @Test
    void aPictureThatIsNotWhatItsHashSaysIsRefused() throws IOException {
        WechatPay wechat = new WechatPay(Mood.CALM);
        try (Simulator simulator = folder.start(wechat)) {
            folder.succeed(simulator, "complaints");
            folder.succeed(simulator, "upload-pictures");
            int uploaded = wechat.uploads().size();
            assertTrue(uploaded > 5, folder.log());
            Files.write(home.resolve("pictures/seal.png"), new byte[] {1, 2, 3});
            Ended ended = folder.run(simulator, "upload-pictures");
            assertEquals(Exit.REJECTED, ended.code(), ended.toString());
            assertEquals(Map.of("sha256", uploaded), simulator.broken(), folder.log());
        }
    }
}
