package dev.mortise.api.soap.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;

/// A complex type: a JSON object. Attributes are keys with `@` in front, the text of simple or
/// mixed content is `#text`, children go by their names.
///
/// A structure may hold itself, so it is made first and defined once, before anybody sees it.
public final class Structure implements Shape {
    /// The key of text beside attributes.
    public static final String TEXT = "#text";

    /// The key of markup a wildcard takes: a list of fragments.
    public static final String ANY = "#any";

    /// The key that says which derived type a value has.
    public static final String TYPE = "@xsi:type";

    private static final Particle NOTHING = new Particle.Sequence(List.of(), 0, 0);

    /// @param key its name in JSON, with `@` in front
    public record Attribute(QName name, String key, Shape shape, boolean required) {}

    /// What stands inside.
    ///
    /// @param text the shape of its text when its content is simple
    /// @param mixed whether text may stand between its children
    record Content(
            List<Attribute> attributes,
            boolean openAttributes,
            Optional<Shape> text,
            boolean mixed,
            Particle particle) {
        static final Content EMPTY =
                new Content(List.of(), false, Optional.empty(), false, NOTHING);

        Content {
            attributes = List.copyOf(attributes);
        }
    }

    private final QName name;
    private final Map<QName, Structure> derived = new LinkedHashMap<>();
    private final Map<QName, Particle.Child> children = new HashMap<>();
    private final Map<String, Particle.Child> keys = new LinkedHashMap<>();
    private Set<String> lists = Set.of();
    private Content content = Content.EMPTY;
    private boolean standsForDerived;

    /// @param name of the type; without a local name when it is anonymous
    Structure(QName name) {
        this.name = name;
    }

    public static Structure of(QName name, Particle particle) {
        Structure structure = new Structure(name);
        structure.define(new Content(List.of(), false, Optional.empty(), false, particle));
        return structure;
    }

    void define(Content defined) {
        content = defined;
        for (Particle.Child child : defined.particle().children()) {
            children.putIfAbsent(child.name(), child);
            keys.putIfAbsent(child.key(), child);
        }
        lists =
                defined.particle().most().entrySet().stream()
                        .filter(e -> e.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet());
    }

    void derive(QName type, Structure structure) {
        derived.put(type, structure);
    }

    void standForDerived() {
        standsForDerived = true;
    }

    /// The name of the type, without a local name when it is anonymous.
    public QName name() {
        return name;
    }

    public List<Attribute> attributes() {
        return content.attributes();
    }

    /// Whether attributes nobody declared may stand on it.
    public boolean openAttributes() {
        return content.openAttributes();
    }

    /// The shape of its text when its content is simple.
    public Optional<Shape> text() {
        return content.text();
    }

    public boolean mixed() {
        return content.mixed();
    }

    public Particle particle() {
        return content.particle();
    }

    /// The children by their keys in JSON, in the order of the schema.
    public Map<String, Particle.Child> keys() {
        return keys;
    }

    /// Every key its JSON may have, but for those of wildcards.
    public List<String> words() {
        List<String> words = new ArrayList<>(keys.keySet());
        attributes().forEach(a -> words.add(a.key()));
        text().ifPresent(_ -> words.add(TEXT));
        return words;
    }

    /// Whether a child is a list in JSON, even when it stands there once.
    public boolean list(String key) {
        return lists.contains(key);
    }

    /// Whether it is abstract: only a derived type may stand in a document.
    public boolean standsForDerivedOnly() {
        return standsForDerived;
    }

    /// Types that may stand for it, named by `xsi:type`.
    public Map<QName, Structure> derived() {
        return derived;
    }

    Content content() {
        return content;
    }

    /// The child an element is; when the namespace differs, what has the same name: services are
    /// careless about `elementFormDefault`.
    public Optional<Particle.Child> child(QName element) {
        Particle.Child exact = children.get(element);
        if (exact != null) {
            return Optional.of(exact);
        }
        return children.values().stream()
                .filter(c -> c.name().getLocalPart().equals(element.getLocalPart()))
                .findFirst();
    }

    @Override
    public String toString() {
        return name.getLocalPart().isEmpty() ? "anonymous type" : name.toString();
    }
}
