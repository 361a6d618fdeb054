package dev.mortise.api.soap;

import dev.mortise.api.soap.schema.Lexical;
import dev.mortise.api.soap.schema.Particle;
import dev.mortise.api.soap.schema.Shape;
import dev.mortise.api.soap.schema.Simple;
import dev.mortise.api.soap.schema.Structure;
import dev.mortise.api.soap.wsdl.Message;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.namespace.QName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes JSON at random that fits a shape, as a reader of XML would give it.
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEPTH_MAX = 5;
    private static final String LETTERS = "ab <>&\"'\t\n\r]中文é😀";

    private final Random random;
    private int depth;

    Values(Random random) {
        this.random = random;
    }

    /// The JSON of a message: what stands inside its only part, or an object of several.
    JsonNode message(Message message) {
        if (message.parts().size() == 1) {
            return child(message.parts().getFirst());
        }
        ObjectNode object = JSON.objectNode();
        message.parts().forEach(part -> object.set(part.key(), child(part)));
        return object;
    }

    JsonNode child(Particle.Child child) {
        // XSD wants required attributes even beside xsi:nil; null has no place for them.
        boolean attributes =
                child.shape() instanceof Structure s
                        && s.attributes().stream().anyMatch(Structure.Attribute::required);
        boolean nil = child.nillable() && !attributes && random.nextInt(4) == 0;
        return nil ? JSON.nullNode() : shape(child.shape());
    }

    private JsonNode shape(Shape shape) {
        return switch (shape) {
            case Shape.Value value -> scalar(value);
            case Shape.Items(var item) -> {
                var list = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    JsonNode one = scalar(item);
                    list.add(one.asString().matches("\\S+") ? one : JSON.stringNode("x" + i));
                }
                yield list;
            }
            case Shape.Anything _ -> anything();
            case Structure structure -> structure(structure);
        };
    }

    private JsonNode anything() {
        return switch (random.nextInt(4)) {
            case 0 -> JSON.stringNode(text(Simple.TEXT));
            case 1 -> JSON.numberNode(random.nextInt());
            case 2 -> JSON.booleanNode(random.nextBoolean());
            default -> JSON.objectNode().put("#xml", "t&amp;<z a=\"1\">x &lt; y</z>");
        };
    }

    private ObjectNode structure(Structure declared) {
        ObjectNode object = JSON.objectNode();
        Structure structure = declared;
        List<Map.Entry<QName, Structure>> derived = List.copyOf(declared.derived().entrySet());
        boolean another = declared.standsForDerivedOnly() || random.nextInt(3) == 0;
        if (another && !derived.isEmpty()) {
            var chosen = derived.get(random.nextInt(derived.size()));
            structure = chosen.getValue();
            object.put(Structure.TYPE, chosen.getKey().getLocalPart());
        }
        for (Structure.Attribute attribute : structure.attributes()) {
            if (attribute.required() || random.nextBoolean()) {
                object.set(attribute.key(), shape(attribute.shape()));
            }
        }
        if (structure.text().isPresent()) {
            object.set(Structure.TEXT, shape(structure.text().get()));
            return object;
        }
        if (structure.mixed() && random.nextBoolean()) {
            object.put(Structure.TEXT, "x" + text(Simple.TEXT));
        }
        Map<String, List<JsonNode>> values = new LinkedHashMap<>();
        depth++;
        particle(structure.particle(), values);
        depth--;
        for (var entry : values.entrySet()) {
            boolean list = structure.list(entry.getKey()) || entry.getKey().equals(Structure.ANY);
            if (list) {
                entry.getValue().forEach(object.withArray(entry.getKey())::add);
            } else {
                object.set(entry.getKey(), entry.getValue().getFirst());
            }
        }
        return object;
    }

    private void particle(Particle particle, Map<String, List<JsonNode>> values) {
        int times = times(particle);
        for (int i = 0; i < times; i++) {
            switch (particle) {
                case Particle.Child child -> put(values, child.key(), child(child));
                case Particle.Sequence sequence ->
                        sequence.items().forEach(item -> particle(item, values));
                case Particle.Choice choice -> {
                    var branches = choice.branches();
                    if (!branches.isEmpty()) {
                        particle(branches.get(random.nextInt(branches.size())), values);
                    }
                }
                case Particle.Wildcard _ -> put(values, Structure.ANY, JSON.stringNode(fragment()));
            }
        }
    }

    private static void put(Map<String, List<JsonNode>> values, String key, JsonNode value) {
        values.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    }

    private int times(Particle particle) {
        long most = Math.min(particle.max(), particle.min() + 2L);
        return depth > DEPTH_MAX
                ? particle.min()
                : particle.min() + random.nextInt((int) most - particle.min() + 1);
    }

    private String fragment() {
        return "<o:x xmlns:o=\"urn:o\" k=\"" + random.nextInt(9) + "\">t &amp; u</o:x>";
    }

    private JsonNode scalar(Shape.Value value) {
        Shape.Facets facets = value.facets();
        if (!facets.words().isEmpty()) {
            int chosen = random.nextInt(facets.words().size());
            return Lexical.read(value, facets.words().get(chosen));
        }
        return switch (value.kind()) {
            case TEXT -> JSON.stringNode(text(value));
            case BOOLEAN -> JSON.booleanNode(random.nextBoolean());
            case INTEGER -> integer(facets);
            case DECIMAL -> decimal(facets);
            case DOUBLE ->
                    random.nextInt(5) == 0
                            ? JSON.stringNode("-INF")
                            : JSON.numberNode(random.nextGaussian() * 1e9);
            case DATE -> JSON.stringNode("2026-02-2" + random.nextInt(9) + "+08:00");
            case TIME -> JSON.stringNode("2" + random.nextInt(4) + ":59:59.123Z");
            case DATETIME -> JSON.stringNode("2026-02-2" + random.nextInt(9) + "T00:00:00");
            case CALENDAR -> JSON.stringNode(value.type().endsWith("uration") ? "P1DT2H" : "2026");
            case HEX -> JSON.stringNode(HexFormat.of().withUpperCase().formatHex(bytes(facets)));
            case BASE64 -> JSON.stringNode(Base64.getEncoder().encodeToString(bytes(facets)));
            case QNAME -> JSON.stringNode("{urn:q" + random.nextInt(3) + "}name");
        };
    }

    private String text(Shape.Value value) {
        int length = length(value.facets(), 12);
        if (!value.type().equals("string")) {
            return "x".repeat(length);
        }
        int[] points = LETTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private byte[] bytes(Shape.Facets facets) {
        byte[] bytes = new byte[length(facets, 8)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// A length the facets allow, seldom far above the least.
    private int length(Shape.Facets facets, int most) {
        int least = facets.lengthMin().orElse(0);
        int high = Math.min(least + most, facets.lengthMax().orElse(Integer.MAX_VALUE));
        return least + random.nextInt(Math.max(0, high - least) + 1);
    }

    private JsonNode decimal(Shape.Facets facets) {
        BigDecimal min = facets.span().min();
        BigDecimal max = facets.span().max();
        BigDecimal step = BigDecimal.ONE.movePointLeft(facets.fractionMax().orElse(1));
        if (min != null) {
            return JSON.numberNode(min.add(step));
        }
        if (max != null) {
            return JSON.numberNode(max.subtract(step));
        }
        int scale = random.nextInt(facets.fractionMax().orElse(9) + 1);
        int bits = Math.min(50, facets.digitsMax().orElse(18) * 3);
        return JSON.numberNode(new BigDecimal(new BigInteger(bits, random), scale));
    }

    private JsonNode integer(Shape.Facets facets) {
        BigDecimal min = facets.span().min();
        BigDecimal max = facets.span().max();
        BigInteger low = min == null ? BigInteger.TWO.pow(70).negate() : min.toBigInteger();
        BigInteger high = max == null ? BigInteger.TWO.pow(70) : max.toBigInteger();
        BigInteger width = high.subtract(low).add(BigInteger.ONE);
        BigInteger number = low.add(new BigInteger(width.bitLength() + 8, random).mod(width));
        return Samples.json(number.toString());
    }
}
