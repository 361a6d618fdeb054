package dev.mortise.api.draft.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.draft.Draft;
import dev.mortise.api.draft.Hint;
import dev.mortise.api.draft.call.Finding;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Documents made to unfold without end give a draft all the same.
final class HostileSchemaTest {
    private static Draft draft(String type, String schemas) {
        String api =
                """
                openapi: 3.0.0
                info: {title: t, version: "1"}
                servers: [{url: "https://a.example"}]
                paths:
                  /things:
                    post:
                      operationId: create
                      requestBody:
                        content: {"%s": {schema: {$ref: '#/components/schemas/A0'}}}
                      responses:
                        "200":
                          description: d
                          content: {"%s": {schema: {$ref: '#/components/schemas/A0'}}}
                components:
                  schemas:
                %s
                """
                        .formatted(type, type, schemas.indent(4));
        return Draft.of(api, Hint.of("things", "api.yaml"));
    }

    private static String refs(int count, String to) {
        return IntStream.range(0, count)
                .mapToObj(_ -> "{$ref: '#/components/schemas/" + to + "'}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Test
    void takesPartsOfItselfOnce() {
        for (String type : new String[] {"application/json", "application/xml"}) {
            String schemas =
                    "A0: {type: object, properties: {id: {type: string}}, allOf: "
                            + refs(500, "A0")
                            + "}";
            assertEquals(1, draft(type, schemas).resources().size(), type);
        }
    }

    @Test
    void endsAListOfItself() {
        String schemas =
                "A0: {type: object, properties: {id: {type: string}, all: {$ref: '#%1$s/A1'}}}\n"
                                .formatted("/components/schemas")
                        + "A1: {type: array, items: {$ref: '#/components/schemas/A1'}}\n";
        for (String type :
                new String[] {"application/x-www-form-urlencoded", "multipart/form-data"}) {
            assertEquals(1, draft(type, schemas).resources().size(), type);
        }
    }

    @Test
    void stopsWherePropertiesGrowByPowers() {
        StringBuilder schemas = new StringBuilder();
        for (int level = 0; level < 12; level++) {
            String next = "'#/components/schemas/A" + (level + 1) + "'";
            String properties =
                    IntStream.range(0, 10)
                            .mapToObj(i -> "p" + i + ": {$ref: " + next + "}")
                            .collect(Collectors.joining(", "));
            schemas.append("A%d: {type: object, properties: {%s}}\n".formatted(level, properties));
        }
        schemas.append("A12: {type: string}\n");
        for (String type :
                new String[] {
                    "application/json", "application/x-www-form-urlencoded", "application/xml"
                }) {
            Draft draft = draft(type, schemas.toString());
            boolean told =
                    draft.findings().stream()
                            .map(Finding::message)
                            .anyMatch(message -> message.contains("unfolds to more than"));
            assertTrue(told, type + " is not told");
        }
    }

    @Test
    void leavesReferencesThatLeadInCircles() {
        String schemas =
                "A0: {$ref: '#/components/schemas/A1'}\nA1: {$ref: '#/components/schemas/A0'}";
        Draft draft = draft("application/json", schemas);
        assertTrue(
                draft.findings().stream()
                        .anyMatch(finding -> finding.message().contains("back to itself")),
                draft.findings()::toString);
    }
}
