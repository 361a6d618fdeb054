package dev.mortise.api.soap.schema;

import dev.mortise.api.soap.schema.Particle.Child;
import dev.mortise.api.soap.schema.Schemas.Component;
import dev.mortise.api.soap.schema.Schemas.Home;
import dev.mortise.api.soap.schema.Schemas.Sort;
import dev.mortise.api.soap.schema.Structure.Content;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/// Reads what stands inside a complex type: groups, elements and wildcards.
final class ContentReader {
    /// Groups inside one another, counting references.
    private static final int DEPTH_MAX = 64;

    private static final Content OPEN =
            new Content(
                    List.of(),
                    true,
                    Optional.empty(),
                    false,
                    new Particle.Wildcard(0, Particle.UNBOUNDED));

    private final ShapeReader shapes;
    private final AttributeReader attributes;

    ContentReader(ShapeReader shapes) {
        this.shapes = shapes;
        this.attributes = new AttributeReader(shapes);
    }

    Content content(Component type) {
        Element node = type.node();
        for (Element child : Xml.children(node)) {
            switch (String.valueOf(child.getLocalName())) {
                case "simpleContent" -> {
                    return derived(type, child, true);
                }
                case "complexContent" -> {
                    return derived(type, child, false);
                }
                default -> {}
            }
        }
        boolean mixed = Xml.isTrue(node, "mixed");
        return own(type, node, Content.EMPTY, mixed, Optional.empty());
    }

    private Content derived(Component type, Element content, boolean simple) {
        Element step =
                Xml.children(content).stream()
                        .filter(c -> c.hasAttribute("base"))
                        .findFirst()
                        .orElse(content);
        QName baseName = type.home().name(step, step.getAttribute("base"));
        Shape base = shapes.named(baseName, ShapeReader.place(type));
        boolean extension = "extension".equals(step.getLocalName());
        if (simple) {
            return text(type, step, base, extension);
        }
        boolean mixed = Xml.isTrue(content, "mixed") || Xml.isTrue(type.node(), "mixed");
        return switch (base) {
            case Structure s -> {
                Content inherited = shapes.defined(s).content();
                Particle before = extension ? inherited.particle() : Content.EMPTY.particle();
                yield own(
                        type,
                        step,
                        new Content(
                                inherited.attributes(),
                                inherited.openAttributes(),
                                inherited.text(),
                                inherited.mixed(),
                                before),
                        mixed || inherited.mixed(),
                        inherited.text());
            }
            case Shape.Anything _ when Xml.ENCODING.equals(baseName.getNamespaceURI()) -> OPEN;
            // What a lost type holds may stand there, beside what the extension adds.
            case Shape.Anything _ when extension -> own(type, step, OPEN, mixed, Optional.empty());
            case Shape.Anything _, Shape.Value _, Shape.Items _ ->
                    own(type, step, Content.EMPTY, mixed, Optional.empty());
        };
    }

    private Content text(Component type, Element step, Shape base, boolean extension) {
        Content inherited =
                base instanceof Structure s ? shapes.defined(s).content() : Content.EMPTY;
        Shape text = base instanceof Structure ? inherited.text().orElse(Simple.TEXT) : base;
        if (!extension && text instanceof Shape.Value value) {
            text = Simple.restrict(value, step);
        }
        return own(type, step, inherited, false, Optional.of(text));
    }

    /// What a node adds to the content it inherits.
    private Content own(
            Component type, Element node, Content base, boolean mixed, Optional<Shape> text) {
        List<Particle> parts = new ArrayList<>();
        if (base.particle().max() > 0) {
            parts.add(base.particle());
        }
        for (Element child : Xml.children(node)) {
            particle(type.home(), child, 0).ifPresent(parts::add);
        }
        Particle particle =
                parts.size() == 1 ? parts.getFirst() : new Particle.Sequence(parts, 1, 1);
        var all = attributes.read(type.home(), node, base.attributes());
        boolean open = base.openAttributes() || all.open();
        return new Content(all.attributes(), open, text, mixed, new Keys().keyed(particle));
    }

