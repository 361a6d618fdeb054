package dev.mortise.api.recipe;

import dev.mortise.api.recipe.Filter.Param;
import dev.mortise.api.recipe.Pipe.Args;
import dev.mortise.api.recipe.Value.Shape;
import dev.mortise.api.recipe.codec.Percent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Filters on names with values: what a vendor calls the canonical form of parameters.
final class PairFilters {
    private static final Comparator<Pair> BY_BYTES =
            Comparator.comparing(Pair::name, PairFilters::compareBytes)
                    .thenComparing(Pair::value, PairFilters::compareBytes);

    private PairFilters() {}

    static List<Filter> all() {
        Param names = Param.word("name").many();
        return List.of(
                // Leaves these names out, in exactly this spelling.
                pairs("without", List.of(names), PairFilters::without),
                pairs("only", List.of(names), PairFilters::only),
                pairs("nonempty", List.of(), (list, _) -> nonempty(list)),
                // By the bytes of the names, then of the values.
                pairs("sorted", List.of(), (list, _) -> list.stream().sorted(BY_BYTES).toList()),
                pairs("urlencoded", List.of(), (list, _) -> each(list, Percent::encode)),
                bytes(
                        "joined",
                        List.of(Param.value("between name and value"), Param.value("between")),
                        PairFilters::joined),
                bytes("names", List.of(Param.value("between")), PairFilters::names),
                bytes("values", List.of(Param.value("between")), PairFilters::values));
    }

    private static Filter pairs(
            String name, List<Param> params, BiFunction<List<Pair>, Args, List<Pair>> act) {
        return new Filter.Plain(
                name,
                Shape.PAIRS,
                Shape.PAIRS,
                params,
                (value, args) -> new Value.Pairs(act.apply(value.pairs(), args)));
    }

    private static Filter bytes(
            String name, List<Param> params, BiFunction<List<Pair>, Args, String> act) {
        return new Filter.Plain(
                name,
                Shape.PAIRS,
                Shape.BYTES,
                params,
                (value, args) -> Value.of(act.apply(value.pairs(), args)));
    }

    private static List<Pair> without(List<Pair> pairs, Args args) {
        List<String> names = args.words();
        return pairs.stream().filter(pair -> !names.contains(pair.name())).toList();
    }

    private static List<Pair> only(List<Pair> pairs, Args args) {
        List<String> names = args.words();
        return pairs.stream().filter(pair -> names.contains(pair.name())).toList();
    }

    private static List<Pair> nonempty(List<Pair> pairs) {
        return pairs.stream().filter(pair -> !pair.value().isEmpty()).toList();
    }

    private static List<Pair> each(List<Pair> pairs, UnaryOperator<String> change) {
        return pairs.stream()
                .map(pair -> new Pair(change.apply(pair.name()), change.apply(pair.value())))
                .toList();
    }

    private static String joined(List<Pair> pairs, Args args) {
        String inner = args.text(0);
        return pairs.stream()
                .map(pair -> pair.name() + inner + pair.value())
                .collect(Collectors.joining(args.text(1)));
    }

    private static String names(List<Pair> pairs, Args args) {
        return pairs.stream().map(Pair::name).collect(Collectors.joining(args.text(0)));
    }

    private static String values(List<Pair> pairs, Args args) {
        return pairs.stream().map(Pair::value).collect(Collectors.joining(args.text(0)));
    }

    private static int compareBytes(String a, String b) {
        return Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
