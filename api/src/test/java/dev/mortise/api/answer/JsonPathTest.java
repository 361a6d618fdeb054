package dev.mortise.api.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonPathTest {
    private static List<String> steps(String text) {
        return JsonPath.parse(text).steps();
    }

    @Test
    void goesByNamesAndEveryElement() {
        assertEquals(List.of(), steps("$"));
        assertEquals(List.of("data", "items"), steps("$.data.items"));
        assertEquals(List.of("data", "items"), steps("data.items"));
        assertEquals(List.of("groups", "*", "members"), steps("$.groups[*].members"));
        assertEquals(List.of("*", "*", "id"), steps("$[*][*].id"));
    }

    @Test
    void takesANameWithADotInBrackets() {
        assertEquals(List.of("@odata.nextLink"), steps("$['@odata.nextLink']"));
        assertEquals(List.of("d", "a.b", "*", "c"), steps("$.d['a.b'][*].c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.a..b", "$.a.", "$[*]a", "$.a[0]", "$['a", "$.a*", "$['']"})
    void refusesWhatIsNoPath(String text) {
        assertThrows(IllegalArgumentException.class, () -> JsonPath.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$", "$.a.b", "$[*].a", "$.d['a.b'][*].c"})
    void showsItselfAsItWasWritten(String text) {
        assertEquals(text, JsonPath.parse(text).toString());
    }
}