    private Optional<Particle> particle(Home home, Element node, int depth) {
        if (depth > DEPTH_MAX) {
            shapes.unsupported("a group that holds itself", ShapeReader.place(home, node));
            return Optional.empty();
        }
        int min = occurs(node, "minOccurs");
        int max = occurs(node, "maxOccurs");
        return switch (String.valueOf(node.getLocalName())) {
            case "element" -> Optional.of(element(home, node).times(min, max)).map(this::heads);
            case "sequence", "all" ->
                    Optional.of(new Particle.Sequence(items(home, node, depth), min, max));
            case "choice" -> Optional.of(new Particle.Choice(items(home, node, depth), min, max));
            case "group" -> group(home, node, depth, min, max);
            case "any" -> Optional.of(new Particle.Wildcard(min, max));
            default -> Optional.empty();
        };
    }

    private List<Particle> items(Home home, Element node, int depth) {
        List<Particle> items = new ArrayList<>();
        for (Element child : Xml.children(node)) {
            particle(home, child, depth + 1).ifPresent(items::add);
        }
        return items;
    }

    private Optional<Particle> group(Home home, Element node, int depth, int min, int max) {
        QName name = home.name(node, node.getAttribute("ref"));
        Optional<Component> found = shapes.schemas().find(Sort.GROUP, name);
        if (found.isEmpty()) {
            shapes.missing("group", name, ShapeReader.place(home, node));
            return Optional.of(new Particle.Wildcard(0, Particle.UNBOUNDED));
        }
        Component group = found.get();
        List<Particle> items = items(group.home(), group.node(), depth);
        return Optional.of(new Particle.Sequence(items, min, max));
    }

    private static int occurs(Element node, String attribute) {
        String text = node.getAttribute(attribute).strip();
        if (text.equals("unbounded")) {
            return Particle.UNBOUNDED;
        }
        try {
            return text.isEmpty() ? 1 : Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return Particle.UNBOUNDED;
        }
    }

    private Child element(Home home, Element node) {
        if (node.hasAttribute("ref")) {
            QName name = home.name(node, node.getAttribute("ref"));
            Optional<Component> found = shapes.schemas().find(Sort.ELEMENT, name);
            if (found.isPresent()) {
                return declaration(found.get(), name);
            }
            // A data set of .NET carries its own schema along.
            if (!name.getNamespaceURI().equals(Xml.XSD)) {
                shapes.missing("element", name, ShapeReader.place(home, node));
            }
            return new Child(name, name.getLocalPart(), ShapeReader.ANYTHING, false, 1, 1);
        }
        String form = node.getAttribute("form");
        boolean qualified = form.isEmpty() ? home.elements() : form.equals("qualified");
        String namespace = qualified ? home.namespace() : "";
        QName name = new QName(namespace, node.getAttribute("name"));
        return declaration(new Component(node, home), name);
    }

    /// An element with the type it names or holds; without one it takes anything.
    Child declaration(Component element, QName name) {
        Element node = element.node();
        boolean nillable = Xml.isTrue(node, "nillable");
        return new Child(name, name.getLocalPart(), typed(element), nillable, 1, 1);
    }

    private Shape typed(Component element) {
        Element node = element.node();
        if (node.hasAttribute("type")) {
            return shapes.named(element.reference("type"), ShapeReader.place(element));
        }
        for (Element child : Xml.children(node)) {
            if (String.valueOf(child.getLocalName()).matches("complexType|simpleType")) {
                return shapes.shape(new Component(child, element.home()));
            }
        }
        if (node.hasAttribute("substitutionGroup")) {
            QName head = element.reference("substitutionGroup");
            Optional<Component> found = shapes.schemas().find(Sort.ELEMENT, head);
            if (found.isPresent() && found.get().node() != node) {
                return typed(found.get());
            }
        }
        return ShapeReader.ANYTHING;
    }

    /// The head of a substitution group is a choice of those that may stand for it.
    private Particle heads(Child child) {
        List<Particle> members = new ArrayList<>();
        Set<QName> seen = new HashSet<>();
        members(child.name(), seen, members);
        if (members.isEmpty()) {
            return child;
        }
        Optional<Component> head = shapes.schemas().find(Sort.ELEMENT, child.name());
        boolean itself = head.isEmpty() || !Xml.isTrue(head.get().node(), "abstract");
        if (itself) {
            members.addFirst(child.times(1, 1));
        }
        return new Particle.Choice(members, child.min(), child.max());
    }

    private void members(QName head, Set<QName> seen, List<Particle> members) {
        for (Component member : shapes.schemas().substitutes(head)) {
            QName name = member.name();
            if (!seen.add(name)) {
                continue;
            }
            if (!Xml.isTrue(member.node(), "abstract")) {
                members.add(declaration(member, name));
            }
            members(name, seen, members);
        }
    }
}
