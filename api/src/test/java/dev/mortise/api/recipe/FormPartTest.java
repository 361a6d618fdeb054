package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.api.recipe.codec.FormPart;
import dev.mortise.api.recipe.codec.Malformed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FormPartTest {
    private static final String TYPE = "multipart/form-data; boundary=x-1";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String part(String name, String content) {
        return part(name, "a", "", content);
    }

    private static String part(String name, String file, String header, String content) {
        String disposition = "form-data; name=\"%s\"; filename=\"%s\"".formatted(name, file);
        return String.join(
                "\r\n",
                "--x-1",
                "X-First: " + header,
                "Content-Disposition: " + disposition,
                "",
                content,
                "");
    }

    private static String found(String body) {
        return new String(FormPart.of(bytes(body), TYPE, "meta"), StandardCharsets.UTF_8);
    }

    @Test
    void findsThePartByteForByte() {
        String body = part("file", "\u0000--x\r\n") + part("meta", "{\"名\":1}\r\n") + "--x-1--\r\n";
        assertEquals("{\"名\":1}\r\n", found(body));
        byte[] quoted = FormPart.of(bytes(body), "multipart/form-data; boundary=\"x-1\"", "meta");
        assertArrayEquals(bytes("{\"名\":1}\r\n"), quoted);
    }

    @Test
    void refusesWhatTwoReadersCouldReadInTwoWays() {
        String twice = part("meta", "1") + part("meta", "2") + "--x-1--\r\n";
        assertThrows(Malformed.class, () -> found(twice));
        assertThrows(Malformed.class, () -> found(part("file", "1") + "--x-1--\r\n"));
        assertThrows(Malformed.class, () -> found(part("meta", "never ended")));
        assertThrows(Malformed.class, () -> FormPart.of(bytes(""), "multipart/form-data", "meta"));
    }

    @Test
    void isNotLedAstrayByAPartWhoseFileIsCalledSo() {
        String other = part("file", "name=meta", "X: name=\"meta\"", "forged");
        assertEquals("true", found(other + part("meta", "true") + "--x-1--\r\n"));
    }

    @Test
    void refusesASecondPartHoweverItIsNamed() {
        String honest = part("meta", "1");
        for (String name : java.util.List.of("name=meta", "Name = \"meta\"", "name*=UTF-8''meta")) {
            String forged =
                    String.join(
                            "\r\n",
                            "--x-1",
                            "content-disposition: form-data; filename=\"; name=\\\"\"; " + name,
                            "",
                            "2",
                            "");
            assertThrows(Malformed.class, () -> found(honest + forged + "--x-1--\r\n"), name);
        }
    }
}
