package dev.mortise.api.soap;

import dev.mortise.api.soap.multipart.MultipartReader;
import dev.mortise.api.soap.schema.Xml;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The beginning of an envelope: white space before it is passed over, and its charset is what it
/// says itself, else what the content type says.
final class Opening {
    private static final int HEAD_BYTES = 256;

    private Opening() {}

    static XMLStreamReader of(InputStream stream, String contentType)
            throws IOException, XMLStreamException {
        BufferedInputStream in = new BufferedInputStream(stream);
        skipSpace(in);
        in.mark(HEAD_BYTES);
        String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
        in.reset();
        Optional<String> charset =
                MultipartReader.parameter(contentType, "charset")
                        .filter(_ -> !tells(head))
                        .filter(Opening::known);
        return charset.isPresent() ? Xml.stream(in, charset.get()) : Xml.stream(in);
    }

    private static void skipSpace(BufferedInputStream in) throws IOException {
        in.mark(1);
        int c = in.read();
        while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            in.mark(1);
            c = in.read();
        }
        in.reset();
    }

    /// Whether a document says its charset, by a declaration or a byte order mark.
    private static boolean tells(String head) {
        boolean marked =
                head.startsWith("\u00ef\u00bb\u00bf") || head.matches("(?s)[\u00fe\u00ff].*");
        int end = head.indexOf("?>");
        boolean declared = head.startsWith("<?xml") && end > 0;
        return marked || (declared && head.substring(0, end).contains("encoding"));
    }

    private static boolean known(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
