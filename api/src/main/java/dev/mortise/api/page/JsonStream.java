package dev.mortise.api.page;

import java.io.IOException;
import java.io.InputStream;

/// A body in another format, as the JSON of the same records: written while it is read, about a
/// record at a time.
final class JsonStream extends InputStream {
    private final Feed feed;
    private final JsonBytes bytes = new JsonBytes();
    private boolean ended;

    /// Reads one format and writes JSON.
    interface Feed extends AutoCloseable {
        /// Writes what comes next, about a record of it.
        ///
        /// @return false when it was the last
        /// @throws dev.mortise.spi.problem.ProblemException when the body is not of its format
        boolean more(JsonBytes out) throws IOException;

        @Override
        void close() throws IOException;
    }

    JsonStream(Feed feed) {
        this.feed = feed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        while (bytes.length() == 0 && !ended) {
            ended = !feed.more(bytes);
        }
        if (count > 0 && bytes.length() == 0) {
            return -1;
        }
        return bytes.take(into, offset, count);
    }

    @Override
    public void close() throws IOException {
        feed.close();
    }
}
