package dev.mortise.api.page;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// A body as it was before it was packed for the way (RFC 9110 section 8.4). `deflate` comes with
/// the header of zlib, and from many servers without; both are read, though only `gzip` is asked
/// for.
public final class ContentCoding {
    private static final int SIZE = 64 * 1_024;
    private static final int CODINGS_MAX = 3;

    private ContentCoding() {}

    /// @param header the value of `Content-Encoding`; empty when there is none
    /// @return the body itself when it is not packed
    /// @throws ProblemException SERVER_FAILED when it is packed in a way that was not asked for
    /// @throws IOException when it does not begin as the header says
    public static InputStream plain(InputStream body, String header) throws IOException {
        List<String> codings =
                Stream.of(header.toLowerCase(Locale.ROOT).split(","))
                        .map(String::strip)
                        .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                        .toList();
        if (codings.size() > CODINGS_MAX) {
            throw unknown(header);
        }
        InputStream plain = body;
        for (String coding : codings.reversed()) {
            plain = unpacked(plain, coding);
        }
        return plain;
    }

    /// What has no bytes at all is empty, however it is said to be packed.
    private static InputStream unpacked(InputStream packed, String coding) throws IOException {
        PushbackInputStream body = new PushbackInputStream(packed, 2);
        byte[] start = body.readNBytes(2);
        body.unread(start);
        boolean empty = start.length == 0;
        return switch (coding) {
            case "gzip", "x-gzip" -> empty ? body : new GZIPInputStream(body, SIZE);
            case "deflate" -> empty ? body : inflated(body, start);
            default -> throw unknown(coding);
        };
    }

    private static InputStream inflated(InputStream body, byte[] start) {
        boolean zlib =
                start.length == 2
                        && (start[0] & 0x0f) == 8
                        && (((start[0] & 0xff) << 8) | (start[1] & 0xff)) % 31 == 0;
        Inflater inflater = new Inflater(!zlib);
        return new InflaterInputStream(body, inflater, SIZE) {
            @Override
            public void close() throws IOException {
                inflater.end();
                super.close();
            }
        };
    }

    private static ProblemException unknown(String coding) {
        return ProblemException.of(
                ProblemCode.SERVER_FAILED,
                "expected a body that is plain or packed with gzip, got one packed as '%s'"
                        .formatted(coding),
                "set 'Accept-Encoding: identity' among the 'headers', or ask the API's owner");
    }
}
