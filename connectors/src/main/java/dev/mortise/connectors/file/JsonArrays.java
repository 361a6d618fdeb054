package dev.mortise.connectors.file;

import dev.mortise.connectors.file.Folder.Entry;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/// Makes JSON arrays of lines that hold an object each.
final class JsonArrays {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final int TAIL_BYTES = 4_096;

    private JsonArrays() {}

    /// Writes the lines with commas between them.
    ///
    /// @param filled whether elements stand before them
    static void join(InputStream lines, OutputStream out, boolean filled) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        boolean atStart = true;
        boolean comma = filled;
        int read = lines.read(buffer);
        while (read >= 0) {
            int from = 0;
            for (int i = 0; i < read; i++) {
                if (atStart) {
                    out.write(comma ? ',' : ' ');
                    out.write('\n');
                    atStart = false;
                    comma = true;
                }
                if (buffer[i] == '\n') {
                    out.write(buffer, from, i - from);
                    from = i + 1;
                    atStart = true;
                }
            }
            out.write(buffer, from, read - from);
            read = lines.read(buffer);
        }
    }

    /// Copies an array without the bracket at its end. Answers whether it has elements.
    static boolean copyOpen(Entry file, FileChannel to) throws IOException {
        try (FileChannel from = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            long close = lastBefore(from, file.size(), file);
            long before = close == 0 ? -1 : lastBefore(from, close, file);
            ByteBuffer mark = ByteBuffer.allocate(1);
            from.read(mark, close);
            if (mark.get(0) != ']' || before < 0) {
                throw noArray(file);
            }
            mark.clear();
            from.read(mark, before);
            long at = 0;
            while (at <= before) {
                at += from.transferTo(at, before + 1 - at, to);
            }
            return mark.get(0) != '[';
        }
    }

    /// The last byte before a place that is no blank.
    private static long lastBefore(FileChannel from, long end, Entry file) throws IOException {
        int length = (int) Math.min(TAIL_BYTES, end);
        ByteBuffer tail = ByteBuffer.allocate(length);
        from.read(tail, end - length);
        for (int i = length - 1; i >= 0; i--) {
            if (tail.get(i) > ' ' || tail.get(i) < 0) {
                return end - length + i;
            }
        }
        throw noArray(file);
    }

    private static ProblemException noArray(Entry file) {
        return ProblemException.of(
                        ProblemCode.FILE_CORRUPT,
                        "expected an array to add to, got something else",
                        "mend the file, or write with 'mode: replace'")
                .at(file.name());
    }
}
