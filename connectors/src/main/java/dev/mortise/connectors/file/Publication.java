package dev.mortise.connectors.file;

import dev.mortise.connectors.file.FileFormat.Dialect;
import dev.mortise.connectors.file.FileLedger.Segment;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Makes one finished file of what is there and what was staged, in the order of the parts.
final class Publication {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final int CHARS = 32 << 10;

    private final Output output;
    private final Path to;

    Publication(Output output, Path to) {
        this.output = output;
        this.to = to;
    }

    void assemble(List<Segment> staged) throws IOException {
        List<Segment> segments =
                staged.stream().sorted(Comparator.comparingInt(Segment::part)).toList();
        switch (output.kind()) {
            case CSV, TSV, JSONL -> {
                if (!linked(segments)) {
                    lines(segments);
                }
            }
            case JSON -> array(segments);
            case XLSX -> XlsxWriter.write(output, to, new Segments(output.folder(), segments));
            case PARQUET -> ParquetStaging.merge(output, to, segments);
        }
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// A run of one lane has staged just the file that is wanted: a second name for it will do.
    private boolean linked(List<Segment> segments) throws IOException {
        boolean plain = !output.format().gz() && charset().equals(StandardCharsets.UTF_8);
        if (!plain || output.appends() || segments.isEmpty()) {
            return false;
        }
        long at = output.header().size();
        String file = segments.getFirst().file();
        for (Segment segment : segments) {
            if (!segment.file().equals(file) || segment.start() != at) {
                return false;
            }
            at = segment.end();
        }
        Path from = output.folder().resolve(file);
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
            // Rows that were not committed may stand behind the last that were.
            channel.truncate(at);
        }
        try {
            Files.createLink(to, from);
            return true;
        } catch (IOException | UnsupportedOperationException _) {
            Files.deleteIfExists(to);
            return false;
        }
    }

    private void lines(List<Segment> segments) throws IOException {
        boolean plain = !output.format().gz() && charset().equals(StandardCharsets.UTF_8);
        try (FileChannel channel = created()) {
            boolean lineOpen = existing(channel);
            OutputStream raw = Channels.newOutputStream(channel);
            OutputStream out = plain ? raw : encoded(raw);
            if (lineOpen) {
                out.write('\n');
            }
            output.header().writeTo(out);
            for (Segment segment : segments) {
                if (plain) {
                    copy(segment, channel);
                }
            }
            if (!plain) {
                encode(segments, out);
            }
        }
    }

    private void encode(List<Segment> segments, OutputStream out) throws IOException {
        try (InputStream in = new Segments(output.folder(), segments).open();
                out) {
            in.transferTo(out);
        }
    }

    private FileChannel created() throws IOException {
        return FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// Copies what is there. Answers whether its last line has no end yet.
    private boolean existing(FileChannel channel) throws IOException {
        if (!output.appends()) {
            return false;
        }
        Folder.Entry file = output.existing().orElseThrow();
        copy(file.path(), 0, file.size(), channel);
        byte last = '\n';
        try (InputStream in = Streams.whole(file, output.format().gz(), output.limits())) {
            byte[] buffer = new byte[BUFFER_BYTES];
            in.skip(output.format().gz() ? 0 : Math.max(0, file.size() - 2));
            int read = in.read(buffer);
            while (read > 0) {
                boolean wide = buffer[read - 1] == 0 && read > 1;
                last = wide ? buffer[read - 2] : buffer[read - 1];
                read = in.read(buffer);
            }
        }
        return last != '\n';
    }

    private void copy(Segment segment, FileChannel channel) throws IOException {
        Path from = output.folder().resolve(segment.file());
        copy(from, segment.start(), segment.end(), channel);
    }

    private static void copy(Path path, long start, long end, FileChannel channel)
            throws IOException {
        try (FileChannel from = FileChannel.open(path, StandardOpenOption.READ)) {
            long at = start;
            while (at < end) {
                long moved = from.transferTo(at, end - at, channel);
                if (moved <= 0) {
                    throw new IOException("staged rows are missing in " + path.getFileName());
                }
                at += moved;
            }
        }
    }

    /// The charset the file is or will be in.
    private Charset charset() throws IOException {
        if (output.appends() && output.kind().delimited()) {
            return new CsvFormat(output.format(), output.limits())
                    .charset(output.existing().orElseThrow());
        }
        String wanted = output.format().dialect().charset();
        return wanted.equals(Dialect.AUTO) ? StandardCharsets.UTF_8 : Charset.forName(wanted);
    }

    private OutputStream encoded(OutputStream raw) throws IOException {
        OutputStream packed = output.format().gz() ? new GZIPOutputStream(raw, BUFFER_BYTES) : raw;
        Charset charset = charset();
        if (charset.equals(StandardCharsets.UTF_16)) {
            packed.write(new byte[] {(byte) 0xFF, (byte) 0xFE});
            return new Encoded(packed, StandardCharsets.UTF_16LE, output.target().dataset());
        }
        return charset.equals(StandardCharsets.UTF_8)
                ? new BufferedOutputStream(packed, BUFFER_BYTES)
                : new Encoded(packed, charset, output.target().dataset());
    }

    /// One array of all objects; of the array that is there the last bracket is taken off.
    private void array(List<Segment> segments) throws IOException {
        try (FileChannel channel = created()) {
            boolean filled = false;
            if (output.appends()) {
                filled = JsonArrays.copyOpen(output.existing().orElseThrow(), channel);
            }
            OutputStream raw = Channels.newOutputStream(channel);
            OutputStream out =
                    new BufferedOutputStream(
                            output.format().gz() ? new GZIPOutputStream(raw) : raw, BUFFER_BYTES);
            try (InputStream in = new Segments(output.folder(), segments).open()) {
                if (!output.appends()) {
                    out.write('[');
                }
                JsonArrays.join(in, out, filled);
            }
            out.write("\n]\n".getBytes(StandardCharsets.UTF_8));
            out.close();
        }
    }

    /// UTF-8 in, another charset out. A character that has no place there stops the run before
    /// anything is published.
    private static final class Encoded extends OutputStream {
        private final OutputStream out;
        private final CharsetEncoder encoder;
        private final java.nio.charset.CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        private final ByteBuffer left = ByteBuffer.allocate(CHARS + 8);
        private final CharBuffer chars = CharBuffer.allocate(CHARS + 8);
        private final String dataset;

        Encoded(OutputStream out, Charset charset, String dataset) {
            this.out = out;
            this.dataset = dataset;
            this.encoder =
                    charset.newEncoder()
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .onMalformedInput(CodingErrorAction.REPORT);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] b, int offset, int length) throws IOException {
            int at = offset;
            while (at < offset + length) {
                int count = Math.min(CHARS, offset + length - at);
                left.put(b, at, count).flip();
                decoder.decode(left, chars, false);
                left.compact();
                encode();
                at += count;
            }
        }

        private void encode() throws IOException {
            chars.flip();
            try {
                ByteBuffer bytes = encoder.encode(chars);
                out.write(bytes.array(), bytes.arrayOffset(), bytes.limit());
            } catch (java.nio.charset.CharacterCodingException e) {
                throw new ProblemException(
                        ProblemException.of(
                                        ProblemCode.VALUE_OUT_OF_RANGE,
                                        "a text holds a character that "
                                                + encoder.charset().name()
                                                + " does not have",
                                        "write the file in gb18030 or utf-8: 'charset' under"
                                                + " 'formats'")
                                .at(dataset)
                                .problem(),
                        e);
            }
            chars.clear();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
