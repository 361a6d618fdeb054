package dev.mortise.api.soap.wsdl;

import dev.mortise.api.soap.schema.Documents;
import dev.mortise.api.soap.schema.Library;
import dev.mortise.api.soap.schema.Schemas;
import dev.mortise.api.soap.schema.ShapeReader;
import dev.mortise.api.soap.schema.Xml;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Gathers the definitions of a WSDL and of those it imports, then reads its SOAP ports.
///
/// documents ─► definitions by name, schemas ─► ports ─► bindings ─► [OperationReader]
final class WsdlReader {
    private static final String WSDL_2 = "http://www.w3.org/ns/wsdl";
    private static final Set<String> SORTS = Set.of("message", "portType", "binding", "service");

    /// A definition of WSDL with the document and the target namespace it stands under.
    record Definition(Element node, String location, String namespace) {
        String name() {
            return node.getAttribute("name");
        }

        String place() {
            return location + "#" + name();
        }
    }

    private final Library library;
    private final String location;
    private final Schemas schemas;
    private final Map<String, Map<QName, Definition>> definitions = new HashMap<>();
    private final Set<String> visited = new HashSet<>();
    private final List<Operation> operations = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    WsdlReader(Documents documents, String location) {
        this.library = new Library(documents);
        this.location = location;
        this.schemas = new Schemas(library);
        SORTS.forEach(sort -> definitions.put(sort, new LinkedHashMap<>()));
    }

    Wsdl read() {
        Document document =
                library.open(location)
                        .orElseThrow(() -> new ProblemException(library.problems().getFirst()));
        Element root = document.getDocumentElement();
        if (!Xml.is(root, Xml.WSDL, "definitions")) {
            throw refused(root);
        }
        visited.add(location);
        gather(root, location);
        OperationReader reader =
                new OperationReader(this, library, new ShapeReader(schemas, library));
        all("service").forEach(s -> service(s, reader));
        if (all("service").isEmpty()) {
            all("binding").forEach(b -> port(b, new Port("", b.name(), ""), reader));
        }
        if (operations.isEmpty()) {
            library.report(nothing());
        }
        String name =
                all("service").stream()
                        .map(Definition::name)
                        .findFirst()
                        .orElse(root.getAttribute("targetNamespace"));
        return new Wsdl(name, operations, library.problems());
    }

    private ProblemException refused(Element root) {
        boolean second = WSDL_2.equals(root.getNamespaceURI());
        String found = second ? "WSDL 2.0" : "'" + root.getNodeName() + "'";
        return ProblemException.of(
                        second ? ProblemCode.VERSION_UNSUPPORTED : ProblemCode.DOCUMENT_INVALID,
                        "expected a WSDL 1.1 with 'definitions' at its root, got " + found,
                        "use the address that ends in '?wsdl'")
                .at(location);
    }

    private Problem nothing() {
        return new Problem(
                ProblemCode.DOCUMENT_INVALID,
                "expected SOAP operations with literal use, found none",
                location,
                "see the other problems, or use the WSDL of another port");
    }

    private void gather(Element root, String at) {
        String namespace = root.getAttribute("targetNamespace");
        for (Element types : Xml.children(root, Xml.WSDL, "types")) {
            Xml.children(types, Xml.XSD, "schema").forEach(s -> schemas.add(s, at));
        }
        for (Element child : Xml.children(root)) {
            String sort = String.valueOf(child.getLocalName());
            if (!Xml.WSDL.equals(child.getNamespaceURI())) {
                continue;
            }
            if (sort.equals("import")) {
                follow(child, at);
            }
            if (SORTS.contains(sort)) {
                Definition definition = new Definition(child, at, namespace);
                named(sort).putIfAbsent(new QName(namespace, definition.name()), definition);
            }
        }
    }

    private void follow(Element node, String at) {
        String given = node.getAttribute("location");
        String target = Documents.resolve(at, given);
        if (given.isEmpty() || !visited.add(target)) {
            return;
        }
        Optional<Document> found = library.open(target);
        found.map(Document::getDocumentElement)
                .ifPresent(
                        root -> {
                            // Some import a schema as if it were a WSDL.
                            if (Xml.is(root, Xml.XSD, "schema")) {
                                schemas.add(root, target);
                            } else {
                                gather(root, target);
                            }
                        });
    }

    private Map<QName, Definition> named(String sort) {
        return definitions.getOrDefault(sort, Map.of());
    }

    private List<Definition> all(String sort) {
        return List.copyOf(named(sort).values());
    }

    /// What a name refers to; when its prefix is wrong, the only one of that local name.
    Optional<Definition> find(String sort, Definition from, Element node, String attribute) {
        QName name = Xml.name(node, node.getAttribute(attribute));
        Definition exact = named(sort).get(name);
        List<Definition> alike =
                named(sort).entrySet().stream()
                        .filter(e -> e.getKey().getLocalPart().equals(name.getLocalPart()))
                        .map(Map.Entry::getValue)
                        .toList();
        if (exact != null || alike.size() == 1) {
            return Optional.of(exact != null ? exact : alike.getFirst());
        }
        library.report(
                new Problem(
                        ProblemCode.DOCUMENT_INVALID,
                        "expected a %s '%s', found none".formatted(sort, name),
                        from.place(),
                        "import the WSDL that defines it"));
        return Optional.empty();
    }

    /// A port before its binding is known.
    record Port(String service, String name, String location) {}

    private void service(Definition service, OperationReader reader) {
        for (Element node : Xml.children(service.node(), Xml.WSDL, "port")) {
            String address =
                    Xml.children(node).stream()
                            .filter(c -> "address".equals(c.getLocalName()))
                            .map(c -> c.getAttribute("location"))
                            .findFirst()
                            .orElse("");
            Port port = new Port(service.name(), node.getAttribute("name"), address.strip());
            find("binding", service, node, "binding").ifPresent(b -> port(b, port, reader));
        }
    }

    private void port(Definition binding, Port port, OperationReader reader) {
        for (Operation operation : reader.read(binding, port)) {
            operations.add(identified(operation));
        }
    }

    private Operation identified(Operation o) {
        String id = o.name();
        if (!ids.add(id)) {
            id = o.endpoint().port() + "." + o.name();
            String stem = id;
            for (int i = 2; !ids.add(id); i++) {
                id = stem + "_" + i;
            }
        }
        return new Operation(
                id,
                o.name(),
                o.endpoint(),
                o.style(),
                o.action(),
                o.input(),
                o.output(),
                o.oneWay(),
                o.json());
    }
}
