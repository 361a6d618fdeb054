package dev.mortise.connectors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a form of `formats` is made of is what is read.
class FormatOptionsTest {
    private static List<Option> words() {
        return FormatOptions.option()
                .below(List.of("orders-*.txt"))
                .findFirst()
                .orElseThrow()
                .shape()
                .parts();
    }

    @Test
    void everyWordIsDescribed() {
        assertEquals(Formats.WORDS, words().stream().map(Option::name).toList());
    }

    @Test
    void everyExampleIsTaken() {
        Map<String, Tree> entries = new LinkedHashMap<>();
        for (Option word : words()) {
            Tree example = new Tree.Leaf(word.example(), true, Place.NOWHERE);
            entries.put(
                    word.name(),
                    word.kind() == Option.Kind.TREE
                            ? entries(
                                    Map.of(
                                            "amount",
                                            new Tree.Leaf(
                                                    word.shape().parts().getFirst().example(),
                                                    true,
                                                    Place.NOWHERE)))
                            : example);
        }
        Tree formats = entries(Map.of("orders-*.txt", entries(entries)));
        assertEquals(List.of(), Formats.check(Optional.of(formats)));
    }

    private static Tree entries(Map<String, Tree> entries) {
        return new Tree.Entries(entries, Map.of(), Place.NOWHERE);
    }
}
