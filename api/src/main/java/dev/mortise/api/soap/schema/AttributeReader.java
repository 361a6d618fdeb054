package dev.mortise.api.soap.schema;

import dev.mortise.api.soap.schema.Schemas.Component;
import dev.mortise.api.soap.schema.Schemas.Home;
import dev.mortise.api.soap.schema.Schemas.Sort;
import dev.mortise.api.soap.schema.Structure.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/// Reads the attributes of a complex type, those of its groups among them.
final class AttributeReader {
    /// Attribute groups inside one another.
    private static final int DEPTH_MAX = 32;

    /// @param open whether attributes nobody declared may stand there, too
    record Found(List<Attribute> attributes, boolean open) {}

    private final ShapeReader shapes;

    AttributeReader(ShapeReader shapes) {
        this.shapes = shapes;
    }

    /// Inherited attributes come first; one of the same name replaces, a prohibited one goes.
    Found read(Home home, Element node, List<Attribute> inherited) {
        Map<QName, Attribute> found = new LinkedHashMap<>();
        inherited.forEach(a -> found.put(a.name(), a));
        boolean open = collect(home, node, found, 0);
        return new Found(new ArrayList<>(found.values()), open);
    }

    private boolean collect(Home home, Element node, Map<QName, Attribute> found, int depth) {
        boolean open = false;
        for (Element child : Xml.children(node)) {
            switch (String.valueOf(child.getLocalName())) {
                case "attribute" -> put(home, child, found);
                case "anyAttribute" -> open = true;
                case "attributeGroup" -> open |= group(home, child, found, depth);
                default -> {}
            }
        }
        return open;
    }

    private boolean group(Home home, Element node, Map<QName, Attribute> found, int depth) {
        QName name = home.name(node, node.getAttribute("ref"));
        Optional<Component> group = shapes.schemas().find(Sort.ATTRIBUTE_GROUP, name);
        if (group.isEmpty() || depth > DEPTH_MAX) {
            shapes.missing("attribute group", name, ShapeReader.place(home, node));
            return true;
        }
        return collect(group.get().home(), group.get().node(), found, depth + 1);
    }

    private void put(Home home, Element node, Map<QName, Attribute> found) {
        boolean reference = node.hasAttribute("ref");
        QName name = reference ? home.name(node, node.getAttribute("ref")) : name(home, node);
        String use = node.getAttribute("use");
        if (use.equals("prohibited")) {
            found.remove(name);
            return;
        }
        // Those of well-known namespaces, as `xml:lang`, are texts and rarely declared.
        Optional<Component> declared =
                reference
                        ? shapes.schemas().find(Sort.ATTRIBUTE, name)
                        : Optional.of(new Component(node, home));
        Shape shape = declared.map(this::typed).orElse(Simple.TEXT);
        boolean required = use.equals("required");
        found.put(name, new Attribute(name, key(name, found), shape, required));
    }

    private static String key(QName name, Map<QName, Attribute> found) {
        String key = "@" + name.getLocalPart();
        boolean taken =
                found.values().stream()
                        .anyMatch(a -> a.key().equals(key) && !a.name().equals(name));
        return taken ? "@" + name : key;
    }

    private static QName name(Home home, Element node) {
        String form = node.getAttribute("form");
        boolean qualified = form.isEmpty() ? home.attrs() : form.equals("qualified");
        return new QName(qualified ? home.namespace() : "", node.getAttribute("name"));
    }

    private Shape typed(Component attribute) {
        Shape shape = Simple.TEXT;
        if (attribute.node().hasAttribute("type")) {
            shape = shapes.named(attribute.reference("type"), ShapeReader.place(attribute));
        }
        for (Element inner : Xml.children(attribute.node(), Xml.XSD, "simpleType")) {
            shape = shapes.shape(new Component(inner, attribute.home()));
        }
        return shape instanceof Structure || shape instanceof Shape.Anything ? Simple.TEXT : shape;
    }
}
