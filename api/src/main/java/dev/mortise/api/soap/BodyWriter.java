package dev.mortise.api.soap;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.soap.schema.Particle;
import dev.mortise.api.soap.schema.Particle.Child;
import dev.mortise.api.soap.schema.Shape;
import dev.mortise.api.soap.schema.Simple;
import dev.mortise.api.soap.schema.Structure;
import dev.mortise.api.soap.schema.Xml;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes JSON as the XML its shape asks for: the schema gives namespaces and order, whatever the
/// order of the keys. Everything that does not fit is a complaint; the rest is still written, so
/// that all complaints are found in one pass.
final class BodyWriter {
    private static final QName NIL = new QName(Xml.XSI, "nil");

    private final Markup out;
    private final Complaints complaints;
    private final Set<JsonPath> json;
    private final ValueWriter values;

    BodyWriter(Markup out, Complaints complaints, Set<JsonPath> json) {
        this.out = out;
        this.complaints = complaints;
        this.json = json;
        this.values = new ValueWriter(out, complaints);
    }

    /// One element with its value.
    void child(Child child, JsonNode value, Path path) {
        out.start(child.name());
        boolean text = !json.isEmpty() && json.contains(path.names());
        if (text) {
            out.text(value.toString());
        } else if (value.isNull()) {
            nil(child, path);
        } else {
            shape(child.shape(), value, path);
        }
        out.end();
    }

    private void nil(Child child, Path path) {
        if (!child.nillable()) {
            complaints.add(
                    ProblemCode.VALUE_INVALID,
                    path,
                    "expected a value, got null",
                    "give a value, or leave the key out when it is optional");
        }
        out.attribute(NIL, "true");
    }

    private void shape(Shape shape, JsonNode value, Path path) {
        switch (shape) {
            case Shape.Value v -> values.value(v, value, path);
            case Shape.Items items -> values.items(items, value, path);
            case Shape.Anything _ -> values.anything(value, path);
            case Structure structure -> structure(structure, value, path);
        }
    }

    private void structure(Structure declared, JsonNode value, Path path) {
        if (!value.isObject()) {
            complaints.add(
                    ProblemCode.VALUE_INVALID,
                    path,
                    "expected an object, got " + (value.isArray() ? "a list" : "a single value"),
                    "known keys: " + String.join(", ", declared.words()));
            return;
        }
        ObjectNode object = value.asObject();
        Structure structure = chosen(declared, object, path);
        values.attributes(structure, object, path);
        text(structure, object, path);
        Supply supply = new Supply(structure, object, path);
        particle(structure.particle(), supply, path);
        for (String key : supply.rest()) {
            if (structure.keys().containsKey(key)) {
                complaints.leftover(path.child(key));
            } else {
                complaints.unknown(path.child(key), structure.words());
            }
        }
    }

    /// The derived type the value says it has, else the declared one.
    private Structure chosen(Structure declared, ObjectNode object, Path path) {
        JsonNode type = object.get(Structure.TYPE);
        if (type == null) {
            if (declared.standsForDerivedOnly()) {
                complaints.add(
                        ProblemCode.WORD_MISSING,
                        path.child(Structure.TYPE),
                        "expected the name of a type, for '%s' is abstract".formatted(declared),
                        "one of " + names(declared));
            }
            return declared;
        }
        String name = type.asString("");
        Optional<QName> found =
                declared.derived().keySet().stream()
                        .filter(q -> q.getLocalPart().equals(name) || q.toString().equals(name))
                        .findFirst();
        if (found.isEmpty()) {
            complaints.add(
                    ProblemCode.VALUE_INVALID,
                    path.child(Structure.TYPE),
                    "expected a type derived from '%s', got '%s'".formatted(declared, name),
                    Nearest.fix(name, names(declared)));
            return declared;
        }
        out.attribute(new QName(Xml.XSI, "type"), out.text(found.get()));
        return declared.derived().getOrDefault(found.get(), declared);
    }

    private static List<String> names(Structure structure) {
        return structure.derived().keySet().stream().map(QName::getLocalPart).toList();
    }

