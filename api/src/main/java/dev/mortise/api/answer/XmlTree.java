package dev.mortise.api.answer;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// An XML document of a stranger: no document type, so no entities, and nothing outside it is read.
///
/// @param root null when it could not be read
record XmlTree(@Nullable Element root) {
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    boolean parsed() {
        return root != null;
    }

    static XmlTree parse(String text) {
        String start = text.strip();
        if (!start.startsWith("<")) {
            return new XmlTree(null);
        }
        try {
            return new XmlTree(
                    builder().parse(new InputSource(new StringReader(start))).getDocumentElement());
        } catch (SAXException | IOException _) {
            return new XmlTree(null);
        }
    }

    private static DocumentBuilder builder() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Quiet());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the parser of the JDK can be made safe", e);
        }
    }

    List<String> texts(AnswerPath.InXml path) {
        if (root == null) {
            return List.of();
        }
        List<String> steps = path.steps();
        List<Element> found = new ArrayList<>();
        if (path.anywhere()) {
            collect(root, steps.getFirst(), found);
        } else if (named(root, steps.getFirst())) {
            found.add(root);
        }
        for (String step : steps.subList(1, steps.size())) {
            if (step.startsWith("@")) {
                return found.stream().flatMap(e -> attribute(e, step.substring(1))).toList();
            }
            found = found.stream().flatMap(e -> children(e, step).stream()).toList();
        }
        return found.stream().map(e -> e.getTextContent().strip()).toList();
    }

    private static Stream<String> attribute(Element element, String name) {
        return IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(i -> element.getAttributes().item(i))
                .filter(a -> named(a, name))
                .map(Node::getNodeValue);
    }

    private static boolean named(Node node, String name) {
        return name.equals(node.getLocalName());
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element child && named(child, name)) {
                found.add(child);
            }
        }
        return found;
    }

    private static void collect(Element top, String name, List<Element> found) {
        if (named(top, name)) {
            found.add(top);
        }
        NodeList below = top.getElementsByTagNameNS("*", name);
        for (int i = 0; i < below.getLength(); i++) {
            found.add((Element) below.item(i));
        }
    }

    /// The JDK's own handler writes to the standard error stream.
    private static final class Quiet implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // What can be read is judged.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
