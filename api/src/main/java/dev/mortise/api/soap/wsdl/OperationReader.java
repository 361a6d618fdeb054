package dev.mortise.api.soap.wsdl;

import dev.mortise.api.soap.schema.Library;
import dev.mortise.api.soap.schema.ShapeReader;
import dev.mortise.api.soap.schema.Xml;
import dev.mortise.api.soap.wsdl.MessageReader.Pair;
import dev.mortise.api.soap.wsdl.Operation.Endpoint;
import dev.mortise.api.soap.wsdl.Operation.Style;
import dev.mortise.api.soap.wsdl.WsdlReader.Definition;
import dev.mortise.api.soap.wsdl.WsdlReader.Port;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/// Reads the operations of a binding. One that cannot be called is a problem and is left out.
final class OperationReader {
    private final WsdlReader wsdl;
    private final Library library;
    private final MessageReader messages;

    OperationReader(WsdlReader wsdl, Library library, ShapeReader shapes) {
        this.wsdl = wsdl;
        this.library = library;
        this.messages = new MessageReader(wsdl, library, shapes);
    }

    /// None when the binding is not one of SOAP.
    List<Operation> read(Definition binding, Port port) {
        Optional<Element> soap = MessageReader.soap(binding.node(), "binding");
        if (soap.isEmpty()) {
            return List.of();
        }
        Optional<Definition> portType = wsdl.find("portType", binding, binding.node(), "type");
        if (portType.isEmpty()) {
            return List.of();
        }
        boolean second = Xml.WSDL_SOAP_12.equals(soap.get().getNamespaceURI());
        Endpoint endpoint =
                new Endpoint(
                        port.service(),
                        port.name(),
                        portType.get().name(),
                        port.location(),
                        second ? SoapVersion.V1_2 : SoapVersion.V1_1);
        String style = soap.get().getAttribute("style");
        List<Operation> operations = new ArrayList<>();
        for (Element bound : Xml.children(binding.node(), Xml.WSDL, "operation")) {
            pair(binding, bound, portType.get(), style)
                    .flatMap(p -> operation(p, endpoint))
                    .ifPresent(operations::add);
        }
        return operations;
    }

    private Optional<Pair> pair(
            Definition binding, Element bound, Definition portType, String bindingStyle) {
        String name = bound.getAttribute("name");
        List<Element> named =
                Xml.children(portType.node(), Xml.WSDL, "operation").stream()
                        .filter(o -> o.getAttribute("name").equals(name))
                        .toList();
        String input = named(bound, "input");
        // Overloaded operations are told apart by the name of their input.
        Optional<Element> declared =
                named.stream()
                        .filter(o -> !input.isEmpty() && named(o, "input").equals(input))
                        .findFirst()
                        .or(() -> named.stream().findFirst());
        String own =
                MessageReader.soap(bound, "operation").map(o -> o.getAttribute("style")).orElse("");
        Style style =
                (own.isEmpty() ? bindingStyle : own).equals("rpc") ? Style.RPC : Style.DOCUMENT;
        if (declared.isEmpty()) {
            library.report(
                    new Problem(
                            ProblemCode.DOCUMENT_INVALID,
                            "expected an operation '%s' in port type '%s', found none"
                                    .formatted(name, portType.name()),
                            binding.place(),
                            "mend the binding"));
        }
        return declared.map(d -> new Pair(binding, bound, portType, d, style));
    }

    private static String named(Element operation, String direction) {
        return Xml.children(operation, Xml.WSDL, direction).stream()
                .map(e -> e.getAttribute("name"))
                .findFirst()
                .orElse("");
    }

    private Optional<Operation> operation(Pair pair, Endpoint endpoint) {
        boolean encoded =
                Stream.of("input", "output")
                        .flatMap(d -> Xml.children(pair.bound(), Xml.WSDL, d).stream())
                        .flatMap(d -> MessageReader.bodies(d).stream())
                        .anyMatch(b -> b.getAttribute("use").equals("encoded"));
        if (encoded) {
            library.report(
                    new Problem(
                            ProblemCode.MODE_UNSUPPORTED,
                            "expected the use 'literal', got 'encoded' of '%s'"
                                    .formatted(pair.name()),
                            pair.place(),
                            "ask the service for a literal binding; WS-I forbids encoded ones"));
            return Optional.empty();
        }
        Optional<Message> input = messages.read(pair, "input");
        Optional<Message> output = messages.read(pair, "output");
        if (input.isEmpty() || output.isEmpty()) {
            return Optional.empty();
        }
        String action =
                MessageReader.soap(pair.bound(), "operation")
                        .map(o -> o.getAttribute("soapAction"))
                        .orElse("");
        boolean oneWay = Xml.children(pair.declared(), Xml.WSDL, "output").isEmpty();
        return Optional.of(
                new Operation(
                        pair.name(),
                        pair.name(),
                        endpoint,
                        pair.style(),
                        action,
                        input.get(),
                        output.get(),
                        oneWay,
                        Set.of()));
    }
}
