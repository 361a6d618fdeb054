package dev.mortise.api.soap.schema;

import dev.mortise.api.soap.schema.Particle.Child;
import dev.mortise.api.soap.schema.Schemas.Component;
import dev.mortise.api.soap.schema.Schemas.Home;
import dev.mortise.api.soap.schema.Schemas.Sort;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/// Makes shapes of the components of XSD. What cannot be found or understood becomes a problem that
/// names the place, and takes anything; so the rest of the service stays callable.
///
/// Types refer to one another in circles. A complex type is therefore handed out before it is
/// defined, and all that were handed out are defined before an operation sees them.
public final class ShapeReader {
    public static final Shape.Anything ANYTHING = new Shape.Anything();

    /// Steps from a simple type to the one it stands on.
    private static final int SIMPLE_MAX = 64;

    private final Schemas schemas;
    private final Library library;
    private final ContentReader contents = new ContentReader(this);
    private final Map<Element, Structure> structures = new HashMap<>();
    private final Map<Structure, Element> nodes = new HashMap<>();
    private final Map<Element, Component> undefined = new HashMap<>();
    private final Deque<Element> waiting = new ArrayDeque<>();

    public ShapeReader(Schemas schemas, Library library) {
        this.schemas = schemas;
        this.library = library;
    }

    Schemas schemas() {
        return schemas;
    }

    /// A global element, as the child of a body.
    public Optional<Child> element(QName name) {
        Optional<Child> child =
                schemas.find(Sort.ELEMENT, name).map(c -> contents.declaration(c, name));
        drain();
        return child;
    }

    /// A named type, as that of a part.
    public Shape type(QName name, String place) {
        Shape shape = named(name, place);
        drain();
        return shape;
    }

    private void drain() {
        while (!waiting.isEmpty()) {
            define(waiting.remove());
        }
    }

    Shape named(QName name, String place) {
        if (name.getNamespaceURI().equals(Xml.XSD)) {
            return builtIn(name.getLocalPart());
        }
        Optional<Component> found = schemas.find(Sort.TYPE, name);
        if (found.isPresent()) {
            return shape(found.get());
        }
        // The encoding's schema is rarely given, and its simple types are those of XSD.
        if (name.getNamespaceURI().equals(Xml.ENCODING)) {
            return builtIn(name.getLocalPart());
        }
        missing("type", name, place);
        return ANYTHING;
    }

    private static Shape builtIn(String name) {
        return Simple.builtIn(name).<Shape>map(v -> v).orElse(ANYTHING);
    }

    /// The shape of a `complexType` or `simpleType`, named or not.
    Shape shape(Component type) {
        return "simpleType".equals(type.node().getLocalName()) ? simple(type, 0) : complex(type);
    }

    private Structure complex(Component type) {
        Structure known = structures.get(type.node());
        if (known != null) {
            return known;
        }
        Structure made = new Structure(type.name());
        structures.put(type.node(), made);
        nodes.put(made, type.node());
        undefined.put(type.node(), type);
        waiting.add(type.node());
        return made;
    }

    /// Defines a structure now, because another extends it.
    Structure defined(Structure structure) {
        Element node = nodes.get(structure);
        if (node != null) {
            define(node);
        }
        return structure;
    }

    private void define(Element node) {
        Component type = undefined.remove(node);
        Structure structure = structures.get(node);
        if (type == null || structure == null) {
            return;
        }
        structure.define(contents.content(type));
        if (Xml.isTrue(node, "abstract")) {
            structure.standForDerived();
        }
        if (node.hasAttribute("name")) {
            derive(structure, type.name(), 0);
        }
    }

    private void derive(Structure base, QName name, int depth) {
        for (Component type : schemas.derived(name)) {
            if (depth < SIMPLE_MAX && !base.derived().containsKey(type.name())) {
                base.derive(type.name(), complex(type));
                derive(base, type.name(), depth + 1);
            }
        }
    }

    private Shape simple(Component type, int depth) {
        if (depth > SIMPLE_MAX) {
            unsupported("a simple type that stands on itself", place(type));
            return Simple.TEXT;
        }
        for (Element child : Xml.children(type.node())) {
            switch (String.valueOf(child.getLocalName())) {
                case "restriction" -> {
                    Shape base = inner(type, child, "base", depth);
                    return base instanceof Shape.Value v ? Simple.restrict(v, child) : base;
                }
                case "list" -> {
                    Shape item = inner(type, child, "itemType", depth);
                    return new Shape.Items(item instanceof Shape.Value v ? v : Simple.TEXT);
                }
                default -> {}
            }
        }
        // A union takes the texts of all its members.
        return Simple.TEXT;
    }

    /// The type a simple type stands on: named by an attribute, or written inside.
    private Shape inner(Component type, Element node, String attribute, int depth) {
        if (!node.hasAttribute(attribute)) {
            List<Element> written = Xml.children(node, Xml.XSD, "simpleType");
            return written.isEmpty()
                    ? Simple.TEXT
                    : simple(new Component(written.getFirst(), type.home()), depth + 1);
        }
        QName name = type.home().name(node, node.getAttribute(attribute));
        Optional<Component> found = schemas.find(Sort.TYPE, name);
        if (found.isPresent() && "simpleType".equals(found.get().node().getLocalName())) {
            return simple(found.get(), depth + 1);
        }
        return named(name, place(type)) instanceof Shape.Value v ? v : Simple.TEXT;
    }

    public void missing(String sort, QName name, String place) {
        library.report(
                new Problem(
                        ProblemCode.DOCUMENT_INVALID,
                        "expected a %s '%s', found none; anything is taken here"
                                .formatted(sort, name),
                        place,
                        "import the schema of its namespace"));
    }

    void unsupported(String construct, String place) {
        library.report(
                new Problem(
                        ProblemCode.TYPE_UNSUPPORTED,
                        "cannot import " + construct + "; anything is taken here",
                        place,
                        "pass this part as markup"));
    }

    static String place(Component component) {
        return place(component.home(), component.node());
    }

    /// The document and the nearest name at or above a node.
    static String place(Home home, Element node) {
        Element at = node;
        while (!at.hasAttribute("name") && at.getParentNode() instanceof Element above) {
            at = above;
        }
        return home.location() + "#" + at.getAttribute("name");
    }
}
