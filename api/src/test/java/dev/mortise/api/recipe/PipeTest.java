package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.recipe.codec.Malformed;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PipeTest {
    private static final Message MESSAGE =
            new Message(
                    "POST",
                    "https",
                    "api.example.com",
                    "/a%2Fb",
                    "b=2&a=x%20y&a=1&empty=",
                    List.of(
                            new Pair("X-One", " 1 "),
                            new Pair("x-two", "2"),
                            new Pair("Content-Type", "application/x-www-form-urlencoded")),
                    TestMessages.utf8("c=%E4%BD%A0+1"));

    static String run(String pipe) {
        return run(pipe, MESSAGE);
    }

    static String run(String pipe, Message message) {
        List<Problem> problems = new ArrayList<>();
        var names = new PipeParser.Names(Map.of(), Map.of());
        Pipe parsed =
                PipeParser.pipe(pipe, Place.NOWHERE, "'it'", names, problems)
                        .orElseThrow(() -> new AssertionError(problems.toString()));
        Signing signing = TestMessages.signing(new Random(1));
        return parsed.run(new Scope(Map.of(), Map.of(), message, Keys.none(), signing)).text();
    }

    private static String problem(String pipe) {
        List<Problem> problems = new ArrayList<>();
        var names = new PipeParser.Names(Map.of(), Map.of());
        assertTrue(PipeParser.pipe(pipe, Place.NOWHERE, "'it'", names, problems).isEmpty(), pipe);
        assertEquals(1, problems.size());
        return problems.getFirst().message() + "; " + problems.getFirst().fix();
    }

    static List<Arguments> pipes() {
        return read("pipes.txt");
    }

    static List<Arguments> digests() {
        return read("digests.txt");
    }

    static List<Arguments> mistakes() {
        return read("mistakes.txt");
    }

    /// Pairs of lines: a pipe, and what is expected of it.
    private static List<Arguments> read(String file) {
        try (InputStream stream = PipeTest.class.getResourceAsStream(file)) {
            String text =
                    new String(
                            Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            List<Arguments> cases = new ArrayList<>();
            for (String block : text.split("\n\n", -1)) {
                String[] lines = block.strip().split("\n", -1);
                if (lines.length == 2) {
                    cases.add(Arguments.of(lines[0], lines[1]));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pipes")
    void gives(String pipe, String value) {
        assertEquals(value, run(pipe));
    }

    @ParameterizedTest
    @MethodSource("digests")
    void givesThePublishedDigest(String pipe, String value) {
        assertEquals(value, run(pipe));
    }

    /// GB/T 32907, example 1: one block without padding, so padding adds a second one.
    @Test
    void encryptsTheSm4Sample() {
        String key = "\"0123456789abcdeffedcba9876543210\" | hex-decode";
        String sealed = run(key + " | sm4-ecb(" + key + ") | hex");
        assertEquals("681edf34d206965e86b3e94f536e4246", sealed.substring(0, 32));
        assertEquals(
                "0123456789abcdeffedcba9876543210",
                run("\"" + sealed + "\" | hex-decode | sm4-ecb-decrypt(" + key + ") | hex"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aes-gcm%s(\"0123456789abcdef\", \"nonce-nonce-\", \"data\")",
                "sm4-gcm%s(\"0123456789abcdef\", \"nonce-nonce-\", \"\")",
                "aes-cbc%s(\"0123456789abcdef\", zeros(16), 16)",
                "aes-cbc%s(\"0123456789abcdef0123456789abcdef\", \"0123456789abcdef\", 32)",
                "sm4-cbc%s(\"0123456789abcdef\", zeros(16), 16)",
                "aes-ecb%s(\"0123456789abcdef\")",
                "3des-ecb%s(\"0123456789abcdef01234567\")",
            })
    void decryptsWhatItEncrypted(String cipher) {
        String there = cipher.formatted("");
        String back = cipher.formatted("-decrypt");
        assertEquals("plain 文本", run("\"plain 文本\" | " + there + " | " + back));
        Malformed wrong =
                assertThrows(
                        Malformed.class,
                        () -> run("\"plain\" | " + there + " | skip(1) | " + back));
        assertTrue(wrong.expected().contains("cipher") || wrong.expected().contains("for '"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"abc\" | hex-decode",
                "\"Zm9vYg\" | base64-decode",
                "\"Zm9vYh==\" | base64-decode",
                "\"AB\" | hex-decode",
                "\"%2\" | urlencode-decode",
                "\"abc\" | first(4)",
                "\"abc\" | after(\"_\")",
                "\"abc\" | xor(\"ab\")",
                "\"000000ff61\" | hex-decode | counted32",
                "\"ffffffff61\" | hex-decode | counted32",
                "\"abc\" | hmac-sha256(\"\")",
                "\"[1]\" | field(a)",
                "\"{\\\"a\\\":1,\\\"a\\\":2}\" | field(a)",
                "\"{\\\"a\\\":1}x\" | field(a)",
                "\"<a><b/><b/></a>\" | element(b)",
                "\"<!DOCTYPE a [<!ENTITY e 'x'>]><a><b>&e;</b></a>\" | element(b)",
                "\"soon\" | utc-day",
            })
    void refusesAMalformedValue(String pipe) {
        assertThrows(Malformed.class, () -> run(pipe));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatIsWrong(String pipe, String line) {
        assertEquals(line, problem(pipe));
    }

    @Test
    void drawsFreshValuesFromTheirAlphabet() {
        assertTrue(run("random(32)").matches("[A-Za-z0-9]{32}"));
        assertTrue(run("random(10, digits)").matches("[0-9]{10}"));
        assertTrue(run("random(16, hex)").matches("[0-9a-f]{16}"));
        String uuid = run("uuid");
        assertEquals(4, UUID.fromString(uuid).version());
        assertEquals(2, UUID.fromString(uuid).variant());
    }

    @Test
    void boundsItsDepth() {
        String deep = "body | append(".repeat(30) + "body" + ")".repeat(30);
        assertTrue(problem(deep).contains("at most 20 levels"));
    }
}
