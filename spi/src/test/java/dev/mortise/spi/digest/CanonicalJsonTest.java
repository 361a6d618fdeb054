package dev.mortise.spi.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CanonicalJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"b\" : 1 , \"a\":[ true , null,false ] }|{\"a\":[true,null,false],\"b\":1}",
                "{}|{}",
                "[ ]|[]",
                "{\"a\":1,\"a\":2}|{\"a\":2}",
                "1.50|1.5",
                "1e2|100",
                "-0.0|0",
                "100|100",
                "0.00001|0.00001",
                "\"\\u0041\\/\\n\"|\"A/\\n\"",
                "\"榫\"|\"榫\"",
                "{\"a\":{\"d\":1,\"c\":[{\"z\":1,\"y\":2}]}}"
                        + "|{\"a\":{\"c\":[{\"y\":2,\"z\":1}],\"d\":1}}"
            })
    void hasOneSpellingForEqualJson(String text, String canonical) {
        assertEquals(canonical, CanonicalJson.of(text));
        assertEquals(canonical, CanonicalJson.of(canonical));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"``", "{", "{\"a\"}", "[1,]", "nul", "1 2", "\"a", "\"\\x\"", "abc", "{a:1}"})
    void leavesWhatIsNotJsonAsItIs(String text) {
        assertEquals(text, CanonicalJson.of(text));
    }

    @Test
    void isNotTrickedIntoMemoryOrDepth() {
        assertEquals("1E+999999999", CanonicalJson.of("1e999999999"));
        String deep = "[".repeat(100_000);
        assertEquals(deep, CanonicalJson.of(deep));
    }
}
