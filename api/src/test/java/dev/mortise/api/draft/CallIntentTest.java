package dev.mortise.api.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.draft.call.Resource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a draft makes of calls that could mean either of two things.
final class CallIntentTest {
    private static final String LIST = "{type: array, items: {$ref: '#/components/schemas/Order'}}";
    private static final String ONE = "{$ref: '#/components/schemas/Order'}";

    private static Resource resource(String operation) {
        String api =
                """
                openapi: 3.0.0
                info: {title: t, version: "1"}
                servers: [{url: "https://a.example"}]
                paths:
                  /orders:
                %s
                components:
                  schemas:
                    Order: {type: object, properties: {id: {type: string}, n: {type: integer}}}
                    Page:
                      type: object
                      properties: {RowCount: {type: integer}, items: %s}
                """
                        .formatted(operation.indent(4), LIST);
        return Draft.of(api, Hint.of("shop", "api.yaml")).resources().getFirst();
    }

    @ParameterizedTest
    @CsvSource({"list, 200, true", "one, 201, true", "one, 200, false", "list, 201, true"})
    void writesByAPostThatAnswersWithWhatItMade(String sends, String status, boolean writes) {
        Resource orders =
                resource(
                        """
                        post:
                          requestBody: {content: {application/json: {schema: %s}}}
                          responses:
                            "%s": {description: d, content: {application/json: {schema: %s}}}
                        """
                                .formatted(sends.equals("list") ? LIST : ONE, status, LIST));
        assertEquals(writes, orders.write().isPresent(), orders::toString);
    }

    @Test
    void readsByAPostThatIsCalledASearchWhateverItsStatus() {
        Resource orders =
                resource(
                        """
                        post:
                          operationId: searchOrders
                          requestBody: {content: {application/json: {schema: %s}}}
                          responses:
                            "201": {description: d, content: {application/json: {schema: %s}}}
                        """
                                .formatted(ONE, LIST));
        assertTrue(orders.write().isEmpty(), orders::toString);
    }

    /// It may be the rows of the page, and reading would end after the first.
    @Test
    void takesNoCountOfRowsForATotal() {
        Resource orders =
                resource(
                        """
                        get:
                          parameters: [{name: page, in: query, schema: {type: integer}}]
                          responses:
                            "200":
                              description: d
                              content:
                                application/json: {schema: {$ref: '#/components/schemas/Page'}}
                        """);
        assertEquals(
                Optional.of(Map.of("kind", "page", "param", "page")),
                orders.paging().map(Resource.Paging::words));
    }
}
