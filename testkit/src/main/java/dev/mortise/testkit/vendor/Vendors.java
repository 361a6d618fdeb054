package dev.mortise.testkit.vendor;

import dev.mortise.testkit.vendor.cloud.Dingtalk;
import dev.mortise.testkit.vendor.cloud.Kingdee;
import dev.mortise.testkit.vendor.office.Ekuaibao;
import dev.mortise.testkit.vendor.office.Leqi;
import dev.mortise.testkit.vendor.office.SapOdata;
import dev.mortise.testkit.vendor.office.SoapBank;
import dev.mortise.testkit.vendor.office.Yonyou;
import dev.mortise.testkit.vendor.pay.Alipay;
import dev.mortise.testkit.vendor.pay.WechatPay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The vendors that can be played, by name. Each call makes one anew, with keys of its own.
public final class Vendors {
    private static final Map<String, Function<Mood, Vendor>> KNOWN =
            new TreeMap<>(
                    Map.of(
                            "alipay", Alipay::new,
                            "bank", SoapBank::new,
                            "dingtalk", Dingtalk::new,
                            "ekuaibao", Ekuaibao::new,
                            "kingdee", Kingdee::new,
                            "leqi", Leqi::new,
                            "sap", SapOdata::new,
                            "wechatpay", WechatPay::new,
                            "yonyou", Yonyou::new));

    private Vendors() {}

    /// The names, sorted.
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    public static List<Vendor> all() {
        return KNOWN.values().stream().map(maker -> maker.apply(Mood.CALM)).toList();
    }

    public static Optional<Vendor> find(String name) {
        return find(name, Mood.CALM);
    }

    public static Optional<Vendor> find(String name, Mood mood) {
        return Optional.ofNullable(KNOWN.get(name)).map(maker -> maker.apply(mood));
    }
}
