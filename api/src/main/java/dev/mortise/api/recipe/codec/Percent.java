package dev.mortise.api.recipe.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding after RFC 3986, with upper-case digits, over UTF-8.
public final class Percent {
    private static final String UNRESERVED = "-._~";
    private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

    private Percent() {}

    public static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8), UNRESERVED);
    }

    /// @param keep bytes that stay as they are, beside letters and digits of ASCII
    private static String encode(byte[] bytes, String keep) {
        StringBuilder text = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            char c = (char) (b & 0xFF);
            if (isAlphanumeric(c) || (c < 128 && keep.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append('%').append(DIGITS[c >> 4]).append(DIGITS[c & 15]);
            }
        }
        return text.toString();
    }

    /// @param keep characters that stay as they are, beside the unreserved ones
    public static byte[] encodeBytes(byte[] bytes, String keep) {
        return encode(bytes, UNRESERVED + keep).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /// @param plusIsSpace as in queries and forms
    public static byte[] decode(byte[] bytes, boolean plusIsSpace) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i];
            if (b == '%') {
                decoded.write((hex(bytes, i + 1) << 4) | hex(bytes, i + 2));
                i += 2;
            } else {
                decoded.write(b == '+' && plusIsSpace ? ' ' : b);
            }
        }
        return decoded.toByteArray();
    }

    private static int hex(byte[] bytes, int index) {
        int digit = index < bytes.length ? Character.digit(bytes[index], 16) : -1;
        if (digit < 0) {
            throw new Malformed("two hexadecimal digits after '%'");
        }
        return digit;
    }

    /// Decodes a name or a value of a query or a form.
    ///
    /// @throws Malformed when it is not UTF-8
    public static String text(String raw) {
        byte[] bytes = decode(raw.getBytes(StandardCharsets.UTF_8), true);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("parameters in UTF-8");
        }
    }

    /// The raw query or form with one more parameter at its end.
    public static String append(String raw, String name, String value) {
        String separator = raw.isEmpty() || raw.endsWith("&") ? "" : "&";
        return raw + separator + encode(name) + "=" + encode(value);
    }
}
