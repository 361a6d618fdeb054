package dev.mortise.api.soap;

import java.util.List;
import java.util.Random;

/// Makes an XSD with one element `root` at random, and the WSDL of a service that echoes it.
///
/// A child that stands in a repeated group stands there once a time; how often children of
/// varying number belong to which repetition is nothing JSON can tell.
final class SchemaMaker {
    private static final List<String> TYPES =
            List.of(
                    "string",
                    "boolean",
                    "int",
                    "long",
                    "integer",
                    "decimal",
                    "double",
                    "date",
                    "dateTime",
                    "time",
                    "hexBinary",
                    "base64Binary",
                    "unsignedLong",
                    "byte",
                    "positiveInteger",
                    "token",
                    "duration",
                    "QName",
                    "anyType");

    private final Random random;
    private final StringBuilder types = new StringBuilder();
    private int made;

    SchemaMaker(Random random) {
        this.random = random;
    }

    String schema() {
        String form = random.nextBoolean() ? "qualified" : "unqualified";
        String root = type(0);
        return "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t'"
                + " targetNamespace='urn:t' elementFormDefault='"
                + form
                + "'>"
                + "<xs:element name='root' type='"
                + root
                + "'/>"
                + types
                + "</xs:schema>";
    }

    static String wsdl(String schema) {
        return "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' xmlns:t='urn:t'"
                + " xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/' targetNamespace='urn:t'><types>"
                + schema
                + "</types><message name='m'><part name='p' element='t:root'/></message>"
                + "<portType name='P'><operation name='echo'><input message='t:m'/>"
                + "<output message='t:m'/></operation></portType>"
                + "<binding name='B' type='t:P'><s:binding style='document'/>"
                + "<operation name='echo'><s:operation soapAction=''/><input>"
                + "<s:body use='literal'/></input><output><s:body use='literal'/></output>"
                + "</operation></binding></definitions>";
    }

    /// The name of a new complex type.
    private String type(int depth) {
        String name = "T" + made++;
        StringBuilder text = new StringBuilder("<xs:complexType name='" + name + "'>");
        boolean simple = depth > 0 && random.nextInt(5) == 0;
        if (simple) {
            text.append("<xs:simpleContent><xs:extension base='xs:decimal'>");
            text.append(attribute()).append("</xs:extension></xs:simpleContent>");
        } else {
            // The validator of the JDK loses count of an element that comes two or three times
            // where
            // its type holds itself, so a type has either.
            String self = random.nextInt(3) == 0 ? "t:" + name : "";
            text.append(group(depth, self, false)).append(attribute()).append(attribute());
        }
        types.append(text).append("</xs:complexType>");
        return "t:" + name;
    }

    private String attribute() {
        String use = random.nextBoolean() ? " use='required'" : "";
        String type = List.of("string", "int", "boolean", "date").get(random.nextInt(4));
        return "<xs:attribute name='a" + made++ + "' type='xs:" + type + "'" + use + "/>";
    }

    private String group(int depth, String self, boolean repeated) {
        boolean choice = random.nextInt(3) == 0;
        boolean again = random.nextInt(3) == 0;
        String word = choice ? "choice" : "sequence";
        String occurs = again ? " minOccurs='0' maxOccurs='unbounded'" : occurs(true, false);
        StringBuilder text = new StringBuilder("<xs:" + word + occurs + ">");
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            boolean nested = depth < 3 && random.nextInt(4) == 0;
            text.append(
                    nested
                            ? group(depth + 1, self, repeated || again)
                            : element(depth, self, repeated || again));
        }
        return text + "</xs:" + word + ">";
    }

    private String element(int depth, String self, boolean once) {
        String occurs = occurs(once, self.isEmpty());
        boolean optional = occurs.contains("minOccurs='0'");
        String type = "xs:" + TYPES.get(random.nextInt(TYPES.size()));
        if (depth < 3 && random.nextInt(3) == 0) {
            // Only what may be left out may hold its own type.
            boolean own = optional && !self.isEmpty() && random.nextBoolean();
            type = own ? self : type(depth + 1);
        }
        String nillable = random.nextInt(4) == 0 ? " nillable='true'" : "";
        return "<xs:element name='e" + made++ + "' type='" + type + "'" + occurs + nillable + "/>";
    }

    private String occurs(boolean once, boolean counted) {
        return switch (random.nextInt(once ? 2 : counted ? 4 : 3)) {
            case 0 -> "";
            case 1 -> " minOccurs='0'";
            case 2 -> " minOccurs='0' maxOccurs='unbounded'";
            default -> " minOccurs='2' maxOccurs='3'";
        };
    }
}
