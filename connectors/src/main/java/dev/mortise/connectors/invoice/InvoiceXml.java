package dev.mortise.connectors.invoice;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads the words of one XML document as a stream of events. The document says its charset itself.
/// A document type declaration is refused before anything in it is looked at, so there are no
/// entities to expand and nothing to fetch. Used by one thread.
final class InvoiceXml {
    private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

    InvoiceXml() {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver(
                (_, _, _, _) -> {
                    throw new XMLStreamException("entities are not resolved");
                });
    }

    /// The words of an invoice.
    Draft invoice(byte[] document) throws Refusal {
        return read(document, "einvoice");
    }

    /// The custom data of an `OFD.xml`.
    Draft customData(byte[] document) throws Refusal {
        return read(document, "ofd");
    }

    private Draft read(byte[] document, String root) throws Refusal {
        try {
            XMLStreamReader reader =
                    factory.createXMLStreamReader(new ByteArrayInputStream(document));
            try {
                return read(new XmlScan(root), reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new Refusal("expected well-formed XML, " + reason(e), e);
        }
    }

    private static Draft read(XmlScan scan, XMLStreamReader reader)
            throws Refusal, XMLStreamException {
        try {
            while (reader.hasNext()) {
                scan.take(reader.next(), reader);
            }
        } catch (IllegalStateException | IndexOutOfBoundsException | NullPointerException e) {
            // The JDK's parser answers some broken documents so, instead of saying where.
            throw new Refusal("expected well-formed XML, the parser gave up", e);
        }
        return scan.draft();
    }

    /// What the parser says, on one line and without its own headings.
    private static String reason(XMLStreamException e) {
        String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        String message = text.replaceFirst("^ParseError at \\[.*?\\] ?Message: ", "");
        var place = e.getLocation();
        return place == null || place.getLineNumber() < 0
                ? "got: " + message
                : "line %d, column %d: %s"
                        .formatted(place.getLineNumber(), place.getColumnNumber(), message);
    }

    /// Turns the events of one document into its words. Elements may come in any order; those we do
    /// not know are counted and passed over.
    static final class XmlScan {
        /// Values that are known and not kept: labels, seals, printing and control codes.
        private static final Set<String> IGNORED =
                Set.of(
                        "areacode",
                        "authenticationmethods",
                        "checker",
                        "deductibleamount",
                        "docid",
                        "einvoicetag",
                        "freetaxmark",
                        "graphcode",
                        "invoicecheckcode",
                        "invoicesia1",
                        "invoicesia2",
                        "issuea1",
                        "issuea2",
                        "labelcode",
                        "labelname",
                        "labeltype",
                        "lineno",
                        "linenature",
                        "machineno",
                        "payee",
                        "preferentialmark",
                        "signature",
                        "taxbureauname",
                        "taxcontrolcode",
                        "taxinclusivetotalamountwithwords",
                        "totaltax-includedamountinchinese",
                        "tpvn",
                        "vatspecialmanagement",
                        "version");

        private final String root;
        private final Draft draft = new Draft();
        private final List<String> around = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private @Nullable Term term;
        private @Nullable Map<Term, String> item;
        private boolean leaf;
        private int elements;

        /// @param root the name the outermost element must have, in lower case
        XmlScan(String root) {
            this.root = root;
        }

        Draft draft() {
            return draft;
        }

        void take(int event, XMLStreamReader reader) throws Refusal {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> start(reader);
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS,
                        XMLStreamConstants.CDATA,
                        XMLStreamConstants.SPACE ->
                        append(reader);
                case XMLStreamConstants.DTD ->
                        throw new Refusal(
                                "expected no document type declaration, got one; it may hide"
                                        + " entities");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new Refusal(
                                "expected no entities, got '&" + reader.getLocalName() + ";'");
                default -> {
                    // Comments and processing instructions say nothing about an invoice.
                }
            }
        }

        private void start(XMLStreamReader reader) throws Refusal {
            String name = reader.getLocalName().toLowerCase(Locale.ROOT);
            if (++elements > Limits.ELEMENTS_MAX || around.size() == Limits.ELEMENT_DEPTH_MAX) {
                throw new Refusal(
                        "expected at most %d elements, %d deep, got more"
                                .formatted(Limits.ELEMENTS_MAX, Limits.ELEMENT_DEPTH_MAX));
            }
            if (around.isEmpty() && !name.equals(root)) {
                throw new Refusal(
                        "expected an invoice, the root element is '" + reader.getLocalName() + "'");
            }
            term = around.isEmpty() ? null : termOf(name, reader);
            if (Term.ITEM_ELEMENTS.contains(name)) {
                item = new EnumMap<>(Term.class);
            }
            around.add(name);
            text.setLength(0);
            leaf = true;
        }

        private @Nullable Term termOf(String name, XMLStreamReader reader) {
            if (!name.equals(Term.CUSTOM_DATA)) {
                return Term.at(around.getLast(), name);
            }
            String said = reader.getAttributeValue(null, "Name");
            return said == null ? null : Term.at(Term.CUSTOM_DATA, said.replaceAll("\\s", ""));
        }

        private void append(XMLStreamReader reader) throws Refusal {
            if (term == null) {
                return;
            }
            if (text.length() + reader.getTextLength() > Limits.VALUE_CHARS_MAX) {
                throw new Refusal(
                        "expected a value of at most %d characters in '%s', got more"
                                .formatted(Limits.VALUE_CHARS_MAX, around.getLast()));
            }
            text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }

        private void end() throws Refusal {
            String name = around.removeLast();
            if (leaf && term != null) {
                put(term, text.toString().strip());
            } else if (leaf && !IGNORED.contains(name) && !Term.ITEM_ELEMENTS.contains(name)) {
                draft.addUnknown();
            }
            if (item != null && Term.ITEM_ELEMENTS.contains(name)) {
                draft.add(item);
                item = null;
            }
            term = null;
            leaf = false;
        }

        private void put(Term found, String value) {
            if (!found.ofItem()) {
                draft.put(found, value);
            } else if (item != null && !value.isEmpty()) {
                item.putIfAbsent(found, value);
            }
        }
    }
}
