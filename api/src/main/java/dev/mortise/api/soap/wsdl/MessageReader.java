package dev.mortise.api.soap.wsdl;

import dev.mortise.api.soap.schema.Library;
import dev.mortise.api.soap.schema.Particle;
import dev.mortise.api.soap.schema.Particle.Child;
import dev.mortise.api.soap.schema.Shape;
import dev.mortise.api.soap.schema.ShapeReader;
import dev.mortise.api.soap.schema.Structure;
import dev.mortise.api.soap.schema.Xml;
import dev.mortise.api.soap.wsdl.Operation.Style;
import dev.mortise.api.soap.wsdl.WsdlReader.Definition;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/// Reads what an operation carries one way: the parts of its body, and its header blocks.
final class MessageReader {
    private static final Set<String> SOAP = Set.of(Xml.WSDL_SOAP_11, Xml.WSDL_SOAP_12);
    private static final Set<String> ELSEWHERE = Set.of("header", "content");

    private final WsdlReader wsdl;
    private final Library library;
    private final ShapeReader shapes;

    MessageReader(WsdlReader wsdl, Library library, ShapeReader shapes) {
        this.wsdl = wsdl;
        this.library = library;
        this.shapes = shapes;
    }

    /// One operation of a binding beside the operation of the port type it binds.
    ///
    /// @param bound the node in the binding
    /// @param declared the node in the port type
    record Pair(
            Definition binding, Element bound, Definition portType, Element declared, Style style) {
        String name() {
            return bound.getAttribute("name");
        }

        String place() {
            return binding.place() + "." + name();
        }
    }

    /// An empty message when there is none in this direction, nothing when it cannot be found.
    Optional<Message> read(Pair pair, String direction) {
        List<Element> declared = Xml.children(pair.declared(), Xml.WSDL, direction);
        if (declared.isEmpty()) {
            return Optional.of(Message.NONE);
        }
        Optional<Definition> message =
                wsdl.find("message", pair.portType(), declared.getFirst(), "message");
        List<Element> bound = Xml.children(pair.bound(), Xml.WSDL, direction);
        List<Element> bodies = bound.stream().flatMap(b -> bodies(b).stream()).toList();
        return message.map(
                m ->
                        new Message(
                                body(pair, direction, bodies, parts(m, bound, bodies)),
                                bound.stream().flatMap(b -> headers(pair, b)).toList()));
    }

    /// The parts that stand in the body: those it lists, or all that are no attachment or header.
    private static List<Element> parts(
            Definition message, List<Element> bound, List<Element> bodies) {
        List<Element> parts = Xml.children(message.node(), Xml.WSDL, "part");
        Optional<Set<String>> listed =
                bodies.stream()
                        .filter(b -> b.hasAttribute("parts"))
                        .map(b -> words(b.getAttribute("parts")))
                        .findFirst();
        Set<String> elsewhere =
                bound.stream()
                        .flatMap(MessageReader::below)
                        .filter(e -> ELSEWHERE.contains(String.valueOf(e.getLocalName())))
                        .map(e -> e.getAttribute("part"))
                        .collect(Collectors.toSet());
        return parts.stream()
                .filter(
                        p ->
                                listed.map(l -> l.contains(p.getAttribute("name")))
                                        .orElse(!elsewhere.contains(p.getAttribute("name"))))
                .toList();
    }

    private static Set<String> words(String list) {
        return Set.copyOf(Arrays.asList(list.strip().split("\\s+", -1)));
    }

    private List<Child> body(
            Pair pair, String direction, List<Element> bodies, List<Element> parts) {
        List<Child> children = parts.stream().flatMap(p -> part(pair, p).stream()).toList();
        if (pair.style() == Style.DOCUMENT) {
            return children;
        }
        String namespace =
                bodies.stream()
                        .map(b -> b.getAttribute("namespace"))
                        .filter(n -> !n.isEmpty())
                        .findFirst()
                        .orElse(pair.binding().namespace());
        String name = pair.name() + (direction.equals("output") ? "Response" : "");
        Particle all = new Particle.Sequence(List.copyOf(children), 1, 1);
        Structure wrapper = Structure.of(new QName(namespace, ""), all);
        return List.of(new Child(new QName(namespace, name), name, wrapper, false, 1, 1));
    }

    private Optional<Child> part(Pair pair, Element part) {
        if (part.hasAttribute("element")) {
            QName name = Xml.name(part, part.getAttribute("element"));
            Optional<Child> element = shapes.element(name);
            if (element.isEmpty()) {
                shapes.missing("element", name, pair.place());
                Shape any = ShapeReader.ANYTHING;
                return Optional.of(new Child(name, name.getLocalPart(), any, false, 1, 1));
            }
            return element;
        }
        String name = part.getAttribute("name");
        QName type = Xml.name(part, part.getAttribute("type"));
        if (pair.style() == Style.DOCUMENT) {
            library.report(
                    new Problem(
                            ProblemCode.TYPE_UNSUPPORTED,
                            "a document part has an element, part '%s' a type; its name is used"
                                    .formatted(name),
                            pair.place(),
                            "try the call; else ask for a WSDL that conforms to WS-I"));
        }
        Shape shape = shapes.type(type, pair.place());
        return Optional.of(new Child(new QName(name), name, shape, true, 1, 1));
    }

    private Stream<Child> headers(Pair pair, Element direction) {
        return below(direction)
                .filter(e -> SOAP.contains(e.getNamespaceURI()) && isNamed(e, "header"))
                .flatMap(h -> header(pair, h).stream());
    }

    private Optional<Child> header(Pair pair, Element header) {
        return wsdl.find("message", pair.binding(), header, "message").stream()
                .flatMap(m -> Xml.children(m.node(), Xml.WSDL, "part").stream())
                .filter(p -> p.getAttribute("name").equals(header.getAttribute("part")))
                .filter(p -> p.hasAttribute("element"))
                .findFirst()
                .flatMap(p -> part(pair, p))
                .map(c -> c.times(0, 1));
    }

    static Optional<Element> soap(Element parent, String name) {
        return Xml.children(parent).stream()
                .filter(c -> SOAP.contains(c.getNamespaceURI()) && isNamed(c, name))
                .findFirst();
    }

    static List<Element> bodies(Element direction) {
        return below(direction)
                .filter(e -> SOAP.contains(e.getNamespaceURI()) && isNamed(e, "body"))
                .toList();
    }

    /// Extension elements, those inside a `mime:multipartRelated` among them.
    private static Stream<Element> below(Element node) {
        return Xml.children(node).stream().flatMap(c -> Stream.concat(Stream.of(c), below(c)));
    }

    private static boolean isNamed(Element node, String name) {
        return name.equals(node.getLocalName());
    }
}
