package dev.mortise.api.cassette;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Bodies that are a gzip file, or a zip file of one entry, as what they hold: so that secrets and
/// names can be looked for in it. It is read the same, for packing is told by the first bytes.
public final class Packing {
    private Packing() {}

    /// The body unpacked. It stays as it is when it is not packed, is broken, has several entries,
    /// or holds more than a cassette does.
    public static byte[] plain(byte[] body) {
        try {
            if (starts(body, 0x1f, 0x8b)) {
                return bounded(new GZIPInputStream(new ByteArrayInputStream(body)), body);
            }
            return starts(body, 'P', 'K', 3, 4) ? entry(body) : body;
        } catch (IOException _) {
            return body;
        }
    }

    private static boolean starts(byte[] body, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= body.length || (body[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] entry(byte[] body) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(body))) {
            ZipEntry first = zip.getNextEntry();
            byte[] held = first == null || first.isDirectory() ? body : bounded(zip, body);
            return held == body || zip.getNextEntry() != null ? body : held;
        }
    }

    private static byte[] bounded(InputStream unpacked, byte[] body) throws IOException {
        byte[] held = unpacked.readNBytes(Cassette.BYTES_MAX + 1);
        return held.length > Cassette.BYTES_MAX ? body : held;
    }
}
