package dev.mortise.cli.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.cli.Ended;
import dev.mortise.cli.Exit;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Simulator;
import dev.mortise.testkit.vendor.Vendor;
import dev.mortise.testkit.vendor.Vendors;
import dev.mortise.testkit.vendor.cloud.Dingtalk;
import dev.mortise.testkit.vendor.cloud.Kingdee;
import dev.mortise.testkit.vendor.pay.Alipay;
import dev.mortise.testkit.vendor.pay.WechatPay;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of the examples when a vendor has a bad day.
class VendorMoodsTest {
    private final VendorFolder folder;

    VendorMoodsTest(@TempDir Path folder) {
        this.folder = new VendorFolder(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "alipay, account-log",
        "dingtalk, members",
        "kingdee, sale-orders",
        "wechatpay, complaints"
    })
    void failuresOfTheVendorCostNoRow(String name, String flow) throws IOException, SQLException {
        Vendor vendor = Vendors.find(name, Mood.CALM.failingEvery(3)).orElseThrow();
        try (Simulator simulator = folder.start(vendor)) {
            folder.succeed(simulator, flow);
            assertEquals(Map.of(), simulator.broken());
            folder.holds(vendor.served().getFirst(), vendor.served().getFirst().table());
        }
    }

    @Test
    void throttlingWithin200CostsNoRow() throws IOException, SQLException {
        Vendor vendor = new Dingtalk(Mood.CALM.throttlingEvery(4));
        try (Simulator simulator = folder.start(vendor)) {
            folder.succeed(simulator, "members");
            assertEquals(Set.of("rate"), simulator.broken().keySet());
            folder.holds(vendor.served().getFirst(), "member");
        }
    }

    /// Each look at the clock finds a quarter of the token's life gone.
    private static InstantSource hasty() {
        AtomicLong looks = new AtomicLong();
        Instant start = Instant.parse("2026-11-25T08:00:00Z");
        return () -> start.plus(Duration.ofMinutes(10 * looks.getAndIncrement()));
    }

    @Test
    void aSessionThatIsLostWithin200IsTakenUpAgain() throws IOException, SQLException {
        Vendor vendor = new Kingdee(hasty(), Mood.CALM.withTokenLife(Duration.ofMinutes(40)));
        try (Simulator simulator = folder.start(vendor)) {
            folder.succeed(simulator, "sale-orders-by-session");
            assertEquals(Set.of("session"), simulator.broken().keySet());
            folder.holds(vendor.served().getFirst(), "sale_order_by_session");
        }
    }

    @Test
    void aTokenThatEndsBeforeItsTimeIsGrantedAnew() throws IOException, SQLException {
        Vendor vendor =
                new Dingtalk(hasty(), Mood.CALM.withTokenLife(Duration.ofMinutes(90)), 10_000);
        try (Simulator simulator = folder.start(vendor)) {
            folder.succeed(simulator, "members");
            assertEquals(Set.of("token"), simulator.broken().keySet());
            folder.holds(vendor.served().getFirst(), "member");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "alipay, account-log",
        "dingtalk, members",
        "kingdee, sale-orders",
        "wechatpay, complaints"
    })
    void aPageThatComesTwiceIsNoticed(String name, String flow) throws IOException {
        Vendor vendor = Vendors.find(name, Mood.CALM.repeating(2)).orElseThrow();
        try (Simulator simulator = folder.start(vendor)) {
            Ended ended = folder.run(simulator, flow);
            assertEquals(Exit.FAILED, ended.code(), ended.toString());
            assertEquals("SERVER_FAILED", ended.problemCode(), ended.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"account-log", "account-log-v2"})
    void anAnswerOfAStrangerIsRefused(String flow) throws IOException {
        Alipay alipay = new Alipay(Mood.CALM);
        alipay.forgeAnswers();
        try (Simulator simulator = folder.start(alipay)) {
            refused(folder.run(simulator, flow));
        }
    }

    @Test
    void anAnswerInTheNameOfWechatPayIsRefused() throws IOException {
        WechatPay wechat = new WechatPay(Mood.CALM);
        wechat.forgeAnswers();
        try (Simulator simulator = folder.start(wechat)) {
            refused(folder.run(simulator, "complaints"));
        }
    }

    private static void refused(Ended ended) {
        assertEquals("SERVER_FAILED", ended.problemCode(), ended.toString());
        assertTrue(ended.out().contains("SIGNATURE_WRONG"), ended.toString());
    }

    @Test
    void writesReachTheVendorOnce() throws IOException {
        WechatPay wechat = new WechatPay(Mood.CALM);
        try (Simulator simulator = folder.start(wechat)) {
            folder.succeed(simulator, "complaints");
            folder.succeed(simulator, "refund-complaints");
            folder.succeed(simulator, "refund-complaints");
            int distinct = Set.copyOf(wechat.refunds()).size();
            assertTrue(distinct > 5, wechat.refunds().toString());
            assertEquals(distinct, wechat.refunds().size());
        }
    }
}
