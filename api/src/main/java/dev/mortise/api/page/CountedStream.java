package dev.mortise.api.page;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream whose bytes are counted as they are read, by somebody who may stop it. Used by one
/// thread.
public final class CountedStream extends FilterInputStream {
    private final Counter counter;

    public CountedStream(InputStream in, Counter counter) {
        super(in);
        this.counter = counter;
    }

    /// Hears of the bytes of each reading.
    public interface Counter {
        /// Throws what ends the reading, when they are too many.
        void count(int bytes) throws IOException;
    }

    /// Throws what tells that a stream is too long.
    public interface Excess {
        void tell() throws IOException;
    }

    /// A stream that ends in an exception where it is longer than it may be.
    public static InputStream bounded(InputStream in, long bytesMax, Excess excess) {
        return new CountedStream(
                in,
                new Counter() {
                    private long left = bytesMax;

                    @Override
                    public void count(int bytes) throws IOException {
                        left -= bytes;
                        if (left < 0) {
                            excess.tell();
                        }
                    }
                });
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        counter.count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = in.read(into, from, length);
        counter.count(Math.max(0, read));
        return read;
    }
}
