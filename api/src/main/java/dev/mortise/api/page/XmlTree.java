package dev.mortise.api.page;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// One element with what is in it. An element that stands there more than once is an array; one
/// with nothing but text is a string; one with nothing at all, or `xsi:nil`, is null. Text beside
/// attributes or elements is `#text`.
final class XmlTree {
    private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema-instance";
    private static final int DEPTH_MAX = 64;

    /// Characters of one element at most, names included.
    private static final long SIZE_MAX = 32L * 1_024 * 1_024;

    private final Map<String, List<XmlTree>> names = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private boolean nil;

    /// Whether it is an object even when it holds nothing but text.
    private boolean object;

    /// Reads the element the reader stands at, to its end.
    ///
    /// @param record whether it is written as an object in any case
    static XmlTree of(XMLStreamReader xml, boolean record) throws XMLStreamException {
        XmlTree tree = read(xml, 0, new long[1]);
        tree.object = record;
        return tree;
    }

    private static XmlTree read(XMLStreamReader xml, int depth, long[] size)
            throws XMLStreamException {
        if (depth > DEPTH_MAX) {
            throw tooLarge("elements within " + DEPTH_MAX + " elements");
        }
        XmlTree tree = new XmlTree();
        tree.attributes(xml, size);
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT ->
                        tree.add(xml.getLocalName(), read(xml, depth + 1, size), size);
                case XMLStreamConstants.END_ELEMENT -> {
                    return tree;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    grow(size, xml.getTextLength());
                    tree.text.append(
                            xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw forbidden();
                default -> {
                    // Comments, instructions and white space nobody means.
                }
            }
        }
    }

    private void attributes(XMLStreamReader xml, long[] size) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String value = xml.getAttributeValue(i);
            if (SCHEMA.equals(xml.getAttributeNamespace(i))) {
                nil |= xml.getAttributeLocalName(i).equals("nil") && value.matches("true|1");
                continue;
            }
            XmlTree attribute = new XmlTree();
            attribute.text.append(value);
            add("@" + xml.getAttributeLocalName(i), attribute, size);
        }
    }

    private void add(String name, XmlTree inner, long[] size) {
        grow(size, name.length() + 16L);
        names.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(inner);
    }

    private static void grow(long[] size, long more) {
        size[0] += more;
        if (size[0] > SIZE_MAX) {
            throw tooLarge("more than " + SIZE_MAX + " characters in one element");
        }
    }

    private static ProblemException tooLarge(String found) {
        return ProblemException.of(
                ProblemCode.LIMIT_EXCEEDED,
                "expected records that fit into memory, got " + found,
                "let 'records' lead to the element that repeats, as in '/list/item'");
    }

    static ProblemException forbidden() {
        return ProblemException.of(
                ProblemCode.SERVER_FAILED,
                "expected XML without a document type and without entities of its own",
                "ask the API's owner to leave out the DOCTYPE; it is never read, for safety");
    }

    void write(JsonBytes out) {
        if (nil && !object) {
            out.raw("null");
        } else if (names.isEmpty() && !object) {
            leaf(out);
        } else {
            object(out);
        }
    }

    private void leaf(JsonBytes out) {
        if (text.isEmpty()) {
            out.raw("null");
        } else {
            out.string(text);
        }
    }

    private void object(JsonBytes out) {
        out.raw("{");
        boolean first = true;
        for (Map.Entry<String, List<XmlTree>> entry : names.entrySet()) {
            out.raw(first ? "" : ",").string(entry.getKey()).raw(":");
            first = false;
            many(out, entry.getValue());
        }
        if (!text.toString().isBlank()) {
            out.raw(first ? "" : ",").string("#text").raw(":").string(text.toString().strip());
        }
        out.raw("}");
    }

    private static void many(JsonBytes out, List<XmlTree> trees) {
        if (trees.size() == 1) {
            trees.getFirst().write(out);
            return;
        }
        out.raw("[");
        for (int i = 0; i < trees.size(); i++) {
            out.raw(i == 0 ? "" : ",");
            trees.get(i).write(out);
        }
        out.raw("]");
    }
}
