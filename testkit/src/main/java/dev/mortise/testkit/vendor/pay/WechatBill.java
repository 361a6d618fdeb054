package dev.mortise.testkit.vendor.pay;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Tokens;
import dev.mortise.testkit.vendor.Told;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/// The bill of a day: first an address with a hash, then the file. Each cell begins with a
/// backtick, and below the rows stands a summary with a head of its own.
final class WechatBill {
    static final String FILE = "/v3/billdownload/file";
    static final LocalDate EXAMPLE = LocalDate.of(2024, 11, 20);
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int FILES_MAX = 32;
    private static final List<String> HEAD =
            List.of("交易时间", "公众账号ID", "商户号", "微信订单号", "商户订单号", "交易状态", "订单金额", "手续费");
    private static final List<String> SUMMARY = List.of("总交易单数", "订单总金额", "手续费总金额");

    @SuppressWarnings("ArrayRecordComponent")
    private record File(byte[] bytes, boolean zipped, Instant until) {}

    private final InstantSource clock;
    private final Map<String, File> files = new LinkedHashMap<>();

    WechatBill(InstantSource clock) {
        this.clock = clock;
    }

    Served served() {
        List<String> columns =
                List.of(
                        "trade_time",
                        "appid",
                        "mchid",
                        "transaction_id",
                        "out_trade_no",
                        "trade_state",
                        "amount",
                        "fee");
        return new Served("trade_bill", columns, rows(EXAMPLE));
    }

    private static List<List<String>> rows(LocalDate date) {
        int count = 280 + date.getDayOfMonth();
        return IntStream.range(0, count).mapToObj(i -> row(date, i)).toList();
    }

    private static List<String> row(LocalDate date, int i) {
        return List.of(
                "%s %02d:%02d:%02d".formatted(date, 8 + i / 60, i % 60, i * 7 % 60),
                "wx8888888888888888",
                "1900000001",
                "42000%s%06d".formatted(date.toString().replace("-", ""), i),
                "SO%06d".formatted(i),
                i % 17 == 0 ? "REFUND" : "SUCCESS",
                amount(i).toPlainString(),
                amount(i).multiply(new BigDecimal("0.006")).setScale(5).toPlainString());
    }

    private static BigDecimal amount(int i) {
        return BigDecimal.valueOf(1_990L + 37L * i, 2);
    }

    /// Tells where the bill of a past day can be fetched, for five minutes.
    synchronized Told apply(Asked asked) {
        Map<String, String> params = asked.params();
        LocalDate date;
        try {
            date = LocalDate.parse(params.getOrDefault("bill_date", ""));
        } catch (DateTimeParseException _) {
            return WechatPay.invalid("bill_date 须为 yyyy-MM-dd", "bill-date");
        }
        if (!date.isBefore(LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")))) {
            return WechatPay.error(400, "NO_STATEMENT_EXIST", "账单文件不存在", "bill-date");
        }
        boolean zipped = params.getOrDefault("tar_type", "").equals("GZIP");
        byte[] plain = text(rows(date)).getBytes(StandardCharsets.UTF_8);
        String token = Tokens.random();
        Instant until = clock.instant().plus(LIFE);
        files.put(token, new File(zipped ? zip(plain) : plain, zipped, until));
        if (files.size() > FILES_MAX) {
            files.remove(files.keySet().iterator().next());
        }
        return Told.json(
                """
                {"hash_type":"SHA1","hash_value":"%s","download_url":"http://%s%s?token=%s"}\
                """
                        .formatted(sha1(plain), asked.header("Host"), FILE, token));
    }

    /// The file; its answer is not signed.
    synchronized Told file(String token) {
        File file = files.get(token);
        if (file == null || clock.instant().isAfter(file.until())) {
            return WechatPay.invalid("下载地址无效或已过期", "download-token");
        }
        String type = file.zipped() ? "application/x-gzip" : "text/plain; charset=utf-8";
        return new Told(200, Map.of("Content-Type", type), file.bytes(), "");
    }

    private static String text(List<List<String>> rows) {
        StringBuilder text = new StringBuilder("\ufeff").append(String.join(",", HEAD));
        rows.forEach(row -> text.append("\r\n`").append(String.join(",`", row)));
        BigDecimal amount = sum(rows, HEAD.indexOf("订单金额"));
        BigDecimal fee = sum(rows, HEAD.indexOf("手续费"));
        return text.append("\r\n")
                .append(String.join(",", SUMMARY))
                .append("\r\n`%d,`%s,`%s\r\n".formatted(rows.size(), amount, fee))
                .toString();
    }

    private static BigDecimal sum(List<List<String>> rows, int column) {
        return rows.stream()
                .map(row -> new BigDecimal(row.get(column)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static byte[] zip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
