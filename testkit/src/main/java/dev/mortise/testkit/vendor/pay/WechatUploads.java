package dev.mortise.testkit.vendor.pay;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Told;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Pictures for merchants: the part `meta` names and hashes the file, and it alone is signed.
final class WechatUploads {
    static final String PATH = "/v3/merchant/media/upload";
    private static final int FILE_MAX = 2 << 20;
    private static final int FILES_MAX = 10_000;
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");

    private final Map<String, String> files = new LinkedHashMap<>();

    /// Names and hashes of what was uploaded.
    synchronized List<List<String>> rows() {
        return files.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
    }

    /// What a signature covers: of an upload its part `meta`, else the body.
    static String signed(Asked asked) {
        return asked.path().equals(PATH)
                ? part(asked, "meta").map(Part::text).orElse("")
                : asked.text();
    }

    /// @param head its headers
    /// @param latin its content, a character a byte
    private record Part(String head, String latin) {
        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        byte[] bytes() {
            return latin.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static Optional<Part> part(Asked asked, String name) {
        Matcher boundary = BOUNDARY.matcher(asked.header("Content-Type"));
        if (!boundary.find()) {
            return Optional.empty();
        }
        String body = new String(asked.body(), StandardCharsets.ISO_8859_1);
        for (String part : body.split(Pattern.quote("--" + boundary.group(1)), -1)) {
            int end = part.indexOf("\r\n\r\n");
            if (end > 0 && part.substring(0, end).contains("name=\"" + name + "\"")) {
                String content = part.substring(end + 4, part.length() - 2);
                return Optional.of(new Part(part.substring(0, end), content));
            }
        }
        return Optional.empty();
    }

    synchronized Told upload(Asked asked) {
        Optional<Part> meta = part(asked, "meta");
        Optional<Part> file = part(asked, "file");
        if (meta.isEmpty() || file.isEmpty()) {
            return WechatPay.invalid("请求须为 multipart，含 meta 与 file", "parts");
        }
        if (!meta.get().head().contains("Content-Type: application/json")) {
            return WechatPay.invalid("meta 的 Content-Type 须为 application/json", "meta-type");
        }
        JsonNode told = Json.read(meta.get().text());
        String name = told.path("filename").asString("");
        Matcher sent = FILE_NAME.matcher(latinToText(file.get().head()));
        boolean same = sent.find() && sent.group(1).equals(name);
        if (!name.matches("(?i).+[.](jpg|jpeg|png|bmp)") || !same) {
            return WechatPay.invalid("文件名须与 meta 一致，后缀为 JPG、BMP、PNG", "filename");
        }
        byte[] content = file.get().bytes();
        if (content.length > FILE_MAX || files.size() >= FILES_MAX) {
            return WechatPay.invalid("图片不能超过 2M", "size");
        }
        String hash = sha256(content);
        if (!hash.equals(told.path("sha256").asString(""))) {
            return WechatPay.invalid("图片 sha256 与 meta 不一致", "sha256");
        }
        files.put(name, hash);
        return Told.json("{\"media_id\":%s}".formatted(Json.write("media_" + hash)));
    }

    private static String latinToText(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
