package dev.mortise.api.soap;

import dev.mortise.api.soap.schema.Xml;
import dev.mortise.api.soap.wsdl.SoapVersion;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;

/// Writes XML as a stream, in UTF-8. A namespace is declared on the first element that needs it;
/// there is never a default namespace, so an unqualified name is unqualified wherever it stands.
///
/// Every character comes back from a parser as it was: carriage returns are written as references,
/// and so is white space in attributes.
final class Markup {
    private static final String XMLNS = "xmlns:";

    private final Writer out;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final Map<String, String> wanted = new HashMap<>();
    private boolean tagOpen;
    private int made;

    /// An open element and the prefixes in scope in it, by namespace.
    private record Level(String tag, Map<String, String> prefixes) {}

    Markup(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 13);
        wanted.put(Xml.XSI, "xsi");
        wanted.put(Xml.XSD, "xs");
        wanted.put(SoapVersion.V1_1.namespace(), "soap");
        wanted.put(SoapVersion.V1_2.namespace(), "soap");
        wanted.put(SecurityHeader.WSSE, "wsse");
        wanted.put(SecurityHeader.WSU, "wsu");
    }

    void start(QName name) {
        closeTag();
        Map<String, String> scope = levels.isEmpty() ? Map.of() : levels.element().prefixes();
        String namespace = name.getNamespaceURI();
        boolean fresh = !namespace.isEmpty() && !scope.containsKey(namespace);
        if (fresh) {
            scope = new HashMap<>(scope);
            scope.put(namespace, prefix(namespace));
        }
        String tag = tag(scope, name);
        levels.push(new Level(tag, scope));
        raw("<" + tag);
        tagOpen = true;
        if (fresh) {
            declare(namespace, scope.getOrDefault(namespace, ""));
        }
    }

    private static String tag(Map<String, String> scope, QName name) {
        return name.getNamespaceURI().isEmpty()
                ? name.getLocalPart()
                : scope.get(name.getNamespaceURI()) + ":" + name.getLocalPart();
    }

    private String prefix(String namespace) {
        String known = wanted.get(namespace);
        if (known == null) {
            known = fresh();
            wanted.put(namespace, known);
        }
        return known;
    }

    /// No prefix ever means two namespaces, so none hides another.
    private String fresh() {
        String prefix = "n" + ++made;
        return wanted.containsValue(prefix) ? fresh() : prefix;
    }

    /// Takes this prefix for a namespace, unless either has been taken.
    void prefer(String namespace, String prefix) {
        boolean taken =
                prefix.isEmpty()
                        || namespace.isEmpty()
                        || wanted.containsKey(namespace)
                        || wanted.containsValue(prefix);
        if (!taken) {
            wanted.put(namespace, prefix);
        }
    }

    /// A prefix for a namespace, declared on the open tag when it is not yet.
    String prefixed(String namespace) {
        Level level = levels.element();
        String known = level.prefixes().get(namespace);
        if (known != null) {
            return known;
        }
        Map<String, String> scope = new HashMap<>(level.prefixes());
        String prefix = prefix(namespace);
        scope.put(namespace, prefix);
        levels.pop();
        levels.push(new Level(level.tag(), scope));
        declare(namespace, prefix);
        return prefix;
    }

    private void declare(String namespace, String prefix) {
        raw(" " + XMLNS + prefix + "=\"" + escaped(namespace, true) + "\"");
    }

    /// An attribute of the element that was just started.
    void attribute(QName name, String value) {
        String namespace = name.getNamespaceURI();
        String prefix =
                switch (namespace) {
                    case "" -> "";
                    case XMLConstants.XML_NS_URI -> "xml:";
                    default -> prefixed(namespace) + ":";
                };
        raw(" " + prefix + name.getLocalPart() + "=\"" + escaped(value, true) + "\"");
    }

    /// The name as text in the scope of the element that was just started.
    String text(QName name) {
        String namespace = name.getNamespaceURI();
        return namespace.isEmpty()
                ? name.getLocalPart()
                : prefixed(namespace) + ":" + name.getLocalPart();
    }

    void text(String text) {
        closeTag();
        raw(escaped(text, false));
    }

    /// Markup that stands by itself: it declares the prefixes it uses.
    void fragment(String markup) {
        closeTag();
        raw(markup);
    }

    void end() {
        Level level = levels.pop();
        if (tagOpen) {
            tagOpen = false;
            raw("/>");
            return;
        }
        raw("</" + level.tag() + ">");
    }

    void leaf(QName name, String text) {
        start(name);
        text(text);
        end();
    }

    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeTag() {
        if (tagOpen) {
            tagOpen = false;
            raw(">");
        }
    }

    private void raw(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String escaped(String text, boolean attribute) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '\r' -> safe.append("&#13;");
                case '"' -> safe.append(attribute ? "&quot;" : "\"");
                case '\t' -> safe.append(attribute ? "&#9;" : "\t");
                case '\n' -> safe.append(attribute ? "&#10;" : "\n");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /// Whether XML can carry the text at all: most control characters it cannot.
    static boolean carries(String text) {
        return text.codePoints()
                .allMatch(
                        c ->
                                (c >= 0x20 && c <= 0xD7FF)
                                        || (c >= 0xE000 && c <= 0xFFFD)
                                        || c >= 0x10000
                                        || c == '\r'
                                        || c == 0x9
                                        || c == 0xA);
    }
}
