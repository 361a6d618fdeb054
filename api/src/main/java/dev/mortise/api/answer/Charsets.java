package dev.mortise.api.answer;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// The character sets that answers name, and text in them. Nothing is replaced: bytes that are
/// not of the character set end the reading.
public final class Charsets {
    private Charsets() {}

    /// The character set of a name; empty when there is none. What is labelled with one of the
    /// older Chinese sets, or with ASCII, is in practice of the one that has grown out of it.
    public static Optional<Charset> named(String name) {
        try {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "gb2312", "gbk", "x-gbk", "cp936", "euc-cn" ->
                        Optional.of(Charset.forName("GB18030"));
                case "us-ascii", "ascii" -> Optional.of(StandardCharsets.UTF_8);
                default ->
                        Charset.isSupported(name)
                                ? Optional.of(Charset.forName(name))
                                : Optional.empty();
            };
        } catch (IllegalCharsetNameException _) {
            return Optional.empty();
        }
    }

    /// Text that is read while it comes.
    ///
    /// @throws ProblemException SERVER_FAILED while it is read, at bytes that are no text
    public static Reader reader(InputStream body, Charset charset) {
        InputStreamReader text =
                new InputStreamReader(
                        body,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT));
        return new Strict(text, charset);
    }

    private static final class Strict extends Reader {
        private final Reader text;
        private final Charset charset;

        Strict(Reader text, Charset charset) {
            this.text = text;
            this.charset = charset;
        }

        @Override
        public int read(char[] into, int offset, int count) throws IOException {
            try {
                return text.read(into, offset, count);
            } catch (CharacterCodingException e) {
                throw new ProblemException(
                        ProblemException.of(
                                        ProblemCode.SERVER_FAILED,
                                        "expected text in %s, got bytes that are none"
                                                .formatted(charset.name()),
                                        "say what it is written in by 'charset' of the resource,"
                                                + " such as gb18030")
                                .problem(),
                        e);
            }
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }
}
