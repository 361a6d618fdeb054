package dev.mortise.api.soap.multipart;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes parts one after the other; the bytes of a part go straight through.
public final class MultipartWriter {
    private final OutputStream out;
    private final String boundary;

    /// @param boundary must not stand in any part; a random one of 16 bytes will not
    public MultipartWriter(OutputStream out, String boundary) {
        this.out = out;
        this.boundary = boundary;
    }

    /// Begins a part; its bytes follow on the stream.
    public void begin(String contentType, String id) throws IOException {
        ascii("\r\n--" + boundary + "\r\n");
        ascii("Content-Type: " + clean(contentType) + "\r\n");
        ascii("Content-Transfer-Encoding: binary\r\n");
        ascii("Content-ID: <" + clean(id) + ">\r\n\r\n");
    }

    /// No header may bring another along.
    private static String clean(String value) {
        return value.replaceAll("[\\r\\n<>]", "");
    }

    /// Ends the last part; the stream stays open.
    public void end() throws IOException {
        ascii("\r\n--" + boundary + "--\r\n");
        out.flush();
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
