package dev.mortise.api.soap.schema;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/// The global components of every schema of a service, by name. Schemas may import each other in a
/// circle; a schema without a namespace takes that of the one which includes it.
public final class Schemas {
    /// The symbol spaces of XSD.
    enum Sort {
        ELEMENT,
        TYPE,
        GROUP,
        ATTRIBUTE,
        ATTRIBUTE_GROUP
    }

    /// The schema a component stands in.
    ///
    /// @param borrowed whether the namespace is that of the including schema
    record Home(
            String location, String namespace, boolean borrowed, boolean elements, boolean attrs) {
        /// What a name means here; without a prefix it may mean the borrowed namespace.
        QName name(Element scope, String lexical) {
            QName name = Xml.name(scope, lexical);
            boolean bare = name.getNamespaceURI().isEmpty() && borrowed;
            return bare ? new QName(namespace, name.getLocalPart()) : name;
        }
    }

    record Component(Element node, Home home) {
        QName name() {
            return new QName(home.namespace(), node.getAttribute("name"));
        }

        QName reference(String attribute) {
            return home.name(node, node.getAttribute(attribute));
        }
    }

    /// Namespaces everybody knows; their schemas are not needed, so a lost one is no problem.
    private static final Set<String> KNOWN =
            Set.of(
                    Xml.XSD,
                    Xml.ENCODING,
                    Xml.WSDL,
                    "http://www.w3.org/XML/1998/namespace",
                    "http://www.w3.org/2005/05/xmlmime",
                    "http://www.w3.org/2003/05/soap-encoding");

    private final Library library;
    private final Map<Sort, Map<QName, Component>> components = new HashMap<>();
    private final Map<QName, List<Component>> substitutes = new HashMap<>();
    private final Map<QName, List<Component>> derived = new HashMap<>();
    private final Set<List<String>> visited = new HashSet<>();

    public Schemas(Library library) {
        this.library = library;
    }

    Optional<Component> find(Sort sort, QName name) {
        return Optional.ofNullable(components.getOrDefault(sort, Map.of()).get(name));
    }

    /// Elements that name this one the head of their substitution group.
    List<Component> substitutes(QName head) {
        return substitutes.getOrDefault(head, List.of());
    }

    /// Global types that extend or restrict this one.
    List<Component> derived(QName base) {
        return derived.getOrDefault(base, List.of());
    }

    /// Takes in a schema that stands inside a WSDL, and all it imports.
    public void add(Element schema, String location) {
        add(schema, location, schema.getAttribute("targetNamespace"), false);
    }

    private void add(Element schema, String location, String namespace, boolean borrowed) {
        Home home =
                new Home(
                        location,
                        namespace,
                        borrowed,
                        schema.getAttribute("elementFormDefault").equals("qualified"),
                        schema.getAttribute("attributeFormDefault").equals("qualified"));
        for (Element child : Xml.children(schema)) {
            if (!Xml.XSD.equals(child.getNamespaceURI())) {
                continue;
            }
            switch (child.getLocalName()) {
                case "import" -> follow(child, home, child.getAttribute("namespace"));
                case "include" -> follow(child, home, namespace);
                case "redefine" -> redefine(child, home);
                case "element" -> put(Sort.ELEMENT, new Component(child, home));
                case "complexType", "simpleType" -> put(Sort.TYPE, new Component(child, home));
                case "group" -> put(Sort.GROUP, new Component(child, home));
                case "attribute" -> put(Sort.ATTRIBUTE, new Component(child, home));
                case "attributeGroup" -> put(Sort.ATTRIBUTE_GROUP, new Component(child, home));
                default -> {}
            }
        }
    }

    private void put(Sort sort, Component component) {
        QName name = component.name();
        Map<QName, Component> named = components.computeIfAbsent(sort, _ -> new HashMap<>());
        // Some tools write one schema into several documents: the first one stands.
        if (named.putIfAbsent(name, component) != null) {
            return;
        }
        if (sort == Sort.ELEMENT && component.node().hasAttribute("substitutionGroup")) {
            QName head = component.reference("substitutionGroup");
            substitutes.computeIfAbsent(head, _ -> new ArrayList<>()).add(component);
        }
        if (sort == Sort.TYPE) {
            base(component)
                    .ifPresent(
                            b -> derived.computeIfAbsent(b, _ -> new ArrayList<>()).add(component));
        }
    }

    /// The type a global complex type extends or restricts.
    private static Optional<QName> base(Component type) {
        return Xml.children(type.node()).stream()
                .filter(c -> "complexContent".equals(c.getLocalName()))
                .flatMap(c -> Xml.children(c).stream())
                .filter(d -> d.hasAttribute("base"))
                .map(d -> type.home().name(d, d.getAttribute("base")))
                .findFirst();
    }

    private void redefine(Element node, Home home) {
        follow(node, home, home.namespace());
        boolean changes = Xml.children(node).stream().anyMatch(c -> c.hasAttribute("name"));
        if (changes) {
            library.report(
                    new Problem(
                            ProblemCode.TYPE_UNSUPPORTED,
                            "expected types defined once, got 'xs:redefine'; the first is used",
                            home.location(),
                            "give the redefined type a name of its own"));
        }
    }

    private void follow(Element node, Home home, String namespace) {
        String given = node.getAttribute("schemaLocation");
        if (given.isEmpty() || KNOWN.contains(namespace)) {
            return;
        }
        String location = Documents.resolve(home.location(), given);
        if (!visited.add(List.of(location, namespace))) {
            return;
        }
        library.open(location)
                .ifPresent(found -> roots(found.getDocumentElement(), location, namespace));
    }

    private void roots(Element root, String location, String namespace) {
        if (Xml.is(root, Xml.XSD, "schema")) {
            boolean borrowed = !root.hasAttribute("targetNamespace") && !namespace.isEmpty();
            String own = borrowed ? namespace : root.getAttribute("targetNamespace");
            add(root, location, own, borrowed);
            return;
        }
        // A schemaLocation may name a WSDL; its schemas are meant.
        for (Element types : Xml.children(root, Xml.WSDL, "types")) {
            Xml.children(types, Xml.XSD, "schema").forEach(s -> add(s, location));
        }
    }
}
