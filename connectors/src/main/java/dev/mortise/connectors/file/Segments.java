package dev.mortise.connectors.file;

import dev.mortise.connectors.file.FileLedger.Segment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Staged rows, part after part.
record Segments(Path folder, List<Segment> segments) {

    /// All rows as one stream; one file is open at a time.
    InputStream open() {
        return new Joined();
    }

    private final class Joined extends InputStream {
        private int next;
        private @Nullable InputStream current;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (true) {
                int read = current == null ? -1 : current.read(target, offset, length);
                if (read >= 0 || next == segments.size()) {
                    return read;
                }
                close();
                current = part(segments.get(next++));
            }
        }

        private InputStream part(Segment segment) throws IOException {
            Path path = folder.resolve(segment.file());
            return Streams.part(
                    new Folder.Entry(path, segment.file(), 0, 0, 0),
                    segment.start(),
                    segment.end());
        }

        @Override
        public void close() throws IOException {
            if (current != null) {
                current.close();
            }
        }
    }
}
