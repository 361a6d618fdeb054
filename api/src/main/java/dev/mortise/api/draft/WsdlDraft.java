package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.FillIn;
import dev.mortise.api.draft.call.Finding;
import dev.mortise.api.draft.call.Resource;
import dev.mortise.api.draft.text.JsonText;
import dev.mortise.api.draft.text.Node;
import dev.mortise.api.soap.schema.Particle.Child;
import dev.mortise.api.soap.wsdl.Operation;
import dev.mortise.api.soap.wsdl.SoapResource;
import dev.mortise.api.soap.wsdl.Wsdl;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Reads a WSDL 1.1. Its JSON face is an OpenAPI document, so what its operations mean is concluded
/// in the same way; then each call becomes the operation it stands for.
///
/// WSDL ─► [Wsdl] ─► its OpenAPI ─► [OpenApi] ─► resources with `soap`
final class WsdlDraft {
    private final byte[] bytes;
    private final Hint hint;

    WsdlDraft(byte[] bytes, Hint hint) {
        this.bytes = bytes;
        this.hint = hint;
    }

    /// A text as bytes in UTF-8, whatever encoding it says it was in.
    static byte[] utf8(String text) {
        String plain =
                text.replaceFirst(
                        "^(\\s*<\\?xml[^>]*?)\\s+encoding\\s*=\\s*(\"[^\"]*\"|'[^']*')", "$1");
        return plain.getBytes(StandardCharsets.UTF_8);
    }

    /// @throws ProblemException when the document is no WSDL 1.1
    Draft read() {
        Wsdl wsdl = Wsdl.read(this::fetch, hint.file());
        Map<String, Operation> operations = new LinkedHashMap<>();
        for (SoapResource resource : wsdl.resources()) {
            operations.put(Addresses.path("/" + resource.name()), resource.operation());
        }
        String base = base(operations.values().stream().toList());
        Node face = Node.of(JsonText.read(hint.file(), wsdl.openApi().toString()));
        Draft draft = new OpenApi(face, hint.withBaseUrl(base)).read();
        List<Finding> findings = new ArrayList<>();
        if (base.equals(FillIn.ADDRESS)) {
            findings.add(
                    new Finding(
                            Finding.Kind.FILL_IN,
                            hint.file(),
                            "the document names no complete address of the service",
                            "put it in the place of " + FillIn.ADDRESS));
        }
        wsdl.problems().forEach(problem -> findings.add(finding(problem)));
        List<Resource> resources = new ArrayList<>();
        for (Resource resource : draft.resources()) {
            Operation operation = operations.get(resource.path());
            if (operation != null) {
                resources.add(soap(resource, operation, base, findings));
            }
        }
        findings.addAll(blocks(operations.values()));
        NavigableMap<Integer, String> places = places(face);
        draft.findings().forEach(finding -> findings.add(placed(finding, places)));
        return new Draft(
                draft.name(),
                draft.title(),
                Format.WSDL,
                true,
                base,
                draft.auth(),
                draft.headers(),
                resources,
                findings);
    }

    private byte[] fetch(String location) throws IOException {
        if (location.equals(hint.file())) {
            return bytes;
        }
        Optional<String> text = hint.documents().find(location);
        return utf8(text.orElseThrow(() -> new FileNotFoundException(location)));
    }

    /// The address all operations share, up to the host; that of the first when there are several.
    private String base(List<Operation> operations) {
        return hint.baseUrl()
                .or(
                        () ->
                                operations.stream()
                                        .flatMap(o -> address(o).stream())
                                        .map(u -> u.getScheme() + "://" + u.getRawAuthority())
                                        .findFirst())
                .flatMap(Addresses::base)
                .orElse(FillIn.ADDRESS);
    }

    private static Optional<URI> address(Operation operation) {
        try {
            return Optional.of(URI.create(operation.endpoint().location()))
                    .filter(u -> u.getScheme() != null && u.getRawAuthority() != null);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Resource soap(
            Resource resource, Operation operation, String base, List<Finding> findings) {
        String place = hint.file() + "#" + operation.id();
        Optional<URI> address = address(operation);
        String path = address.map(WsdlDraft::path).orElse("");
        boolean elsewhere =
                hint.baseUrl().isEmpty()
                        && address.isPresent()
                        && !base.startsWith(
                                address.get().getScheme()
                                        + "://"
                                        + address.get().getRawAuthority());
        if (elsewhere) {
            findings.add(
                    new Finding(
                            Finding.Kind.LEFT_OUT,
                            place,
                            "its address is at '%s', another host than the first"
                                    .formatted(address.get().getRawAuthority()),
                            "make a connection of its own for it"));
        }
        return resource.of(new Resource.Soap(hint.file(), operation.id()), path);
    }

    /// A finding for each header block, at the first operation that takes it.
    private List<Finding> blocks(Collection<Operation> operations) {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (Operation operation : operations) {
            for (Child block : operation.input().headers()) {
                found.putIfAbsent(
                        block.key(),
                        new Finding(
                                Finding.Kind.LEFT_OUT,
                                hint.file() + "#" + operation.id(),
                                "a header block '%s' may be sent".formatted(block.key()),
                                "put its value below 'soap', as headers: {%s: …}"
                                        .formatted(block.key())));
            }
        }
        return List.copyOf(found.values());
    }

    private static String path(URI address) {
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        String path = address.getRawPath() + query;
        return path.equals("/") ? "" : path;
    }

    private static Finding finding(Problem problem) {
        return new Finding(
                Finding.Kind.LEFT_OUT, problem.place(), problem.message(), problem.fix());
    }

    /// The names of operations and types by the column at which they stand in the one line of the
    /// OpenAPI document.
    private static NavigableMap<Integer, String> places(Node face) {
        NavigableMap<Integer, String> places = new TreeMap<>();
        for (Node named : List.of(face.at("paths"), face.at("components", "schemas"))) {
            for (String name : named.entries().keySet()) {
                String plain = name.startsWith("/") ? name.substring(1) : name;
                places.put(named.placeOf(name).column(), "#" + plain);
            }
        }
        return places;
    }

    /// A finding of the OpenAPI document at the place in the WSDL.
    private Finding placed(Finding finding, NavigableMap<Integer, String> places) {
        String prefix = hint.file() + ":1:";
        if (!finding.place().startsWith(prefix)) {
            return finding;
        }
        int column = Integer.parseInt(finding.place().substring(prefix.length()));
        Map.Entry<Integer, String> at = places.floorEntry(column);
        String place = hint.file() + (at == null ? "" : at.getValue());
        return new Finding(finding.kind(), place, finding.message(), finding.fix());
    }
}
