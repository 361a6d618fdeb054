package dev.mortise.api.page;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A body that may take as long as it likes, but may not stall: where nothing comes for so long, it
/// is closed, and reading it fails.
public final class Stalling extends FilterInputStream {
    private final Thread watch;
    private volatile long progress = System.nanoTime();
    private volatile boolean reading;
    private volatile boolean stalled;

    public Stalling(InputStream from, Duration patience) {
        super(from);
        this.watch = Thread.ofVirtual().name("http-stall").start(() -> watch(patience));
    }

    private void watch(Duration patience) {
        while (!Thread.interrupted()) {
            long quiet = reading ? System.nanoTime() - progress : 0;
            if (quiet >= patience.toNanos()) {
                stalled = true;
                closeQuietly();
                return;
            }
            LockSupport.parkNanos(patience.toNanos() - quiet);
        }
    }

    private void closeQuietly() {
        try {
            in.close();
        } catch (IOException _) {
            // It fails where it is read.
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        progress = System.nanoTime();
        reading = true;
        try {
            int read = in.read(into, offset, count);
            if (stalled) {
                throw new IOException("nothing came for too long");
            }
            return read;
        } finally {
            reading = false;
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        super.close();
    }
}
