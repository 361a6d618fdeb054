package dev.mortise.api.soap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.soap.schema.Documents;
import dev.mortise.api.soap.schema.Xml;
import dev.mortise.api.soap.wsdl.Operation;
import dev.mortise.api.soap.wsdl.Wsdl;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;

/// Imports every WSDL below a folder and calls each of its operations, as far as one can without
/// the service: JSON made from the shape of the input becomes an envelope, and JSON again.
///
/// `-Dmortise.corpus=FOLDER` runs it; a table with a line for each document is left in the folder
/// as `wsdl-corpus.tsv`. Nothing is fetched from elsewhere.
@EnabledIfSystemProperty(
        named = WsdlCorpusTest.PROPERTY,
        matches = ".+",
        disabledReason = "no folder of WSDLs is named by -Dmortise.corpus")
final class WsdlCorpusTest {
    static final String PROPERTY = "mortise.corpus";
    private static final int SAMPLES = 3;
    private static final double SHARE_MIN = 0.95;

    /// What became of one document.
    ///
    /// @param offered SOAP operations its own bindings have
    private record Row(Path file, int offered, int read, int callable, List<String> reasons) {
        boolean imported() {
            return callable >= Math.min(1, offered) && callable >= offered * SHARE_MIN;
        }

        String line(Path folder) {
            return "%s\t%s\t%d\t%d\t%d\t%s"
                    .formatted(
                            imported() ? "ok" : "FAILED",
                            folder.relativize(file),
                            offered,
                            read,
                            callable,
                            String.join(" | ", reasons));
        }
    }

    private final Envelope envelope = new Envelope();

    @Test
    void importsAlmostEveryDocumentAndCallsItsOperations() throws IOException {
        Path folder = Path.of(System.getProperty(PROPERTY)).toRealPath();
        List<Row> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Path file : files(folder)) {
            byte[] bytes = Files.readAllBytes(file);
            int offered = offered(bytes);
            if (offered > 0 && seen.add(new String(bytes, StandardCharsets.ISO_8859_1))) {
                rows.add(row(folder, file, offered));
            }
        }
        String table = rows.stream().map(r -> r.line(folder)).collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("wsdl-corpus.tsv"), table + "\n");
        long imported = rows.stream().filter(Row::imported).count();
        int offered = rows.stream().mapToInt(Row::offered).sum();
        int callable = rows.stream().mapToInt(r -> Math.min(r.offered(), r.callable())).sum();
        String sum =
                "%d of %d documents, %d of %d operations"
                        .formatted(imported, rows.size(), callable, offered);
        Files.writeString(folder.resolve("wsdl-corpus.txt"), sum + "\n");
        assertTrue(imported >= rows.size() * SHARE_MIN, sum);
        assertTrue(callable >= offered * SHARE_MIN, sum);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> f.toString().matches("(?i).*\\.(wsdl|xml|asmx)[^/.]*"))
                    .sorted()
                    .toList();
        }
    }

    /// SOAP operations that ports of the document offer, or its bindings when it has no port; one
    /// for each port whose binding stands elsewhere, and one for a document that is no XML.
    private static int offered(byte[] bytes) {
        Element root;
        try {
            root = Xml.parse(bytes, "").getDocumentElement();
        } catch (ProblemException _) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.matches("(?s).*<([\\w-]+:)?definitions\\b.*") ? 1 : 0;
        }
        Map<String, Integer> bindings = new HashMap<>();
        for (Element binding : Xml.children(root, Xml.WSDL, "binding")) {
            int count = Xml.children(binding, Xml.WSDL, "operation").size();
            boolean soap =
                    Stream.of(Xml.WSDL_SOAP_11, Xml.WSDL_SOAP_12)
                            .anyMatch(n -> !Xml.children(binding, n, "binding").isEmpty());
            bindings.put(binding.getAttribute("name"), soap ? count : 0);
        }
        List<Element> services = Xml.children(root, Xml.WSDL, "service");
        if (services.isEmpty()) {
            return bindings.values().stream().mapToInt(n -> n).sum();
        }
        return services.stream()
                .flatMap(s -> Xml.children(s, Xml.WSDL, "port").stream())
                .map(p -> Xml.name(p, p.getAttribute("binding")).getLocalPart())
                .mapToInt(name -> bindings.getOrDefault(name, 1))
                .sum();
    }

    private Row row(Path folder, Path file, int offered) {
        List<String> reasons = new ArrayList<>();
        int read = 0;
        int callable = 0;
        try {
            Wsdl wsdl = Wsdl.read(within(folder), file.toUri().toString());
            read = wsdl.operations().size();
            wsdl.problems().stream().map(Problem::line).limit(5).forEach(reasons::add);
            for (Operation operation : wsdl.operations()) {
                callable += calls(operation, reasons) ? 1 : 0;
            }
        } catch (ProblemException e) {
            reasons.add(e.problem().line());
        }
        return new Row(file, offered, read, callable, reasons);
    }

    /// Files below the folder, and nothing else.
    private static Documents within(Path folder) {
        return location -> {
            if (!location.startsWith("file:")) {
                throw new FileNotFoundException(location);
            }
            Path file = Path.of(URI.create(location)).normalize();
            if (!file.startsWith(folder)) {
                throw new FileNotFoundException(location);
            }
            return Files.readAllBytes(file);
        };
    }

    private boolean calls(Operation operation, List<String> reasons) {
        try {
            for (int seed = 0; seed < SAMPLES; seed++) {
                JsonNode value = new Values(new Random(seed)).message(operation.input());
                List<Problem> problems = envelope.check(operation, value, Headers.NONE);
                if (!problems.isEmpty()) {
                    reasons.add(operation.id() + ": " + problems.getFirst().line());
                    return false;
                }
                var out = new ByteArrayOutputStream();
                envelope.write(operation, value, Headers.NONE, out);
                var in = new ByteArrayInputStream(out.toByteArray());
                var back = (Answer.Returned) envelope.readCall(operation, in);
                if (!back.value().equals(value) || !back.notes().isEmpty()) {
                    reasons.add(
                            "%s: seed %d gives %s and back %s"
                                    .formatted(operation.id(), seed, value, back));
                    return false;
                }
            }
            return true;
        } catch (IOException | RuntimeException e) {
            reasons.add(operation.id() + ": " + e);
            return false;
        }
    }
}
