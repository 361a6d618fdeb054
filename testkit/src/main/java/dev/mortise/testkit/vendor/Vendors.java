package dev.mortise.testkit.vendor;

import dev.mortise.testkit.vendor.office.Dingtalk;
import dev.mortise.testkit.vendor.office.Kingdee;
import dev.mortise.testkit.vendor.pay.Alipay;
import dev.mortise.testkit.vendor.pay.WechatPay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The vendors that can be played, by name. Each call makes one anew, with keys of its own.
public final class Vendors {
    private static final Map<String, Supplier<Vendor>> KNOWN =
            new TreeMap<>(
                    Map.of(
                            "alipay", Alipay::new,
                            "dingtalk", Dingtalk::new,
                            "kingdee", Kingdee::new,
                            "wechatpay", WechatPay::new));

    private Vendors() {}

    /// The names, sorted.
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    public static List<Vendor> all() {
        return KNOWN.values().stream().map(Supplier::get).toList();
    }

    public static Optional<Vendor> find(String name) {
        return Optional.ofNullable(KNOWN.get(name)).map(Supplier::get);
    }
}
