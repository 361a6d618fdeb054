package dev.mortise.api.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// References of answers, by the examples of RFC 3986 section 5.4 and what APIs send.
final class UrisTest {
    @ParameterizedTest
    @CsvSource({
        "http://a/b/c/d?q, ?y, http://a/b/c/d?y",
        "http://a/v1/orders, ?page=2, http://a/v1/orders?page=2",
        "http://a/v1/orders?page=1#x, ' ?page=2&s=a%20b ', http://a/v1/orders?page=2&s=a%20b",
        "http://a/b%2Fc, ?page=2, http://a/b%2Fc?page=2",
        "http://a, ?page=2, http://a?page=2",
        "http://a/b/c/d?q, g?y, http://a/b/c/g?y",
        "http://a/b/c/d?q, /g, http://a/g",
        "http://a/b/c/d?q, //g/h, http://g/h",
    })
    void leadFromWhereTheyStand(URI base, String text, URI expected) {
        assertEquals(Optional.of(expected), Uris.resolve(base, text));
    }

    @ParameterizedTest
    @CsvSource({"http://a/b, ftp://a/b", "http://a/b, http://me@a/b", "http://a/b, ?page=<2>"})
    void leadNowhereElse(URI base, String text) {
        assertEquals(Optional.empty(), Uris.resolve(base, text));
    }
}
