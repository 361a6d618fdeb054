package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where a lane keeps its rows until they are published: hidden files beside the target.
interface Staging extends AutoCloseable {
    void write(Batch batch) throws IOException;

    /// Makes what was written since the last seal safe from a power cut and tells where it lies.
    Sealed seal() throws IOException;

    /// Forgets what was written since the last seal.
    void drop() throws IOException;

    /// Forgets the last seal too. Called only right after it.
    void unseal() throws IOException;

    @Override
    void close() throws IOException;

    /// @param file its name in the folder
    record Sealed(String file, long start, long end) {
        static final Sealed NOTHING = new Sealed("", 0, 0);
    }

    /// Rows as text, one file a lane. The file begins as a published one would, so that a run of
    /// one lane need not be copied.
    final class Text implements Staging {
        private static final int FLUSH_BYTES = 1 << 20;

        private final Path path;
        private final Function<TextBuffer, RowEncoder> begin;
        private final TextBuffer out = new TextBuffer();
        private @Nullable FileChannel channel;
        private @Nullable RowEncoder encoder;
        private long sealed;
        private long before;

        /// @param begin writes what stands before the rows and gives the encoder of the rows
        Text(Path path, Function<TextBuffer, RowEncoder> begin) {
            this.path = path;
            this.begin = begin;
        }

        @Override
        public void write(Batch batch) throws IOException {
            RowEncoder rows = encoder == null ? open() : encoder;
            for (int row = 0; row < batch.rows(); row++) {
                rows.row(batch, row, out);
                if (out.size() > FLUSH_BYTES) {
                    flush();
                }
            }
        }

        private RowEncoder open() throws IOException {
            channel =
                    FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            RowEncoder rows = begin.apply(out);
            encoder = rows;
            flush();
            sealed = channel.position();
            before = sealed;
            return rows;
        }

        private void flush() throws IOException {
            ByteBuffer bytes = out.view();
            while (channel != null && bytes.hasRemaining()) {
                channel.write(bytes);
            }
            out.clear();
        }

        @Override
        public Sealed seal() throws IOException {
            if (channel == null) {
                return Sealed.NOTHING;
            }
            flush();
            channel.force(false);
            before = sealed;
            sealed = channel.position();
            return new Sealed(path.getFileName().toString(), before, sealed);
        }

        @Override
        public void drop() throws IOException {
            out.clear();
            if (channel != null) {
                channel.truncate(sealed);
                channel.position(sealed);
            }
        }

        @Override
        public void unseal() throws IOException {
            sealed = before;
            drop();
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }
}