    private void text(Structure structure, ObjectNode object, Path path) {
        JsonNode text = object.get(Structure.TEXT);
        Optional<Shape> shape =
                structure
                        .text()
                        .or(() -> structure.mixed() ? Optional.of(Simple.TEXT) : Optional.empty());
        if (text == null) {
            if (structure.text().isPresent()) {
                complaints.missing(path.child(Structure.TEXT));
            }
            return;
        }
        shape.ifPresentOrElse(
                s -> shape(s, text, path.child(Structure.TEXT)),
                () -> complaints.unknown(path.child(Structure.TEXT), structure.words()));
    }

    private void particle(Particle particle, Supply supply, Path path) {
        switch (particle) {
            case Child child -> element(child, supply, path, 0);
            case Particle.Sequence sequence -> sequence(sequence, supply, path);
            case Particle.Choice choice -> choice(choice, supply, path);
            case Particle.Wildcard wildcard -> {
                for (int i = 0; i < wildcard.max() && supply.has(Structure.ANY); i++) {
                    Supply.Item item = supply.take(Structure.ANY);
                    values.fragment(item.value(), item.path());
                }
            }
        }
    }

    /// @param later how many repetitions of its group follow; each is owed its share
    private void element(Child child, Supply supply, Path path, long later) {
        int written = 0;
        while (written < child.max() && supply.has(child.key())) {
            boolean owed = supply.count(child.key()) <= later * child.min();
            if (owed && written >= child.min()) {
                return;
            }
            Supply.Item item = supply.take(child.key());
            child(child, item.value(), item.path());
            written++;
        }
        if (written < child.min()) {
            complaints.missing(path.child(child.key()));
        }
    }

    private void sequence(Particle.Sequence sequence, Supply supply, Path path) {
        long rounds = sequence.max() == 1 ? 1 : rounds(sequence, supply);
        for (int i = 0; i < sequence.max(); i++) {
            boolean offered = supply.offers(sequence);
            boolean owed = i < sequence.min() && !sequence.emptiable();
            if (!offered && !owed) {
                return;
            }
            int before = supply.count();
            long later = Math.max(0, rounds - i - 1);
            for (Particle item : sequence.items()) {
                if (item instanceof Child child) {
                    element(child, supply, path, later);
                } else {
                    particle(item, supply, path);
                }
            }
            if (supply.count() == before) {
                return;
            }
        }
    }

    /// How often a repeated group stands there: what has a fixed share in it tells.
    private static long rounds(Particle.Sequence sequence, Supply supply) {
        long rounds = 1;
        for (Particle item : sequence.items()) {
            if (item instanceof Child child && child.min() == child.max() && child.min() > 0) {
                long count = supply.count(child.key());
                rounds = Math.max(rounds, (count + child.min() - 1) / child.min());
            }
        }
        return rounds;
    }

    private void choice(Particle.Choice choice, Supply supply, Path path) {
        for (int i = 0; i < choice.max(); i++) {
            Optional<Particle> best =
                    choice.branches().stream()
                            .filter(supply::offers)
                            .max(Comparator.comparingInt(b -> score(b, supply)));
            if (best.isEmpty()) {
                owed(choice, i, path);
                return;
            }
            int before = supply.count();
            particle(best.get(), supply, path);
            if (supply.count() == before) {
                return;
            }
        }
    }

    /// The branch that takes most of what is there is meant, and of two alike the complete one.
    private static int score(Particle branch, Supply supply) {
        boolean complete = branch.required().stream().allMatch(supply::has);
        return 2 * supply.covers(branch) + (complete ? 1 : 0);
    }

    private void owed(Particle.Choice choice, int written, Path path) {
        if (written < choice.min() && !choice.emptiable()) {
            complaints.add(
                    ProblemCode.WORD_MISSING,
                    path,
                    "expected one of %s, got none".formatted(keys(choice)),
                    "add one of them");
        }
    }

    private static List<String> keys(Particle particle) {
        return particle.children().stream().map(Child::key).distinct().toList();
    }
}
