package dev.mortise.testkit.vendor.pay;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Freshness;
import dev.mortise.testkit.vendor.Rsa;
import dev.mortise.testkit.vendor.Tokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The merchant's and the platform's keys, and who may call with them.
final class WechatGate {
    static final String PLATFORM_SERIAL = "PUB_KEY_ID_0119000000012024110100000000000001";
    private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048 ";
    private static final Pattern ITEM = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final String mchid = "1900000001";
    private final String serial = Tokens.random().toUpperCase(Locale.ROOT) + "5157F09E";
    private final Rsa merchant = Rsa.make();
    private final Rsa platform = Rsa.make();
    private final Freshness freshness;

    WechatGate(InstantSource clock) {
        this.freshness = new Freshness(clock, Duration.ofMinutes(5));
    }

    Map<String, String> environment() {
        return Map.of(
                "WECHATPAY_MCHID", mchid,
                "WECHATPAY_SERIAL", serial,
                "WECHATPAY_PRIVATE_KEY", merchant.privateText(),
                "WECHATPAY_PLATFORM_SERIAL", PLATFORM_SERIAL,
                "WECHATPAY_PLATFORM_KEY", platform.publicText());
    }

    /// The rule a call breaks; empty when it may pass.
    String broken(Asked asked) {
        String header = asked.header("Authorization");
        Map<String, String> items = new HashMap<>();
        Matcher item = ITEM.matcher(header);
        while (item.find()) {
            items.put(item.group(1), item.group(2));
        }
        if (!header.startsWith(SCHEME)) {
            return "scheme";
        }
        String nonce = items.getOrDefault("nonce_str", "");
        String time = items.getOrDefault("timestamp", "");
        if (!mchid.equals(items.get("mchid")) || !serial.equals(items.get("serial_no"))) {
            return "merchant";
        }
        if (!freshness.isNow(time, 1)) {
            return "clock";
        }
        String target = asked.query().isEmpty() ? asked.path() : asked.path() + "?" + asked.query();
        String text = "%s\n%s\n%s\n%s\n".formatted(asked.method(), target, time, nonce);
        String body = WechatUploads.signed(asked);
        if (!merchant.verifies(text + body + "\n", items.getOrDefault("signature", ""))) {
            return "signature";
        }
        return nonce.length() >= 8 && freshness.isFirst(nonce) ? "" : "nonce";
    }

    /// The platform's signature, or that of a stranger.
    String signature(String text, boolean forged) {
        return (forged ? merchant : platform).sign(text);
    }
}
