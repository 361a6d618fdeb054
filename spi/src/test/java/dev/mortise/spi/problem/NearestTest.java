package dev.mortise.spi.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
    private static final List<String> WORDS = List.of("host", "port", "password", "user");

    @ParameterizedTest
    @CsvSource({
        "pasword,password",
        "passwrod,password",
        "PASSWORD,password",
        "prot,port",
        "usr,user",
        "hots,host"
    })
    void findsWhatWasMeant(String word, String meant) {
        assertEquals(Optional.of(meant), Nearest.of(word, WORDS));
    }

    @ParameterizedTest
    @CsvSource({"colour", "x", "''"})
    void suggestsNothingFarAway(String word) {
        assertEquals(Optional.empty(), Nearest.of(word, WORDS));
    }

    @ParameterizedTest
    @CsvSource({"'','',0", "abc,'',3", "abc,abc,0", "abc,acb,1", "abcd,bcda,2", "kitten,sitting,3"})
    void countsEdits(String a, String b, int edits) {
        assertEquals(edits, Nearest.distance(a, b));
    }

    @Test
    void listsWhatIsKnownWhenNothingIsNear() {
        assertEquals("known: host, password, port, user", Nearest.fix("colour", WORDS));
        assertEquals("did you mean 'port'?", Nearest.fix("prt", WORDS));
        assertEquals("nothing is known here", Nearest.fix("port", List.of()));
    }

    @Test
    void listsAtMostTwenty() {
        List<String> many = IntStream.range(0, 1_000).mapToObj(i -> "word_" + i).toList();
        String fix = Nearest.fix("x", many);
        assertEquals(20, fix.split(", ", -1).length - 1);
        assertEquals("(1000)", fix.substring(fix.length() - 6));
    }
}
