package dev.mortise.api.soap.wsdl;

import dev.mortise.api.soap.schema.Documents;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// A service read from a WSDL 1.1: what can be called, and every problem of what cannot.
///
/// @param name of the service; the target namespace when no service is declared
/// @param operations one for each SOAP port that offers it
/// @param problems what was not imported, each with its place; the operations stay callable
public record Wsdl(String name, List<Operation> operations, List<Problem> problems) {
    public Wsdl {
        operations = List.copyOf(operations);
        problems = List.copyOf(problems);
    }

    /// Reads a WSDL with all that it imports.
    ///
    /// @throws ProblemException when the document itself cannot be had or is no WSDL 1.1
    public static Wsdl read(Documents documents, String location) {
        return new WsdlReader(documents, location).read();
    }

    /// @throws ProblemException when no operation has the id
    public Operation operation(String id) {
        return operations.stream()
                .filter(o -> o.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    private ProblemException unknown(String id) {
        List<String> known = operations.stream().map(Operation::id).toList();
        return ProblemException.of(
                ProblemCode.WORD_UNKNOWN,
                "the service '%s' has no operation '%s'".formatted(name, id),
                Nearest.fix(id, known));
    }

    /// What a connection would list: each operation once, by the first port that offers it.
    public List<SoapResource> resources() {
        Set<List<String>> seen = new HashSet<>();
        return operations.stream()
                .filter(o -> seen.add(List.of(o.endpoint().portType(), o.name(), input(o))))
                .map(SoapResource::of)
                .toList();
    }

    private static String input(Operation operation) {
        return operation.input().parts().stream().map(p -> p.name().toString()).toList().toString();
    }

    /// The service as OpenAPI 3.1: a POST for each resource, JSON in and out, faults as problems.
    public ObjectNode openApi() {
        return OpenApi.of(this);
    }
}
