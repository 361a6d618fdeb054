package dev.mortise.connectors.invoice;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// The entries of one archive, one after another; folders are left out. Nothing is ever written to
/// disk. Used by one thread.
sealed interface Entries extends Closeable {
    /// A larger file is read as a stream, for its directory would have to be held in memory.
    long DIRECTORY_FILE_BYTES_MAX = 64L << 20;

    /// Names without a mark of their charset; each byte is kept, and looked at in [#named].
    Charset UNMARKED = StandardCharsets.ISO_8859_1;

    /// The name of the next entry, or null at the end.
    @Nullable String next() throws IOException;

    /// The bytes of the entry [#next] told of.
    InputStream open() throws IOException;

    /// Opens an archive on the disk.
    static Entries of(Path file, long bytes, ArchiveGuard guard, Opening opening)
            throws IOException {
        return bytes <= DIRECTORY_FILE_BYTES_MAX
                ? new Listed(new ZipFile(file.toFile(), UNMARKED), guard)
                : new Streamed(new ZipInputStream(opening.open(), UNMARKED), guard);
    }

    /// Opens an archive inside another.
    static Entries of(InputStream in, ArchiveGuard guard) {
        return new Streamed(new ZipInputStream(in, UNMARKED), guard);
    }

    /// Opens the bytes of a file.
    interface Opening {
        InputStream open() throws IOException;
    }

    /// Older programs in China write names in GBK and do not say so; others write UTF-8 and do not
    /// say so either. What is valid UTF-8 is taken for that.
    private static String named(String raw) {
        if (raw.chars().allMatch(c -> c < 0x80) || raw.chars().anyMatch(c -> c > 0xFF)) {
            return raw;
        }
        byte[] bytes = raw.getBytes(UNMARKED);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            return new String(bytes, Charset.forName("GB18030"));
        }
    }

    /// An archive whose directory, at its end, can be reached.
    final class Listed implements Entries {
        private final ZipFile zip;
        private final ArchiveGuard guard;
        private final Enumeration<? extends ZipEntry> all;
        private @Nullable ZipEntry current;

        Listed(ZipFile zip, ArchiveGuard guard) {
            this.zip = zip;
            this.guard = guard;
            this.all = zip.entries();
        }

        @Override
        public @Nullable String next() throws IOException {
            while (all.hasMoreElements()) {
                ZipEntry entry = all.nextElement();
                guard.countEntry();
                if (!entry.isDirectory()) {
                    current = entry;
                    return named(entry.getName());
                }
            }
            return null;
        }

        @Override
        public InputStream open() throws IOException {
            ZipEntry entry = current;
            InputStream in = entry == null ? null : zip.getInputStream(entry);
            if (in == null) {
                throw new Refusal("expected the content of an entry, found none");
            }
            return guard.watch(in);
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /// An archive that is read as it comes.
    final class Streamed implements Entries {
        private static final int BUFFER_BYTES = 16 << 10;

        private final ZipInputStream zip;
        private final InputStream content;
        private final ArchiveGuard guard;
        private boolean begun;

        Streamed(ZipInputStream zip, ArchiveGuard guard) {
            this.zip = zip;
            this.guard = guard;
            this.content = new Unclosed(guard.watch(zip));
        }

        @Override
        public @Nullable String next() throws IOException {
            pass();
            for (ZipEntry entry = entry(); entry != null; entry = entry()) {
                guard.countEntry();
                if (!entry.isDirectory()) {
                    begun = true;
                    return named(entry.getName());
                }
            }
            return null;
        }

        private @Nullable ZipEntry entry() throws IOException {
            try {
                return zip.getNextEntry();
            } catch (IllegalArgumentException e) {
                // A name that is marked as UTF-8 and is none.
                throw new Refusal("expected names in an archive to be text", e);
            }
        }

        /// What nobody wanted has to be inflated too, and so it is counted.
        private void pass() throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (begun && content.read(buffer) >= 0) {
                // Only counted.
            }
        }

        @Override
        public InputStream open() {
            return content;
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /// The content of an entry; closing it would end the archive.
    final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, length);
        }

        @Override
        public void close() {
            // The archive goes on with its next entry.
        }
    }
}
