package dev.mortise.connectors.file;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Which charset a text is in, and a stream of it in UTF-8.
final class Charsets {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final int CONFIDENCE_MIN = 60;
    private static final int CODE_BYTES_MAX = 4;
    private static final int GUESS_BYTES = 256 << 10;

    /// Never part of UTF-8: what cannot be decoded becomes this, so that its row is rejected.
    static final byte INVALID = (byte) 0xFF;

    private Charsets() {}

    /// A charset and how many bytes of mark stand before the text.
    record Found(Charset charset, int mark) {
        boolean utf8() {
            return charset.equals(StandardCharsets.UTF_8);
        }
    }

    /// Finds the charset from the beginning of a file: by its mark, then by being valid UTF-8,
    /// then by the look of its bytes.
    ///
    /// @param whole whether the sample is all there is
    static Found find(String wanted, byte[] sample, boolean whole) {
        Found marked = marked(sample);
        if (!wanted.equals(FileFormat.Dialect.AUTO)) {
            Charset charset = Charset.forName(wanted);
            return marked != null && sameFamily(charset, marked.charset())
                    ? marked
                    : new Found(charset, 0);
        }
        if (marked != null) {
            return marked;
        }
        if (decodes(StandardCharsets.UTF_8, sample, whole)) {
            return new Found(StandardCharsets.UTF_8, 0);
        }
        return new Found(guess(sample, whole), 0);
    }

    private static boolean sameFamily(Charset wanted, Charset marked) {
        return wanted.equals(marked)
                || (wanted.equals(StandardCharsets.UTF_16) && marked.name().startsWith("UTF-16"));
    }

    private static @org.jspecify.annotations.Nullable Found marked(byte[] b) {
        if (b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) {
            return new Found(StandardCharsets.UTF_8, 3);
        }
        if (b.length >= 2 && b[0] == (byte) 0xFF && b[1] == (byte) 0xFE) {
            return new Found(StandardCharsets.UTF_16LE, 2);
        }
        if (b.length >= 2 && b[0] == (byte) 0xFE && b[1] == (byte) 0xFF) {
            return new Found(StandardCharsets.UTF_16BE, 2);
        }
        return null;
    }

    /// Text of Chinese offices is GB18030 unless something else is much likelier.
    private static Charset guess(byte[] sample, boolean whole) {
        byte[] head = sample.length > GUESS_BYTES ? Arrays.copyOf(sample, GUESS_BYTES) : sample;
        CharsetDetector detector = new CharsetDetector();
        detector.setText(head);
        CharsetMatch best = detector.detect();
        boolean sure =
                best != null
                        && best.getConfidence() >= CONFIDENCE_MIN
                        && Charset.isSupported(best.getName());
        Charset likely = sure ? Charset.forName(best.getName()) : GB18030;
        if (!likely.name().startsWith("UTF") && decodes(GB18030, sample, whole)) {
            boolean eastern = likely.newEncoder().maxBytesPerChar() > 1;
            return eastern ? likely : GB18030;
        }
        return sure ? likely : Charset.forName("windows-1252");
    }

    static boolean decodes(Charset charset, byte[] sample, boolean whole) {
        int cut = whole ? 0 : Math.min(CODE_BYTES_MAX, sample.length);
        for (int i = 0; i <= cut; i++) {
            try {
                charset.newDecoder().decode(ByteBuffer.wrap(sample, 0, sample.length - i));
                return true;
            } catch (CharacterCodingException _) {
                // The sample may end within a character: try it shorter.
            }
        }
        return false;
    }

    /// Whether bytes are UTF-8 as the standard has it: shortest forms only, no surrogates.
    static boolean utf8(byte[] b, int start, int end) {
        int at = start;
        while (at < end) {
            int lead = b[at++];
            if (lead < 0) {
                int more = lead < -62 ? -1 : lead < -32 ? 1 : lead < -16 ? 2 : lead < -11 ? 3 : -1;
                if (more < 0 || at + more > end || !second(lead, b[at])) {
                    return false;
                }
                if (!continued(b, at, more)) {
                    return false;
                }
                at += more;
            }
        }
        return true;
    }

    private static boolean continued(byte[] b, int start, int count) {
        for (int i = start; i < start + count; i++) {
            if (b[i] >= -64) {
                return false;
            }
        }
        return true;
    }

    private static boolean second(int lead, int next) {
        return switch (lead) {
            case -32 -> next >= -96;
            case -19 -> next < -96;
            case -16 -> next >= -112;
            case -12 -> next < -112;
            default -> true;
        };
    }

    /// The same text in UTF-8.
    static InputStream utf8(InputStream in, Charset from) {
        return from.equals(StandardCharsets.UTF_8) ? in : new Recoded(in, from);
    }

    /// Decodes and encodes a buffer at a time.
    private static final class Recoded extends InputStream {
        private static final int BYTES = 64 << 10;

        private final InputStream in;
        private final CharsetDecoder decoder;
        private final ByteBuffer raw = ByteBuffer.allocate(BYTES).limit(0);
        private final CharBuffer chars = CharBuffer.allocate(BYTES);
        private byte[] ready = new byte[0];
        private int at;
        private boolean ended;

        Recoded(InputStream in, Charset from) {
            this.in = in;
            this.decoder =
                    from.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (at == ready.length) {
                if (ended) {
                    return -1;
                }
                decode();
            }
            int count = Math.min(length, ready.length - at);
            System.arraycopy(ready, at, target, offset, count);
            at += count;
            return count;
        }

        private void decode() throws IOException {
            raw.compact();
            int read = in.read(raw.array(), raw.position(), raw.remaining());
            raw.position(raw.position() + Math.max(read, 0)).flip();
            chars.clear();
            CoderResult result = decoder.decode(raw, chars, read < 0);
            boolean bad = result.isError();
            if (bad) {
                raw.position(raw.position() + result.length());
            }
            ended = read < 0 && !bad && !raw.hasRemaining();
            if (ended) {
                decoder.flush(chars);
            }
            publish(bad);
        }

        private void publish(boolean bad) {
            String text = chars.flip().toString();
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            ready = bad ? Arrays.copyOf(utf8, utf8.length + 1) : utf8;
            if (bad) {
                ready[utf8.length] = INVALID;
            }
            at = 0;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
